#include "base/test.h"
#include "base/time.h"
#include "model/guardian/guardian.h"

#define CHECK_TEXT(is, wanted) CHECK(str_eq((is), str_of(wanted)))

// The faults of one batch as "kind!" (it holds) and "kind", a blank between.
static struct str judged(const struct feed *f, const struct guardian_usual *u,
			 const struct guardian_batch *b, struct arena *a)
{
	struct faults found = { 0 };
	struct str all = S("");

	guardian_judge(f, u, b, a, &found);
	for (unsigned i = 0; i < found.count; i++)
		all = arena_fmt(a, STR_FMT "%s" STR_FMT "%s", STR_ARG(all), i > 0 ? " " : "",
				STR_ARG(fault_word(found.at[i].kind)),
				found.at[i].holds ? "!" : "");
	return all;
}

TEST("guardian: what is learnt of the last batches")
{
	const struct guardian_batch b[] = { { 1000, 20, 10, 0 },
					    { 500, 9, 25, 0 },
					    { 2000, 31, 0, 0 } };
	struct guardian_usual u = guardian_usual(b, COUNTOF(b));

	CHECK(u.count == 3 && u.least == 1000 && u.most == 2000 && u.hits == 20 && u.junk == 10);
	u = guardian_usual(b, 1);
	CHECK(u.count == 1 && u.least == 1000 && u.most == 1000 && u.hits == 20 && u.junk == 10);
	CHECK(guardian_usual(b, 0).count == 0 && guardian_usual(b, 0).least == 0);
	CHECK(guardian_junk(&(struct guardian_batch){ 10, 0, 30, 0 }) == 1000);
	CHECK(guardian_junk(&(struct guardian_batch){ 0, 0, 0, 0 }) == 0);
	CHECK(guardian_junk(&(struct guardian_batch){ 1000, 0, 999, 0 }) == 999);
}

TEST("guardian: each bound, just within and just without")
{
	static const struct guardian_usual usual = { 30, 1000, 2000, 20, 8 },
					   small = { 5, 15, 30, 0, 0 },
					   young = { 4, 1000, 2000, 0, 8 },
					   tiny = { 9, 9, 9, 0, 0 };
	static const struct {
		const struct guardian_usual *usual;
		struct guardian_batch batch;
		enum feed_role role;
		enum feed_presence presence;
		const char *faults;
	} rows[] = {
		{ &usual, { 1000, 8, 0, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "" },
		{ &usual, { 6000, 8, 0, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "" },
		{ &usual, { 6001, 8, 0, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "large!" },
		{ &usual, { 6001, 8, 0, 0 }, ROLE_INDICATORS, PRESENCE_STREAM, "large!" },
		{ &usual, { 100, 8, 0, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "" },
		{ &usual, { 99, 8, 0, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "small!" },
		{ &usual, { 99, 8, 0, 0 }, ROLE_VICTIMS, PRESENCE_STREAM, "small" },
		{ &usual, { 99, 8, 0, 0 }, ROLE_INDICATORS, PRESENCE_LIST, "small" },
		{ &usual, { 0, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "small! hits!" },
		{ &usual, { 1000, 8, 70, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "" },
		{ &usual, { 1000, 8, 71, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "junk" },
		{ &usual, { 1000, 8, 250, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "junk!" },
		{ &usual, { 1000, 8, 250, 0 }, ROLE_VICTIMS, PRESENCE_STREAM, "junk" },
		{ &usual, { 1000, 1, 0, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "" },
		{ &usual, { 1000, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_REPORT, "hits!" },
		{ &usual, { 1000, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_STREAM, "hits" },
		{ &small,
		  { 129, 0, 0, 0 },
		  ROLE_VICTIMS,
		  PRESENCE_LIST,
		  "" }, // a small list may grow
		{ &small, { 130, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "large!" },
		{ &small, { 2, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "" },
		{ &small, { 1, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "small!" },
		{ &tiny, { 0, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "" },
		{ &young, { 99999, 0, 99999, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "" },
		{ &young, { 0, 0, 0, 0 }, ROLE_VICTIMS, PRESENCE_LIST, "" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct feed f = { .role = rows[i].role, .presence = rows[i].presence };

		printf("# row %zu\n", i);
		CHECK_TEXT(judged(&f, rows[i].usual, &rows[i].batch, &a), rows[i].faults);
	}
}

TEST("guardian: the feed file's bounds go before what was learnt, and hold")
{
	const struct guardian_usual u = { 30, 1000, 2000, 20, 0 };
	const struct feed f = {
		.presence = PRESENCE_STREAM, .least = 50, .most = 90000, .junk = 10
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);

	CHECK_TEXT(judged(&f, &u, &(struct guardian_batch){ 50, 0, 0, 0 }, &a), "");
	CHECK_TEXT(judged(&f, &u, &(struct guardian_batch){ 49, 0, 0, 0 }, &a), "small!");
	CHECK_TEXT(judged(&f, &u, &(struct guardian_batch){ 90000, 0, 0, 0 }, &a), "");
	CHECK_TEXT(judged(&f, &u, &(struct guardian_batch){ 90001, 0, 0, 0 }, &a), "large!");
	CHECK_TEXT(judged(&f, &u, &(struct guardian_batch){ 1000, 0, 11, 0 }, &a), "junk!");
	CHECK_TEXT(judged(&f, &u, &(struct guardian_batch){ 1000, 0, 10, 0 }, &a), "");
	CHECK_TEXT(judged(&f, &(struct guardian_usual){ 0 },
			  &(struct guardian_batch){ 49, 0, 0, 0 }, &a),
		   "small!");
}

TEST("guardian: how long nothing may come")
{
	int64_t daily[20], hourly[3];
	const struct feed f = { 0 }, said = { .silent = 3 * TIME_HOUR };
	const int64_t pace = TIME_DAY + TIME_DAY / 2 + TIME_HOUR;

	for (int64_t i = 0; i < 20; i++)
		daily[i] = 1000 * TIME_DAY + i * TIME_DAY;
	for (int64_t i = 0; i < 3; i++)
		hourly[i] = i * TIME_HOUR;
	CHECK(guardian_patience(&f, daily, 20) == pace);
	CHECK(guardian_patience(&f, daily, 8) == pace);
	CHECK(guardian_patience(&f, daily, 7) == 0); // six days: too young
	CHECK(guardian_patience(&f, hourly, 3) == 0);
	CHECK(guardian_patience(&f, hourly, 0) == 0);
	CHECK(guardian_patience(&said, hourly, 3) == 3 * TIME_HOUR);
	daily[0] -= 9 * TIME_DAY; // it was silent once: that teaches nothing
	CHECK(guardian_patience(&f, daily, 20) == pace);
	daily[19] += 2 * TIME_DAY; // it is so now and then
	CHECK(guardian_patience(&f, daily, 20) == 3 * TIME_DAY + 3 * TIME_DAY / 2 + TIME_HOUR);
}
