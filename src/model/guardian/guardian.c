#include "model/guardian/guardian.h"

#include "base/time.h"

#include <assert.h>

enum { MILLE = 1000 };

#define X(id, word) word,
static const char *const words[FAULT_COUNT] = { FAULTS(X) };
#undef X

struct str fault_word(enum fault_kind kind)
{
	assert(kind < FAULT_COUNT);
	return str_of(words[kind]);
}

unsigned guardian_junk(const struct guardian_batch *b)
{
	if (b->junk >= b->records)
		return b->junk > 0 ? MILLE : 0;
	return (unsigned)((double)b->junk * MILLE / (double)b->records);
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

struct extremes { // the two smallest that were met
	uint64_t first, second;
};
static const struct extremes fewest = { UINT64_MAX, UINT64_MAX };

static void meet(struct extremes *x, uint64_t v)
{
	if (v < x->first) {
		x->second = x->first;
		x->first = v;
	} else if (v < x->second) {
		x->second = v;
	}
}

static uint64_t second(const struct extremes *x)
{
	return x->second != UINT64_MAX ? x->second : x->first;
}

struct guardian_usual guardian_usual(const struct guardian_batch *b, size_t count)
{
	struct extremes records = fewest, hits = fewest, unread = fewest;
	uint64_t most = 0;

	if (count == 0)
		return (struct guardian_usual){ 0 };
	for (size_t i = 0; i < count; i++) {
		meet(&records, b[i].records);
		meet(&hits, b[i].hits);
		meet(&unread, MILLE - guardian_junk(&b[i]));
		most = larger(most, b[i].records);
	}
	return (struct guardian_usual){ (unsigned)count, second(&records), most,
					MILLE - (unsigned)second(&unread), second(&hits) };
}

struct guardian_bounds guardian_bounds(const struct feed *f, const struct guardian_usual *u)
{
	struct guardian_bounds b = { .most = UINT64_MAX, .junk = MILLE };

	if (u->count >= GUARDIAN_LEAST) {
		uint64_t part = (u->least + GUARDIAN_PART - 1) / GUARDIAN_PART;
		unsigned junk = 2 * u->junk > u->junk + GUARDIAN_JUNK ? 2 * u->junk
								      : u->junk + GUARDIAN_JUNK;

		b.least = u->least >= part + GUARDIAN_FEWER ? part
			  : u->least >= GUARDIAN_FEWER      ? u->least - GUARDIAN_FEWER + 1
							    : 0;
		b.most = larger(GUARDIAN_TIMES * u->most, u->most + GUARDIAN_MORE - 1);
		b.junk = junk < MILLE ? junk : MILLE;
		b.hits = u->hits >= GUARDIAN_HITS ? 1 : 0;
	}
	if (f->least > 0)
		b.least = f->least;
	if (f->most > 0)
		b.most = f->most;
	if (f->junk > 0)
		b.junk = f->junk;
	return b;
}

static void add(struct faults *out, enum fault_kind kind, bool holds, struct str says)
{
	if (out->count < FAULT_COUNT)
		out->at[out->count++] = (struct fault){ kind, holds, says };
}

// What this feed does not say is taken for gone (RULES 4).
static bool proves_absence(const struct feed *f)
{
	return f->role == ROLE_VICTIMS && f->presence != PRESENCE_STREAM;
}

static struct str count_says(const struct guardian_batch *b, const char *than, uint64_t bound,
			     struct arena *a)
{
	return arena_fmt(a, "%llu records, %s %llu", (unsigned long long)b->records, than,
			 (unsigned long long)bound);
}

static void judge_count(const struct feed *f, const struct guardian_usual *u,
			const struct guardian_batch *b, struct arena *a, struct faults *out)
{
	struct guardian_bounds is = guardian_bounds(f, u);

	if (b->records < is.least && f->least > 0)
		add(out, FAULT_SMALL, true,
		    count_says(b, "where the feed file expects at least", f->least, a));
	else if (b->records < is.least)
		add(out, FAULT_SMALL, proves_absence(f),
		    count_says(b, "where the fewest of its last batches had", u->least, a));
	if (b->records > is.most && f->most > 0)
		add(out, FAULT_LARGE, true,
		    count_says(b, "where the feed file expects at most", f->most, a));
	else if (b->records > is.most)
		add(out, FAULT_LARGE, true,
		    count_says(b, "where the most of its last batches had", u->most, a));
}

static void judge_junk(const struct feed *f, const struct guardian_usual *u,
		       const struct guardian_batch *b, struct arena *a, struct faults *out)
{
	unsigned junk = guardian_junk(b);

	if (junk <= guardian_bounds(f, u).junk)
		return;
	if (f->junk > 0)
		add(out, FAULT_JUNK, true,
		    arena_fmt(a,
			      "%u %% of its records cannot be read, where the feed file expects "
			      "at most %u %%",
			      junk / 10, f->junk / 10));
	else
		add(out, FAULT_JUNK, junk >= GUARDIAN_UNREAD && proves_absence(f),
		    arena_fmt(a,
			      "%u %% of its records cannot be read, where the most of its last "
			      "batches were %u %%",
			      junk / 10, u->junk / 10));
}

void guardian_judge(const struct feed *f, const struct guardian_usual *u,
		    const struct guardian_batch *b, struct arena *a, struct faults *out)
{
	judge_count(f, u, b, a, out);
	judge_junk(f, u, b, a, out);
	if (b->hits < guardian_bounds(f, u).hits)
		add(out, FAULT_HITS, proves_absence(f),
		    arena_fmt(a,
			      "none of its records is a member's, where the fewest of its last "
			      "batches had %llu",
			      (unsigned long long)u->hits));
}

int64_t guardian_patience(const struct feed *f, const int64_t *arrived, size_t count)
{
	int64_t longest = 0, second = 0;

	if (f->silent > 0)
		return f->silent;
	if (count < GUARDIAN_LEAST || arrived[count - 1] - arrived[0] < GUARDIAN_SPAN * TIME_DAY)
		return 0;
	for (size_t i = 1; i < count; i++) {
		int64_t gap = arrived[i] - arrived[i - 1];

		if (gap > longest) {
			second = longest;
			longest = gap;
		} else if (gap > second) {
			second = gap;
		}
	}
	return second + second / 2 + TIME_HOUR;
}
