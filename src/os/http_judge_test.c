#include "base/test.h"
#include "base/time.h"
#include "os/http_judge.h"

TEST("judge: a certificate's lines, and what is none")
{
	int64_t since = 0, until = 0, wanted = 0;

	http_certificate_line(S("Start date:2026-01-31 10:20:30 GMT"), &since, &until);
	CHECK(time_read(S("2026-01-31T10:20:30Z"), &wanted) && since == wanted && until == 0);
	http_certificate_line(S("Expire Date:2026-04-30 00:00:00 GMT"), &since, &until);
	CHECK(time_read(S("2026-04-30T00:00:00Z"), &wanted) && until == wanted);
	http_certificate_line(S("Expire date:never, ever, not at all"), &since, &until);
	http_certificate_line(S("Expire date:2026-04-30"), &since, &until);
	http_certificate_line(S("Subject:CN = localhost"), &since, &until);
	http_certificate_line(S(""), &since, &until);
	CHECK(until == wanted);
}

TEST("judge: the least rate holds from the first byte on, over an eighth of the wait")
{
	struct http_pace p = { .wait = 80, .least = 100 };
	int64_t at = 1000 * TIME_SECOND;

	CHECK(http_pace_holds(&p, at, 0));
	CHECK(http_pace_holds(&p, at + 50 * TIME_SECOND, 0)); // it has not begun
	CHECK(http_pace_holds(&p, at + 51 * TIME_SECOND, 1));
	CHECK(http_pace_holds(&p, at + 60 * TIME_SECOND, 2)); // its window is not over
	CHECK(http_pace_holds(&p, at + 61 * TIME_SECOND, 1001));
	CHECK(!http_pace_holds(&p, at + 71 * TIME_SECOND, 2000));
}
