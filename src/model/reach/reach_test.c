#include "base/test.h"
#include "base/time.h"
#include "model/reach/reach.h"

enum { ROOM = 1 << 16 };

static int64_t at(const char *text)
{
	int64_t t = 0;

	CHECK(time_read(str_of(text), &t));
	return t;
}

TEST("reach: a quarter begins at midnight on the wall")
{
	static const struct {
		const char *t, *from;
		int64_t number;
	} rows[] = {
		{ "2026-01-01T00:00:00Z", "2025-12-31T23:00:00Z", 20261 },
		{ "2025-12-31T22:59:59Z", "2025-09-30T22:00:00Z", 20254 },
		{ "2026-03-31T21:59:59Z", "2025-12-31T23:00:00Z", 20261 },
		{ "2026-03-31T22:00:00Z", "2026-03-31T22:00:00Z", 20262 },
		{ "2026-08-15T12:00:00Z", "2026-06-30T22:00:00Z", 20263 },
		{ "2026-11-26T12:00:00Z", "2026-09-30T22:00:00Z", 20264 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct quarter q = quarter_of(at(rows[i].t));

		CHECK(q.number == rows[i].number && q.from == at(rows[i].from));
	}
}

TEST("reach: what is known of a contact by what came of the last question")
{
	const int64_t now = 100 * TIME_DAY, then = now - REACH_DAYS * TIME_DAY;
	const struct {
		struct reach_asked x;
		enum reach is;
		struct str says;
	} rows[] = {
		{ { DELIVERY_WAITS, then, 0 }, REACH_WAITS, S("waiting") },
		{ { DELIVERY_SEALED, then, 0 }, REACH_WAITS, S("waiting") },
		{ { DELIVERY_BEGUN, then, 0 }, REACH_WAITS, S("waiting") },
		{ { DELIVERY_ARRIVED, then + 1, 0 }, REACH_ASKED, S("asked") },
		{ { DELIVERY_ARRIVED, then, 0 }, REACH_SILENT, S("no answer for 14 days") },
		{ { DELIVERY_ARRIVED, then, then + 5 }, REACH_CONFIRMED, S("confirmed") },
		{ { DELIVERY_REFUSED, then, 0 }, REACH_BOUNCED, S("bounced") },
		{ { DELIVERY_REFUSED, then, then + 5 }, REACH_CONFIRMED, S("confirmed") },
		{ { DELIVERY_CANCELLED, then, 0 }, REACH_NEVER, S("") },
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		CHECK(reach_state(&rows[i].x, now) == rows[i].is);
		CHECK(str_eq(reach_says(&rows[i].x, now, &a), rows[i].says));
	}
}

TEST("reach: a reply that says no more than yes needs no reader, any other does")
{
	static const struct {
		const char *reply;
		bool plain;
	} rows[] = {
		{ "", true },
		{ "Yes, this reached me.\n", true },
		{ "Ja!", true },
		{ "Hallo,\n\nOntvangen, dank u wel.\n\nMet vriendelijke groet,\nJan, 06-1234\n",
		  true },
		{ "OK\n-- \nSOC of M1, call 112", true },
		{ "ok - ok", true },
		{ "Yes, but call me at 06-1234", false },
		{ "No", false },
		{ "Jan works here no more", false },
		{ "Ja, één ding nog", false },
		{ "0612345678", false },
		{ "👍", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(reach_is_plain(str_of(rows[i].reply)) == rows[i].plain);
}
