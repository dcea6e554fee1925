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

TEST("call: the first of those that were tried is tried again, and never a wrong one")
{
	struct call_number all[] = { { 1, 1, TIME_DAY, CALL_WRONG },
				     { 1, 2, TIME_DAY + 9, CALL_VOICEMAIL },
				     { 2, 1, TIME_DAY + 5, CALL_NOBODY } };

	CHECK(call_again(all, 3) == TIME_DAY + 5 + 30 * TIME_MINUTE);
	CHECK(call_again(all, 1) == TIME_NEVER);
	CHECK(call_again(all, 0) == TIME_NEVER);
}

TEST("call: why is what asks for an officer, else what became of the mail")
{
	static const struct call_why silent = { TO_SILENT, true }, neutral = { -1, true },
				     nothing = { -1, false };

	CHECK(str_eq(call_why_says(&silent), delivery_why_says(TO_SILENT, false)));
	CHECK(str_contains(call_why_says(&neutral), S("only that there is something")));
	CHECK(str_eq(call_why_says(&nothing), S("no mail of it arrived")));
}

TEST("call: outcomes are read by their words")
{
	enum call_outcome x;

	for (unsigned i = 0; i < CALL_OUTCOME_COUNT; i++)
		CHECK(call_outcome_read(call_outcome_word((enum call_outcome)i), &x) && x == i &&
		      call_outcome_says(x).n > 0);
	CHECK(!call_outcome_read(S("talked"), &x));
}
