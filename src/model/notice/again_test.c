#include "base/test.h"
#include "base/time.h"
#include "model/notice/again.h"

static int64_t at(const char *text)
{
	int64_t t = 0;

	CHECK(time_read(str_of(text), &t));
	return t;
}

TEST("again: two reminders, the second to the next contact too, and then an officer")
{
	static const struct {
		enum severity severity;
		int64_t round;
		const char *last, *until, *now;
		enum again_how how;
	} rows[] = {
		{ SEVERITY_CRITICAL, 0, "2026-03-06T03:00:00Z", NULL, "2026-03-07T02:59:59Z",
		  AGAIN_WAITS },
		{ SEVERITY_CRITICAL, 0, "2026-03-06T03:00:00Z", NULL, "2026-03-07T03:00:00Z",
		  AGAIN_REMINDER },
		{ SEVERITY_CRITICAL, 1, "2026-03-06T03:00:00Z", NULL, "2026-03-07T03:00:00Z",
		  AGAIN_NEXT },
		{ SEVERITY_CRITICAL, 2, "2026-03-06T03:00:00Z", NULL, "2026-03-07T03:00:00Z",
		  AGAIN_OFFICER },
		{ SEVERITY_CRITICAL, 3, "2026-03-06T03:00:00Z", NULL, "2027-03-07T03:00:00Z",
		  AGAIN_OVER },
		{ SEVERITY_CRITICAL, 0, "2026-03-06T03:00:00Z", "2026-03-10",
		  "2026-03-09T23:59:59Z", AGAIN_WAITS },
		{ SEVERITY_CRITICAL, 0, "2026-03-06T03:00:00Z", "2026-03-10", "2026-03-10",
		  AGAIN_REMINDER },
		{ SEVERITY_HIGH, 0, "2026-03-02T08:00:00Z", NULL, "2026-03-09T07:59:59Z",
		  AGAIN_WAITS },
		{ SEVERITY_HIGH, 0, "2026-03-02T08:00:00Z", NULL, "2026-03-09T08:00:00Z",
		  AGAIN_REMINDER },
		{ SEVERITY_HIGH, 0, "2026-03-02T08:00:01Z", NULL, "2026-03-09T07:59:59Z",
		  AGAIN_WAITS },
		{ SEVERITY_HIGH, 0, "2026-03-02T08:00:01Z", NULL, "2026-03-09T08:00:00Z",
		  AGAIN_REMINDER }, // the digest that told it took a second
		{ SEVERITY_HIGH, 0, "2026-03-23T08:00:01Z", NULL, "2026-03-30T07:00:00Z",
		  AGAIN_REMINDER }, // summer time has come
		{ SEVERITY_HIGH, 0, "2026-03-02T08:00:01Z", "2026-03-10T08:00:01Z",
		  "2026-03-10T08:00:00Z", AGAIN_WAITS }, // a promise is waited for to its end
		{ SEVERITY_HIGH, 0, "2026-02-28T08:00:00Z", NULL, "2026-03-07T08:00:00Z",
		  AGAIN_WAITS }, // a Saturday
		{ SEVERITY_HIGH, 0, "2026-02-28T08:00:00Z", NULL, "2026-03-09T08:00:00Z",
		  AGAIN_REMINDER },
		{ SEVERITY_HIGH, 2, "2026-03-02T08:00:00Z", NULL, "2026-03-09T08:00:00Z",
		  AGAIN_OFFICER },
		{ SEVERITY_MEDIUM, 1, "2026-03-02T08:00:00Z", NULL, "2026-03-16T08:00:00Z",
		  AGAIN_REMINDER },
		{ SEVERITY_MEDIUM, 2, "2026-03-02T08:00:00Z", NULL, "2026-12-16T08:00:00Z",
		  AGAIN_OVER },
		{ SEVERITY_LOW, 1, "2026-03-02T08:00:00Z", NULL, "2026-12-16T08:00:00Z",
		  AGAIN_OVER },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct again x = { rows[i].severity, rows[i].round, at(rows[i].last),
				   rows[i].until != NULL ? at(rows[i].until) : TIME_NEVER };

		printf("# row %zu\n", i);
		CHECK(again_decide(&x, at(rows[i].now)) == rows[i].how);
	}
}
