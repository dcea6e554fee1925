#include "task/watch/merge.h"

#include "base/buf.h"
#include "base/hash.h"
#include "codec/text/json_out.h"

#include <stdlib.h>

enum { SLOTS = 1 << 18 };

// The first bytes of `seen` stand beside the pointer, so that hardly any comparison of
// the sort has to look at the text itself.
struct merge_key {
	int64_t member;
	uint64_t seen;
	struct merged *of;
};

static void start(struct merge *m)
{
	m->slots = arena_new(m->arena, struct merged *, SLOTS);
	m->all = arena_new(m->arena, struct merged *, MERGE_MAX);
	m->keys = arena_new(m->arena, struct merge_key, MERGE_MAX);
	m->scratch = arena_new(m->arena, char, MERGE_MAX_EVIDENCE);
	m->issues.at = NULL;
	m->issues.count = m->issues.room = 0;
	m->count = 0;
}

void merge_init(struct merge *m, struct arena *a)
{
	*m = (struct merge){ .arena = a };
	start(m);
}

void merge_empty(struct merge *m)
{
	arena_empty(m->arena);
	start(m);
}

bool merge_full(const struct merge *m)
{
	return m->count == MERGE_MAX || arena_room(m->arena) < MERGE_ROOM;
}

static bool same(const struct merged *a, const struct merged *b)
{
	return a->member == b->member && str_eq(a->seen, b->seen) && str_eq(a->issue, b->issue);
}

static struct merged **slot_of(const struct merge *m, const struct merged *what)
{
	uint64_t h =
		hash_more(hash_str((uint64_t)what->member, what->seen), hash_str(0, what->issue));
	size_t at = (size_t)h % SLOTS;

	while (m->slots[at] != NULL && !same(m->slots[at], what))
		at = (at + 1) % SLOTS;
	return &m->slots[at];
}

static void json_value(struct buf *b, struct str s)
{
	buf_char(b, '"');
	json_inner(b, str_first(s, MERGE_MAX_VALUE));
	if (s.n > MERGE_MAX_VALUE)
		buf_str(b, S("\xe2\x80\xa6"));
	buf_char(b, '"');
}

static void json_field(struct buf *b, const struct event_field *f)
{
	if (b->n > 1)
		buf_char(b, ',');
	json_str(b, f->key);
	buf_char(b, ':');
	if (f->kind == EVENT_NUMBER || f->kind == EVENT_BOOLEAN)
		buf_str(b, f->value);
	else
		json_value(b, f->value);
}

// Fields that no longer fit are left out whole, so that it stays an object.
static struct str evidence(const struct merge *m, const struct event *event)
{
	struct buf b = { .p = m->scratch, .cap = MERGE_MAX_EVIDENCE - 1 };

	buf_char(&b, '{');
	LIST_EACH (const struct event_field, f, &event->fields) {
		size_t was = b.n;

		json_field(&b, f);
		if (b.over) {
			b.n = was;
			b.over = false;
		}
	}
	b.cap++;
	buf_char(&b, '}');
	return arena_str(m->arena, buf_view(&b));
}

// There are few, so each is kept once.
static struct str issue_of(struct merge *m, struct str issue)
{
	LIST_EACH (const struct str, x, &m->issues)
		if (str_eq(*x, issue))
			return *x;
	return *list_add(&m->issues, m->arena) = arena_str(m->arena, issue);
}

// Each once.
static void add_cve(struct merge *m, struct merged_day *d, const char *cve)
{
	struct merged_cve **at = &d->cves;
	unsigned n = 0;

	while (*at != NULL && !str_eq((*at)->cve, str_of(cve))) {
		at = &(*at)->next;
		n++;
	}
	if (*at != NULL || n == MERGE_MAX_CVES)
		return;
	*at = arena_new(m->arena, struct merged_cve, 1);
	**at = (struct merged_cve){ .cve = arena_str(m->arena, str_of(cve)) };
}

static void add_cves(struct merge *m, struct merged_day *d, const struct merge_add *add)
{
	char cve[CVE_TEXT];

	if (add->what.class != CLASS_VULNERABLE || !add->what.news || add->what.verdict == WHY_HELD)
		return;
	LIST_EACH (const struct event_field, f, &add->event->fields) {
		struct str list = f->value;

		if (!str_eq(f->key, S("product.vulnerabilities")))
			continue;
		while (cve_next(&list, cve))
			add_cve(m, d, cve);
	}
}

static void add_day(struct merge *m, struct merged *x, const struct merge_add *add)
{
	const struct merged *what = &add->what;
	int64_t time = what->time, day = time_day(time);
	struct merged_day *d = x->days;

	while (d != NULL && d->day != day)
		d = d->next;
	if (d == NULL) {
		d = arena_new(m->arena, struct merged_day, 1);
		*d = (struct merged_day){
			.day = day, .first = time, .last = time, .next = x->days
		};
		x->days = d;
	}
	d->events++;
	d->news = d->news || what->news;
	add_cves(m, d, add);
	if (time < d->first)
		d->first = time;
	if (d->events > 1 && time <= d->last)
		return;
	d->last = time;
	d->record = what->record;
	d->place = what->place;
	d->length = what->length;
}

void merge_add(struct merge *m, const struct merge_add *add)
{
	struct merged **slot = slot_of(m, &add->what), *x = *slot;
	bool first = x == NULL;

	if (first) {
		x = *slot = m->all[m->count++] = arena_new(m->arena, struct merged, 1);
		*x = add->what;
		x->issue = issue_of(m, add->what.issue);
		x->seen = arena_str(m->arena, add->what.seen);
		x->days = NULL;
	}
	if (add->what.strength > x->strength)
		x->strength = add->what.strength;
	x->news = x->news || add->what.news;
	x->free = x->free || (add->what.news && add->what.verdict != WHY_HELD);
	add_day(m, x, add);
	if (!first && add->what.time <= x->time)
		return;
	x->time = add->what.time;
	x->record = add->what.record;
	x->place = add->what.place;
	x->length = add->what.length;
	x->asset = add->what.asset;
	x->node = add->what.node;
	x->rule = add->what.rule;
	x->event = evidence(m, add->event);
	x->warned = arena_str(m->arena, add->what.warned);
	x->print = arena_str(m->arena, add->what.print);
	x->verdict = add->what.verdict;
}

static int by_key(const void *p, const void *q)
{
	const struct merge_key *a = p, *b = q;
	int order = (a->member > b->member) - (a->member < b->member);

	if (order == 0 && a->of->issue.p != b->of->issue.p)
		order = str_order(a->of->issue, b->of->issue);
	if (order == 0)
		order = (a->seen > b->seen) - (a->seen < b->seen);
	return order != 0 ? order : str_order(a->of->seen, b->of->seen);
}

static uint64_t first_bytes(struct str s)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < sizeof v; i++)
		v = v << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	return v;
}

void merge_sort(struct merge *m)
{
	for (unsigned i = 0; i < m->count; i++)
		m->keys[i] = (struct merge_key){ m->all[i]->member, first_bytes(m->all[i]->seen),
						 m->all[i] };
	qsort(m->keys, m->count, sizeof m->keys[0], by_key);
	for (unsigned i = 0; i < m->count; i++)
		m->all[i] = m->keys[i].of;
}
