#include "task/shadow/compare.h"

#include "base/sort.h"

#include <assert.h>

#define X(id, word) word,
static const char *const words[COMPARED_COUNT] = { COMPARED(X) };
#undef X

struct str compared_by_word(enum compared_by by)
{
	assert(by < COMPARED_COUNT);
	return str_of(words[by]);
}

// ---- what the older system told

static struct str thing_of(const struct older_row *row)
{
	return row->things > 0 ? row->thing[0] : S("");
}

// A line that meets no finding.
static struct compared_row by_line(const struct older_row *row, const struct look_row *x)
{
	return (struct compared_row){
		.by = TOLD_BY_OLDER,
		.member = x->member != NULL ? x->member->slug : row->member,
		.issue = x->issue.n > 0 ? x->issue : row->issue,
		.why = x->why,
		.detail = x->detail,
		.things = 1,
		.thing = thing_of(row),
		.line = row->line,
	};
}

static void by_finding(struct look *l, const struct older_row *row, struct look_finding *x,
		       struct compared *out)
{
	enum older_why why = older_compare(&x->f.is);

	if (x->said)
		return;
	x->said = true;
	*list_add(&out->rows, l->a) = (struct compared_row){
		.by = why == OLDER_BOTH ? TOLD_BY_BOTH : TOLD_BY_OLDER,
		.member = x->member->slug,
		.issue = x->f.issue,
		.why = why,
		.detail = look_detail(l, x, why),
		.things = 1,
		.thing = x->f.seen,
		.line = row->line,
	};
}

// It does not say which of several: those that Waker told on this day. False: it told none.
static bool by_several(struct look *l, const struct older_row *row, const struct look_row *x,
		       struct compared *out)
{
	bool any = false;

	for (size_t i = 0; i < x->met.count; i++)
		if (x->met.at[i]->f.is.that_day) {
			by_finding(l, row, x->met.at[i], out);
			any = true;
		}
	return any;
}

// What it told on another day is kept for what Waker alone told on this one.
static bool read_line(struct look *l, const struct older_row *row, struct compared *out,
		      struct err *e)
{
	bool that_day = row->bad != NULL || (row->told >= l->day.since && row->told < l->day.until);
	struct look_row x;

	out->other_days += !that_day;
	if (!look_row(l, row, &x, e))
		return false;
	if (row->spotted && x.why == OLDER_NOBODYS) {
		out->foreign += that_day;
		return true;
	}
	if (that_day && x.why == OLDER_WHICH && by_several(l, row, &x, out))
		return true;
	if (that_day && x.why != OLDER_TAKEN)
		*list_add(&out->rows, l->a) = by_line(row, &x);
	for (size_t i = 0; x.why == OLDER_TAKEN && i < x.met.count; i++)
		if (that_day)
			by_finding(l, row, x.met.at[i], out);
		else
			x.met.at[i]->told = row->told;
	return true;
}

// ---- what Waker told

// They are sorted so.
static struct look_finding *find(struct look_member *m, const struct shadow_told *t)
{
	size_t low = 0, high = m->findings.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct look_finding *x = &m->findings.at[middle];
		int n = str_order(x->f.issue, t->issue);

		if (n == 0)
			n = str_order(x->f.seen, t->seen);
		if (n == 0)
			return x;
		*(n < 0 ? &low : &high) = n < 0 ? middle + 1 : middle;
	}
	return NULL;
}

static bool member_place(const struct look *l, struct str slug, size_t *out)
{
	for (size_t i = 0; i < l->roster->members.count; i++)
		if (str_eq(l->roster->members.at[i].slug, slug)) {
			*out = i;
			return true;
		}
	return false;
}

struct told_all {
	LIST(struct shadow_told) at;
};

// Whole, for a member's findings may be read while it is gone through.
static bool told(struct look *l, struct told_all *out, struct err *e)
{
	autorows r = NULL;
	struct shadow_told x;

	if (!shadow_told(l->d, &l->day, &r, e))
		return false;
	while (shadow_next_told(r, &x, e))
		*list_add(&out->at, l->a) =
			(struct shadow_told){ x.finding, arena_str(l->a, x.slug),
					      arena_str(l->a, x.issue), arena_str(l->a, x.seen) };
	return e->kind == ERR_NONE;
}

static bool by_waker(struct look *l, struct compared *out, struct err *e)
{
	struct told_all all = { 0 };

	if (!told(l, &all, e))
		return false;
	LIST_EACH (const struct shadow_told, t, &all.at) {
		struct look_finding *x = NULL;
		struct look_member *m;
		size_t place;

		if (member_place(l, t->slug, &place)) {
			if (!look_member(l, place, &m, e))
				return false;
			x = find(m, t);
		}
		if (x != NULL && x->said)
			continue;
		*list_add(&out->rows, l->a) = (struct compared_row){
			.by = TOLD_BY_WAKER,
			.member = t->slug,
			.issue = t->issue,
			.why = x != NULL && x->told != TIME_EVER ? OLDER_SAID_THEN : OLDER_SILENT,
			.things = 1,
			.thing = t->seen,
		};
	}
	return true;
}

// ---- together

static int order(const void *a, const void *b)
{
	const struct compared_row *x = a, *y = b;
	int n;

	if (x->by != y->by)
		return x->by < y->by ? -1 : 1;
	n = str_order(x->member, y->member);
	if (n == 0)
		n = str_order(x->issue, y->issue);
	if (n == 0)
		n = (x->why > y->why) - (x->why < y->why);
	return n != 0 ? n : str_order(x->detail, y->detail);
}

static void gather(struct look *l, bool each, struct compared *out)
{
	struct compared_row *at = out->rows.at;
	size_t kept = 0;

	sort_merge(at, arena_new(l->a, struct compared_row, out->rows.count + 1), out->rows.count,
		   sizeof *at, order);
	for (size_t i = 0; i < out->rows.count; i++) {
		out->things[at[i].by]++;
		if (!each && kept > 0 && order(&at[kept - 1], &at[i]) == 0)
			at[kept - 1].things++;
		else
			at[kept++] = at[i];
	}
	out->rows.count = kept;
}

bool shadow_compare(struct look *l, const struct older *o, bool each, struct compared *out,
		    struct err *e)
{
	*out = (struct compared){ 0 };
	LIST_EACH (const struct older_row, row, &o->rows)
		if (!read_line(l, row, out, e))
			return false;
	if (!by_waker(l, out, e))
		return false;
	gather(l, each, out);
	return true;
}
