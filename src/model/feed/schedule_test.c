#include "base/test.h"
#include "base/time.h"
#include "model/feed/schedule.h"

#include <stdio.h>

#define MIDNIGHT (INT64_C(1772323200) * TIME_SECOND) // 2026-03-01

static struct feed_fetch every(int64_t time)
{
	struct feed_fetch f = feed_fetch_standard();

	f.every = time;
	return f;
}

TEST("schedule: each feed of each store has a second of its own, the same each time")
{
	struct feed_fetch f = every(TIME_HOUR);
	int64_t seen[200];
	unsigned tenth[10] = { 0 }, same = 0;

	for (unsigned i = 0; i < 200; i++) {
		char name[16];
		int n = snprintf(name, sizeof name, "feed%u", i % 20);
		struct str feed = { name, (size_t)n };
		uint64_t phase = schedule_phase(1000 + i / 20, feed);

		seen[i] = schedule_next(&f, phase, MIDNIGHT);
		CHECK(schedule_phase(1000 + i / 20, feed) == phase);
		CHECK(seen[i] >= MIDNIGHT + TIME_HOUR / 2 &&
		      seen[i] < MIDNIGHT + 3 * TIME_HOUR / 2);
		tenth[(seen[i] - MIDNIGHT - TIME_HOUR / 2) / (TIME_HOUR / 10)]++;
		for (unsigned k = 0; k < i; k++)
			same += seen[k] == seen[i];
	}
	for (unsigned i = 0; i < 10; i++)
		CHECK(tenth[i] >= 8 && tenth[i] <= 35); // 20 of 200 are expected
	CHECK(same <= 15);                              // of 3,600 seconds; 5.5 are expected
}

TEST("schedule: it is asked once a period, however late it was, and by hand between")
{
	static const int64_t periods[] = { TIME_MINUTE, TIME_HOUR, TIME_DAY, 30 * TIME_DAY };

	for (unsigned i = 0; i < COUNTOF(periods); i++) {
		struct feed_fetch f = every(periods[i]);
		uint64_t phase = schedule_phase(7, S("lab"));
		int64_t at = schedule_next(&f, phase, MIDNIGHT);

		for (unsigned k = 0; k < 100; k++) { // up to nearly half a period late
			int64_t next = schedule_next(&f, phase, at + (k % 50) * f.every / 101);

			CHECK(next == at + f.every);
			at = next;
		}
		// by hand, just before its time: that one is left out
		CHECK(schedule_next(&f, phase, at - f.every / 4) == at + f.every);
		CHECK(schedule_next(&f, phase, at - 3 * f.every / 4) == at);
	}
}

TEST("schedule: without a phase it is the period alone")
{
	struct feed_fetch f = every(TIME_HOUR);

	CHECK(schedule_next(&f, 0, MIDNIGHT + 7) == MIDNIGHT + TIME_HOUR + 7);
	CHECK(schedule_after(0, MIDNIGHT) == MIDNIGHT);
}

TEST("schedule: nobody is asked in quiet hours, also not over midnight")
{
	static const struct {
		struct feed_quiet quiet[2];
		unsigned count;
		int64_t at, free; // minutes of a day
	} rows[] = {
		{ { { 120, 240 } }, 1, 119, 119 },
		{ { { 120, 240 } }, 1, 120, 240 },
		{ { { 120, 240 } }, 1, 239, 240 },
		{ { { 120, 240 } }, 1, 240, 240 },
		{ { { 1380, 60 } }, 1, 1379, 1379 },
		{ { { 1380, 60 } }, 1, 1380, 1440 + 60 },
		{ { { 1380, 60 } }, 1, 1439, 1440 + 60 },
		{ { { 1380, 60 } }, 1, 0, 60 },
		{ { { 1380, 60 } }, 1, 60, 60 },
		{ { { 120, 240 }, { 240, 300 } }, 2, 130, 300 },
		{ { { 240, 300 }, { 120, 240 } }, 2, 130, 300 },
		{ { { 60, 0 } }, 1, 70, 1440 },
		{ { { 0 } }, 0, 70, 70 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct feed_fetch f = every(TIME_HOUR);
		uint64_t phase = schedule_phase(7, S("lab"));
		int64_t at = MIDNIGHT + rows[i].at * TIME_MINUTE,
			free = MIDNIGHT + rows[i].free * TIME_MINUTE, spread;

		f.quiets = rows[i].count;
		for (unsigned k = 0; k < f.quiets; k++)
			f.quiet[k] = (struct feed_quiet){ rows[i].quiet[k].from * TIME_MINUTE,
							  rows[i].quiet[k].until * TIME_MINUTE };
		CHECK(schedule_free(&f, 0, at) == free);
		spread = schedule_free(&f, phase, at) - free;
		CHECK(at == free ? spread == 0
				 : spread >= 0 && spread < SCHEDULE_SPREAD_SECONDS * TIME_SECOND);
	}
}

TEST("schedule: a pause between two quiet times that is too short to spread is used")
{
	struct feed_fetch f = every(TIME_HOUR);

	f.quiets = 2;
	f.quiet[0] = (struct feed_quiet){ 0, TIME_HOUR };
	f.quiet[1] = (struct feed_quiet){ TIME_HOUR + TIME_SECOND, 0 };
	for (uint64_t phase = 1; phase < 2000; phase += 2)
		CHECK(schedule_free(&f, phase, MIDNIGHT + 5) == MIDNIGHT + TIME_HOUR);
}

TEST("schedule: a host is what stands between, in small letters")
{
	static const struct {
		const char *from, *host;
	} rows[] = {
		{ "https://Feeds.Example/list.txt", "feeds.example" },
		{ "https://feeds.example:8443/x", "feeds.example" },
		{ "http://me:word@feeds.example?x=a@b", "feeds.example" },
		{ "http://[2001:DB8::1]:80/x", "2001:db8::1" },
		{ "https://feeds.example", "feeds.example" },
		{ "/srv/list.txt", "" },
		{ "list.txt", "" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct feed_fetch f = feed_fetch_standard();
		char room[SCHEDULE_HOST];

		f.from = str_of(rows[i].from);
		CHECK(str_eq(schedule_host(&f, room), str_of(rows[i].host)));
	}
}
