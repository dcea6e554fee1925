#include "base/test.h"
#include "model/answer/answer.h"

TEST("answer: words of either language are read, and no others")
{
	enum answer x;

	for (unsigned i = 0; i < ANSWER_COUNT; i++)
		for (unsigned dutch = 0; dutch < 2; dutch++)
			CHECK(answer_read(answer_word((enum answer)i, dutch != 0), &x) && x == i);
	CHECK(!answer_read(S("fix"), &x) && !answer_read(S(""), &x));
}

TEST("answer: plain mail acknowledges, and does no more; each other way does all (RULES 8)")
{
	for (unsigned i = 0; i < ANSWER_COUNT; i++) {
		enum answer x = (enum answer)i;

		CHECK(answer_by(x, BY_MAIL) == (x == ANSWER_SEEN || x == ANSWER_WORKING));
		CHECK(answer_by(x, BY_SIGNED) && answer_by(x, BY_LINK) && answer_by(x, BY_OFFICER));
	}
}

TEST("answer: no infection is a false alarm, and what is over takes none")
{
	CHECK(!answer_may(ANSWER_FALSE_ALARM, FINDING_TOLD, CLASS_INFECTED));
	CHECK(answer_may(ANSWER_FALSE_ALARM, FINDING_TOLD, CLASS_EXPOSED));
	CHECK(!answer_may(ANSWER_FIXED, FINDING_CLOSED, CLASS_EXPOSED));
	CHECK(answer_asks_code(ANSWER_NOT_OURS, SEVERITY_CRITICAL) &&
	      !answer_asks_code(ANSWER_NOT_OURS, SEVERITY_HIGH) &&
	      !answer_asks_code(ANSWER_FIXED, SEVERITY_CRITICAL));
}
