#include "base/attr.h"
#include "base/test.h"
#include "base/time.h"
#include "model/mail/rate.h"

#define START (1000 * TIME_SECOND)

TEST("mail rate: a few go at once, then evenly, and no more than was said in any minute")
{
	static const unsigned rows[] = { 1, 6, 7, 60, 100, 10000 };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct rate r = { 0 };
		int64_t now = START, end = START + 600 * TIME_SECOND;
		unsigned gone = 0;

		while (now < end) {
			int64_t next = rate_next(&r, rows[i], now);

			gone += next == now;
			now = next;
		}
		CHECK(gone >= rows[i] * 10 && gone <= rows[i] * 10 + rows[i] / 6 + 1);
	}
}

TEST("mail rate: who asks too early is told when, and nothing is counted")
{
	struct rate r = { 0 };
	int64_t later;

	for (unsigned i = 0; i < 10; i++)
		CHECK(rate_next(&r, 60, START) == START);
	later = rate_next(&r, 60, START);
	CHECK(later == START + TIME_SECOND);
	CHECK(rate_next(&r, 60, START) == later && rate_next(&r, 60, later - 1) == later);
	CHECK(rate_next(&r, 60, later) == later && rate_next(&r, 60, later) > later);
	CHECK(rate_next(&r, 60, START + 3600 * TIME_SECOND) == START + 3600 * TIME_SECOND);
}
