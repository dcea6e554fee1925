#include "base/test.h"
#include "base/time.h"
#include "model/call/call.h"

TEST("call: the first that was not tried, then who was tried longest ago, never a wrong one")
{
	struct call_number all[] = { { 1, 1, 0, CALL_SPOKE },
				     { 1, 2, 0, CALL_SPOKE },
				     { 2, 1, 0, CALL_SPOKE } };
	int64_t now = TIME_DAY;

	CHECK(call_next(all, 3, now) == 0);
	all[0] = (struct call_number){ 1, 1, now, CALL_VOICEMAIL };
	CHECK(call_next(all, 3, now) == 1);
	all[1] = (struct call_number){ 1, 2, now, CALL_WRONG };
	CHECK(call_next(all, 3, now) == 2);
	all[2] = (struct call_number){ 2, 1, now + 1, CALL_NOBODY };
	CHECK(call_next(all, 3, now + TIME_MINUTE) == 3);
	CHECK(call_next(all, 3, now + TIME_HOUR) == 0);
	all[0].outcome = CALL_WRONG;
	CHECK(call_next(all, 3, now + TIME_HOUR) == 2);
	CHECK(call_next(all, 0, now) == 0);
}

TEST("call: outcomes are read by their words")
{
	enum call_outcome x;

	for (unsigned i = 0; i < CALL_OUTCOME_COUNT; i++)
		CHECK(call_outcome_read(call_outcome_word((enum call_outcome)i), &x) && x == i &&
		      call_outcome_says(x).n > 0);
	CHECK(!call_outcome_read(S("talked"), &x));
}
