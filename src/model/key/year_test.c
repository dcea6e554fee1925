#include "base/test.h"
#include "model/key/year.h"

static int64_t day(int year, unsigned month, unsigned of_month)
{
	return time_of_date(year, month, of_month);
}

TEST("year: each step asks for all before it, may be done again, and is told which comes first")
{
	for (unsigned done = 0; done <= YEAR_STEP_COUNT; done++) {
		struct year_done d = { 0 };

		for (unsigned i = 0; i < done; i++)
			d.at[i] = day(2026, 12, 1);
		CHECK(year_next(&d) == done);
		for (unsigned i = 0; i < YEAR_STEP_COUNT; i++) {
			enum year_step first;

			CHECK(year_may(&d, (enum year_step)i, &first) == (i <= done));
			CHECK(i <= done || first == done);
		}
	}
}

TEST("year: a step that was done without those before it does not let later ones be done")
{
	struct year_done d = { .at = { [YEAR_MAKE] = 1, [YEAR_PUBLISH] = 1 } };
	enum year_step first;

	CHECK(!year_may(&d, YEAR_NOTIFY, &first) && first == YEAR_REQUEST);
	CHECK(year_may(&d, YEAR_REQUEST, &first));
}

TEST("year: each step has its word, and its day before the one before ends, in their order")
{
	enum year_step step;

	for (unsigned i = 0; i < YEAR_STEP_COUNT; i++) {
		CHECK(year_step_read(year_step_word((enum year_step)i), &step) && step == i);
		CHECK(year_step_says((enum year_step)i).n > 0);
		CHECK(i == 0 || year_due((enum year_step)(i - 1), year_end(2026)) <
					year_due((enum year_step)i, year_end(2026)));
	}
	CHECK(!year_step_read(S("plan"), &step));
	CHECK(year_due(YEAR_MAKE, 0) == 0 && year_due(YEAR_MAKE, TIME_NEVER) == 0);
	CHECK(year_due(YEAR_MAKE, year_end(2026)) == day(2026, 11, 30) + 12 * TIME_HOUR);
}

TEST("year: a key is made for this year or the next, where it lasts two months at least")
{
	static const struct {
		int year;
		int from[3];
		int when;
	} rows[] = {
		{ 2027, { 2026, 10, 31 }, -1 }, { 2027, { 2026, 11, 1 }, 0 },
		{ 2027, { 2026, 12, 31 }, 0 },  { 2027, { 2027, 6, 1 }, 0 },
		{ 2027, { 2027, 10, 31 }, 0 },  { 2027, { 2027, 11, 1 }, 1 },
		{ 2027, { 2028, 1, 1 }, 1 },    { 2029, { 2026, 12, 1 }, -1 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(year_when(rows[i].year, day(rows[i].from[0], (unsigned)rows[i].from[1],
						  (unsigned)rows[i].from[2]) +
						      13 * TIME_HOUR) == rows[i].when);
}

TEST("year: somebody must see to the next key 30 days before the end of one, unless one takes over "
     "by then")
{
	static const int64_t day_ = TIME_DAY;
	const int64_t end = year_end(2026);

	CHECK(year_of(day(2027, 1, 1)) == 2027 && year_of(day(2027, 1, 1) - 1) == 2026);
	CHECK(year_after(end) == 2027 && year_after(day(2026, 6, 1)) == 2026);
	CHECK(!year_needs(end, 0, end - 30 * day_ - 1) && year_needs(end, 0, end - 30 * day_));
	CHECK(year_needs(end, 0, end + 1) && year_needs(end, TIME_NEVER, end - 1));
	CHECK(!year_needs(end, end, end - 1) && year_needs(end, end + 1, end - 1));
	CHECK(!year_needs(TIME_NEVER, 0, end));
}

TEST("year: it signs after the overlap, when the one before ends, or at once where there is none")
{
	const int64_t now = day(2026, 12, 1), end = year_end(2026);

	CHECK(year_signs(now, 14, end) == day(2026, 12, 15));
	CHECK(year_signs(now, 0, end) == now);
	CHECK(year_signs(now, 60, end) == end);
	CHECK(year_signs(now, 14, 0) == now && year_signs(now, 14, now) == now);
	CHECK(year_signs(now, 14, TIME_NEVER) == day(2026, 12, 15));
}

TEST("year: the statement names both keys whole, in both languages, or says that there is one "
     "alone")
{
	char room[YEAR_STATEMENT];
	struct buf b = BUF_ON(room);
	struct year_statement s = { .year = 2027,
				    .team = S("Z-CERT"),
				    .mail = S("cert@z.example"),
				    .key = S("0123456789ABCDEF0123456789ABCDEF01234567"),
				    .former = S("89ABCDEF0123456789ABCDEF0123456789ABCDEF"),
				    .made = day(2026, 12, 1),
				    .expires = year_end(2027),
				    .former_expires = year_end(2026) };
	struct str rest;

	year_statement(&s, &b);
	rest = buf_view(&b);
	CHECK(!b.over && str_contains(rest, S("een nieuwe")) && str_contains(rest, S("a new")));
	CHECK(str_contains(rest, S("until 2026-12-31")) && str_contains(rest, S("tot 2027-12-31")));
	for (unsigned i = 0; i < 2; i++) {
		struct str at = i == 0 ? rest : str_from(rest, rest.n / 2);

		CHECK(str_contains(at, S("\n  0123456789ABCDEF0123456789ABCDEF01234567\n")));
		CHECK(str_contains(at, S("\n  89ABCDEF0123456789ABCDEF0123456789ABCDEF\n")));
	}
	for (size_t i = 0; i < rest.n; i++)
		CHECK(rest.p[i] == '\n' || (rest.p[i] >= ' ' && rest.p[i] < 127));
	s.former = S("");
	b.n = 0;
	year_statement(&s, &b);
	CHECK(!b.over &&
	      !str_contains(buf_view(&b), S("89ABCDEF0123456789ABCDEF0123456789ABCDEF")) &&
	      str_contains(buf_view(&b), S("by our master key")));
}
