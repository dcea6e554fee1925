#include "base/test.h"
#include "base/time.h"
#include "ui/progress.h"

TEST("progress: a line says how far, how fast and how long still")
{
	static const struct {
		uint64_t done, all;
		int64_t since;
		const char *line;
	} rows[] = {
		{ 50000000, 100000000, 5 * TIME_SECOND,
		  "reading [############............]  50 % 50 MB, 10 MB/s, 5 s left" },
		{ 10000000, 1000000000, 10 * TIME_SECOND,
		  "reading [........................]   1 % 10 MB, 1 MB/s, 16 min 30 s left" },
		{ 1000000, 10000000000, TIME_SECOND,
		  "reading [........................]   0 % 1 MB, 1 MB/s, 2 h 46 min left" },
		{ 7000000, 0, TIME_SECOND, "reading 7 MB, 7 MB/s" },
		{ 7000000, 6000000, TIME_SECOND, "reading 7 MB, 7 MB/s" }, // it grew meanwhile
		{ 0, 5, 0, "reading [........................]   0 % 0 MB, 0 MB/s" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct progress p = { .what = "reading", .done = rows[i].done, .all = rows[i].all };
		char line[128];
		size_t n = progress_line(&p, rows[i].since, line, sizeof line);

		CHECK(str_eq((struct str){ line, n }, str_of(rows[i].line)));
	}
}

TEST("progress: nothing is said with --quiet or --json, and before two seconds")
{
	struct app quiet = { .quiet = true }, json = { .out.form = OUT_JSON }, plain = { 0 };
	struct progress p = progress_begin(&plain, "reading");

	CHECK(progress_begin(&quiet, "reading").what == NULL);
	CHECK(progress_begin(&json, "reading").what == NULL);
	progress_at(&p, 1, 2);
	CHECK(!p.drawn && p.done == 1 && p.next - p.began == 2 * TIME_SECOND);
}
