#include "base/test.h"
#include "model/notice/hearing.h"

#define MAIL(state_, arrived_, least_)                                                           \
	{                                                                                        \
		.kind = MESSAGE_DIGEST, .state = (state_), .arrived = (arrived_), .answer = 100, \
		.least = (least_), .until = TIME_NEVER                                           \
	}

TEST("hearing: silence begins when the time for an answer is over, and ends with one")
{
	static const struct {
		struct hearing_of_notice of;
		int64_t now;
		enum hearing is;
	} rows[] = {
		{ MAIL(MESSAGE_WAITS, 0, FINDING_OPEN), 50, HEARING_NOT_SENT },
		{ MAIL(MESSAGE_HELD, 0, FINDING_OPEN), 500, HEARING_NOT_SENT },
		{ MAIL(MESSAGE_WAITS, 40, FINDING_TOLD), 50, HEARING_DELIVERED },
		{ MAIL(MESSAGE_FAILED, 0, FINDING_OPEN), 50, HEARING_UNDELIVERED },
		{ MAIL(MESSAGE_FAILED, 0, FINDING_CLOSED), 50, HEARING_OVER },
		{ MAIL(MESSAGE_TOLD, 40, FINDING_TOLD), 99, HEARING_DELIVERED },
		{ MAIL(MESSAGE_TOLD, 40, FINDING_TOLD), 100, HEARING_SILENCE },
		{ MAIL(MESSAGE_TOLD, 40, FINDING_ACKNOWLEDGED), 500, HEARING_ACKNOWLEDGED },
		{ MAIL(MESSAGE_TOLD, 40, FINDING_CLAIMED), 500, HEARING_ANSWERED },
		{ MAIL(MESSAGE_TOLD, 40, FINDING_DISPUTED), 500, HEARING_ANSWERED },
		{ MAIL(MESSAGE_TOLD, 40, FINDING_ACCEPTED), 500, HEARING_ANSWERED },
		{ MAIL(MESSAGE_TOLD, 40, FINDING_CLOSED), 500, HEARING_OVER },
		{ MAIL(MESSAGE_CANCELLED, 0, FINDING_OPEN), 500, HEARING_NOTHING },
		{ MAIL(MESSAGE_SHADOW, 0, FINDING_OPEN), 500, HEARING_NOTHING },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(hearing_of(&rows[i].of, rows[i].now) == rows[i].is);
}

TEST("hearing: a promise is said as one, and what asks for no answer is not waited for")
{
	struct hearing_of_notice m = MAIL(MESSAGE_TOLD, 40, FINDING_ACKNOWLEDGED);

	m.until = 900;
	CHECK(hearing_of(&m, 500) == HEARING_PROMISED);
	m.answer = 0; // at no time
	m.least = FINDING_TOLD;
	CHECK(hearing_of(&m, 500) == HEARING_DELIVERED);
	m.kind = MESSAGE_CLOSED;
	CHECK(hearing_of(&m, 500) == HEARING_NOTHING);
}
