#include "task/duty/look.h"

#include "base/list.h"
#include "base/time.h"
#include "store/desk.h"
#include "store/duty.h"

enum {
	MOST_OPEN = 500, // pages that are looked at
	TEST_HOURS = 12, // after which a test that nobody took says nothing more
};

struct person {
	int64_t officer;
	int64_t channel[PAGE_CHANNELS];
	unsigned channels;
};
struct wanted {
	enum desk_kind kind;
	int64_t thing;
	enum severity severity;
	struct str owner; // empty: nobody has it
	bool rests;
};
struct looking {
	const struct home *h;
	struct db *d;
	int64_t now;
	struct arena *a;
	struct duty_row duty; // of now; id 0: nobody's
	struct person people[PAGE_PEOPLE];
	unsigned n;
	LIST(struct wanted) wanted;
	LIST(struct page_row) open;
};

// ---- who

static struct person *person_of(struct looking *w, int64_t officer)
{
	for (unsigned i = 0; i < w->n; i++)
		if (w->people[i].officer == officer)
			return &w->people[i];
	return NULL;
}

static bool read_people(struct looking *w, struct err *e)
{
	autorows officers = NULL;
	autorows channels = NULL;
	struct officer_row o;
	struct channel_row c;

	if (!officer_list(w->d, &officers, e))
		return false;
	while (officer_next(officers, &o, e))
		if (w->n < PAGE_PEOPLE)
			w->people[w->n++].officer = o.id;
	if (e->kind != ERR_NONE || !channel_list(w->d, &channels, e))
		return false;
	while (channel_next(channels, &c, e)) {
		struct person *p = person_of(w, c.officer);

		if (p != NULL && p->channels < PAGE_CHANNELS)
			p->channel[p->channels++] = c.id;
	}
	return e->kind == ERR_NONE;
}

static bool anybody(const struct looking *w)
{
	for (unsigned i = 0; i < w->n; i++)
		if (w->people[i].channels > 0)
			return true;
	return false;
}

// ---- what

static bool read_wanted(struct looking *w, struct err *e)
{
	autorows r = NULL;
	struct desk_row x;

	if (!desk_list(w->d, w->now, desk_waking(), &r, e))
		return false;
	while (desk_next(r, &x, e))
		if (desk_wakes(x.kind, x.severity))
			*list_add(&w->wanted, w->a) =
				(struct wanted){ x.kind, x.thing, x.severity,
						 arena_str(w->a, x.owner), x.until > w->now };
	return e->kind == ERR_NONE;
}

static bool read_open(struct looking *w, struct err *e)
{
	autorows r = NULL;
	struct page_row p;

	w->open.count = 0;
	if (!page_list(w->d, false, MOST_OPEN, &r, e))
		return false;
	while (page_next(r, &p, e))
		*list_add(&w->open, w->a) = p;
	return e->kind == ERR_NONE;
}

static const struct wanted *wanted_of(const struct looking *w, const struct page_row *p)
{
	LIST_EACH (const struct wanted, x, &w->wanted)
		if ((int)x->kind == p->kind && x->thing == p->thing)
			return x;
	return NULL;
}

static bool is_over(const struct looking *w, const struct page_row *p, struct str *taker)
{
	const struct wanted *x = wanted_of(w, p);

	*taker = S("");
	if (p->kind == PAGE_TEST)
		return p->made + TEST_HOURS * TIME_HOUR <= w->now ||
		       person_of((struct looking *)(uintptr_t)w, p->thing) == NULL;
	if (x == NULL || x->rests)
		return true;
	*taker = x->owner;
	return x->owner.n > 0;
}

static bool end_pages(struct looking *w, struct err *e)
{
	struct str taker;

	LIST_EACH (const struct page_row, p, &w->open)
		if (is_over(w, p, &taker) && !page_end(w->d, p->id, w->now, taker, e))
			return false;
	return true;
}

// One that is open already stays.
static bool begin_pages(struct looking *w, struct err *e)
{
	LIST_EACH (const struct wanted, x, &w->wanted) {
		struct page_row p = { .kind = (int)x->kind,
				      .thing = x->thing,
				      .severity = x->severity,
				      .made = w->now,
				      .duty = w->duty.id };

		if (x->owner.n == 0 && !x->rests && !page_add(w->d, &p, e))
			return false;
	}
	return true;
}

bool duty_test(struct db *d, int64_t officer, int64_t now, int64_t *id, struct err *e)
{
	struct page_row p = { .kind = PAGE_TEST, .thing = officer, .made = now };

	if (!page_add(d, &p, e))
		return false;
	*id = p.id;
	return true;
}

static bool test_duty(struct looking *w, struct err *e)
{
	int64_t id;

	if (!w->h->duty.test || w->duty.id == 0 || w->duty.tested > 0)
		return true;
	return duty_test(w->d, w->duty.officer, w->now, &id, e) &&
	       duty_tested(w->d, w->duty.id, w->now, e);
}

// ---- tries

// `to`: of each place of the plan, who that is.
static void plan_of(struct looking *w, const struct page_row *p, struct page_plan *out,
		    const struct person *to[PAGE_PEOPLE])
{
	const bool test = p->kind == PAGE_TEST;
	const int64_t first[] = { test ? p->thing : w->duty.officer, w->duty.backup };

	*out = (struct page_plan){ .turn = w->h->duty.turn * TIME_MINUTE };
	for (unsigned i = 0; i < COUNTOF(first); i++) {
		const struct person *x = person_of(w, first[i]);

		if (x != NULL && (i == 0 || first[i] != first[0]))
			to[out->people++] = x;
	}
	for (unsigned i = 0; i < w->n && !test; i++)
		if (w->people[i].officer != first[0] && w->people[i].officer != first[1])
			to[out->people++] = &w->people[i];
	for (unsigned i = 0; i < out->people; i++)
		out->channels[i] = to[i]->channels;
}

// Who comes on duty is asked first, whoever was before.
static bool try_page(struct looking *w, struct page_row *p, struct err *e)
{
	const struct person *to[PAGE_PEOPLE];
	struct page_plan plan;
	struct page_turn turn;

	if (p->kind != PAGE_TEST && p->duty != w->duty.id) {
		p->duty = w->duty.id;
		p->tries = 0;
		p->next = w->now;
	}
	if (p->next > w->now)
		return true;
	plan_of(w, p, &plan, to);
	if (!page_turn(&plan, p->tries, &turn)) {
		p->next = TIME_NEVER;
		return page_tried(w->d, p, e);
	}
	p->tries++;
	p->next = w->now + turn.wait;
	return try_add(w->d, p->id, to[turn.person]->officer,
		       to[turn.person]->channel[turn.channel], w->now, e) &&
	       page_tried(w->d, p, e);
}

static bool try_pages(struct looking *w, struct err *e)
{
	if (!read_open(w, e))
		return false;
	for (size_t i = 0; i < w->open.count; i++)
		if (!try_page(w, &w->open.at[i], e))
			return false;
	return true;
}

// ---- all of it

static bool look(struct looking *w, struct err *e)
{
	return duty_now(w->d, w->now, w->a, &w->duty, e) && read_wanted(w, e) && read_open(w, e) &&
	       end_pages(w, e) && begin_pages(w, e) && test_duty(w, e) && try_pages(w, e);
}

bool duty_look(const struct home *h, int64_t now, struct arena *a, struct duty_looked *out,
	       struct err *e)
{
	struct looking w = { .h = h, .d = h->db, .now = now, .a = a };

	*out = (struct duty_looked){ 0 };
	if (!read_people(&w, e))
		return false;
	out->nobody = !anybody(&w);
	if (out->nobody)
		return true;
	if (!db_begin(h->db, e))
		return false;
	if (!look(&w, e)) {
		db_abort(h->db);
		return false;
	}
	out->open = (unsigned)w.open.count;
	return db_commit(h->db, e);
}
