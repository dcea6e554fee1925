#include "base/test.h"
#include "base/time.h"
#include "model/notice/wish.h"

static int64_t at(const char *text)
{
	int64_t t = 0;

	CHECK(time_read(str_of(text), &t));
	return t;
}

static struct wish wish(const char *text)
{
	struct wish w;

	wish_read(str_of(text), &w);
	return w;
}

TEST("wish: mail that is not urgent comes in the hours and on the days that were asked for")
{
	static const struct {
		const char *wishes, *from, *arrives;
	} rows[] = {
		{ "", "2026-03-07T23:00:00Z", "2026-03-07T23:00:00Z" },
		{ "hours 08:00-17:00", "2026-03-02T07:00:00Z", "2026-03-02T07:00:00Z" },
		{ "hours 08:00-17:00", "2026-03-02T06:59:59Z", "2026-03-02T07:00:00Z" },
		{ "hours 08:00-17:00", "2026-03-02T15:59:59Z", "2026-03-02T15:59:59Z" },
		{ "hours 08:00-17:00", "2026-03-02T16:00:00Z", "2026-03-03T07:00:00Z" },
		{ "hours 08:00-17:00", "2026-07-01T16:00:00Z", "2026-07-02T06:00:00Z" }, // summer
		{ "hours 8-17; days mon-fri", "2026-03-06T16:00:00Z", "2026-03-09T07:00:00Z" },
		{ "days ma,wo", "2026-03-03T10:00:00Z", "2026-03-03T23:00:00Z" },
		{ "days fri-mon", "2026-03-03T10:00:00Z", "2026-03-05T23:00:00Z" },
		{ "hours 22:00-06:00", "2026-03-02T12:00:00Z", "2026-03-02T21:00:00Z" },
		{ "hours 22:00-06:00", "2026-03-02T22:30:00Z", "2026-03-02T22:30:00Z" },
		{ "hours 22:00-06:00", "2026-03-03T04:59:00Z", "2026-03-03T04:59:00Z" },
		{ "hours 14-24", "2026-03-02T22:59:00Z", "2026-03-02T22:59:00Z" },
		{ "hours 08:00-17:00; zone UTC-4", "2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z" },
		{ "zone utc+05:30; hours 08-17", "2026-03-02T01:00:00Z", "2026-03-02T02:30:00Z" },
		{ "hours 17-17", "2026-03-02T01:00:00Z", "2026-03-02T01:00:00Z" }, // is none
		{ "hours whenever", "2026-03-02T01:00:00Z", "2026-03-02T01:00:00Z" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct wish w = wish(rows[i].wishes);

		printf("# row %zu\n", i);
		CHECK(wish_arrives(&w, at(rows[i].from)) == at(rows[i].arrives));
	}
}

TEST("wish: a digest goes each day, or on one day of the week")
{
	static const struct {
		const char *wishes, *due, *goes;
	} rows[] = {
		{ "digest daily", "2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z" },
		{ "digest weekly", "2026-03-03T08:00:00Z", "2026-03-09T08:00:00Z" },
		{ "digest weekly tue", "2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z" },
		{ "digest weekly do", "2026-03-27T08:00:00Z", "2026-04-02T07:00:00Z" },
		{ "digest weekly tue; hours 14-17", "2026-03-03T08:00:00Z",
		  "2026-03-03T13:00:00Z" },
		{ "digest weekly; digest daily", "2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z" },
		{ "digest monthly", "2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct wish w = wish(rows[i].wishes);

		printf("# row %zu\n", i);
		CHECK(wish_digest(&w, at(rows[i].due)) == at(rows[i].goes));
	}
}

TEST("wish: no wish silences what is critical, goes at once or takes something back")
{
	static const struct {
		const char *wishes;
		enum message_kind kind;
		enum severity severity;
		bool wants;
	} rows[] = {
		{ "", MESSAGE_DIGEST, SEVERITY_LOW, true },
		{ "least high", MESSAGE_DIGEST, SEVERITY_MEDIUM, false },
		{ "least 2", MESSAGE_DIGEST, SEVERITY_HIGH, true },
		{ "least critical", MESSAGE_DIGEST, SEVERITY_CRITICAL, true },
		{ "least critical", MESSAGE_REMINDER, SEVERITY_HIGH, false },
		{ "least critical", MESSAGE_CRITICAL, SEVERITY_HIGH, true }, // a care function
		{ "least critical", MESSAGE_CORRECTION, SEVERITY_LOW, true },
		{ "least critical", MESSAGE_STILL_SEEN, SEVERITY_LOW, true },
		{ "least critical", MESSAGE_ALERT, SEVERITY_LOW, true },
		{ "kinds closed", MESSAGE_DIGEST, SEVERITY_HIGH, false },
		{ "kinds closed", MESSAGE_DIGEST, SEVERITY_CRITICAL, true },
		{ "kinds closed", MESSAGE_REMINDER, SEVERITY_CRITICAL, true },
		{ "kinds closed", MESSAGE_CLOSED, SEVERITY_LOW, true },
		{ "kinds digest, reminder", MESSAGE_CLOSED, SEVERITY_CRITICAL, false },
		{ "kinds nothing", MESSAGE_DIGEST, SEVERITY_LOW, true },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct wish w = wish(rows[i].wishes);

		printf("# row %zu\n", i);
		CHECK(wish_wants(&w, rows[i].kind, rows[i].severity) == rows[i].wants);
	}
}

TEST("wish: a supplier is told of what its mandates hold, while they last")
{
	static const struct {
		const char *wishes, *issue, *asset, *seen;
		bool holds;
	} rows[] = {
		{ "mandate all until:2026-12-31", "exposed.rdp", "", "192.0.2.7", true },
		{ "mandate all", "exposed.rdp", "", "192.0.2.7", false }, // without an end
		{ "mandate until:2026-12-31", "exposed.rdp", "", "192.0.2.7", false },
		{ "mandate all until:2026-03-02", "exposed.rdp", "", "192.0.2.7", false },
		{ "mandate all from:2026-03-03 until:2026-12-31", "exposed.rdp", "", "192.0.2.7",
		  false },
		{ "mandate issue:exposed.* until:2026-12-31", "exposed.rdp", "", "192.0.2.7",
		  true },
		{ "mandate issue:exposed.* until:2026-12-31", "vuln.exchange", "", "192.0.2.7",
		  false },
		{ "mandate issue:exposed.rd until:2026-12-31", "exposed.rdp", "", "192.0.2.7",
		  false },
		{ "mandate asset:192.0.2.0/24 until:2026-12-31", "exposed.rdp", "192.0.2.0/24",
		  "192.0.2.7 tcp/3389", true },
		{ "mandate asset:192.0.2.0/29 until:2026-12-31", "exposed.rdp", "192.0.2.0/24",
		  "192.0.2.7 tcp/3389", true },
		{ "mandate asset:192.0.2.0/29 until:2026-12-31", "exposed.rdp", "192.0.2.0/24",
		  "192.0.2.8 tcp/3389", false },
		{ "mandate asset:192.0.2.1-192.0.2.9 until:2026-12-31", "exposed.rdp", "",
		  "192.0.2.8", true },
		{ "mandate asset:m1.example until:2026-12-31", "exposed.rdp", "",
		  "vpn.m1.example tcp/443", true },
		{ "mandate asset:m1.example until:2026-12-31", "exposed.rdp", "", "xm1.example",
		  false },
		{ "mandate issue:exposed.rdp asset:192.0.2.9 until:2026-12-31", "exposed.rdp", "",
		  "192.0.2.8", false },
		{ "mandate issue:exposed.rdp asset:192.0.2.9 until:2026-12-31; mandate all "
		  "until:2026-04-01",
		  "exposed.rdp", "", "192.0.2.8", true },
		{ "mandate all asset:192.0.2.9 until:2026-12-31", "exposed.rdp", "", "192.0.2.9",
		  false },
		{ "also", "exposed.rdp", "", "192.0.2.9", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct mandate_case c = { str_of(rows[i].issue), str_of(rows[i].asset),
					  str_of(rows[i].seen) };
		struct str written = { 0 };

		printf("# row %zu\n", i);
		CHECK(wish_mandates(str_of(rows[i].wishes), &c, at("2026-03-02T12:00:00Z"),
				    &written) == rows[i].holds);
		CHECK((written.n > 0) == rows[i].holds);
	}
}

TEST("wish: what is no wish is a note, and what is nearly one is said")
{
	static const struct {
		const char *wishes;
		bool good;
	} rows[] = {
		{ "", true },
		{ "ask for J. Jansen", true },
		{ "also; ref INC4711; semicolon; hours 08:00-17:00; days mon-fri", true },
		{ "also please", false },
		{ "hours 25-26", false },
		{ "hour 08-17", false },
		{ "days someday", false },
		{ "zone Europe/Amsterdam", false },
		{ "zone UTC-4; digest weekly mon; kinds digest; least medium", true },
		{ "least none", false },
		{ "mandate asset:192.0.2.9", false },
		{ "mandate issue:rdp until:2026-12-31", false },
	};
	struct wish w = wish("ref INC4711; ALSO ; semicolon");

	CHECK(w.also && w.semicolon && str_eq(w.ref, S("INC4711")));
	CHECK(str_eq(wish_written(S("also; hours 8-17 ;x"), WISH_HOURS), S("hours 8-17")));
	CHECK(wish_written(S("hours x"), WISH_HOURS).n == 0);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str left = str_of(rows[i].wishes);
		struct err e = { 0 };

		printf("# row %zu\n", i);
		CHECK(wish_check(&left, &e) == rows[i].good);
	}
}

TEST("wish: each that is wrong is said, not the first alone")
{
	struct str left = S("hours 25-26; also; a note; days someday; least none");
	static const char *const wrong[] = { "hours 25-26", "days someday", "least none" };

	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		struct err e = { 0 };

		CHECK(!wish_check(&left, &e) && strstr(e.text, wrong[i]) != NULL);
	}
	CHECK(wish_check(&left, &(struct err){ 0 }) && left.n == 0);
}
