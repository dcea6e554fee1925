#include "task/watch/keep.h"

#include "base/buf.h"
#include "codec/text/id.h"
#include "os/random.h"
#include "store/finding.h"

enum { TEXT_BYTES = 1024, MAX_ENCLOSING = 16 };

// Uniform in 0 … ID_COUNT - 1: what lies above the last whole multiple is drawn again.
static uint32_t draw(struct keep *k)
{
	for (;;) {
		uint32_t n;

		if (k->numbers == 0) {
			random_fill(k->number, sizeof k->number);
			k->numbers = KEEP_NUMBERS;
		}
		n = k->number[--k->numbers];
		if (n < UINT32_MAX / ID_COUNT * ID_COUNT)
			return n % ID_COUNT;
	}
}

// Who else holds what lies around the asset: "u1 198.18.0.0/16, m2 198.18.0.0/15".
static void enclosing(const struct keep *k, const struct merged *x, struct buf *b)
{
	const struct index_node *node = index_node(k->index, x->node);
	unsigned n = 0;

	for (int32_t up = node->parent; up != INDEX_NONE; up = node->parent) {
		node = index_node(k->index, up);
		for (uint32_t i = 0; i < node->count && n < MAX_ENCLOSING; i++) {
			const struct asset *a =
				&k->roster->assets.at[index_owner(k->index, node->first + i)];

			if (a->member == ROSTER_NOBODY ||
			    k->roster->members.at[a->member].id == x->member)
				continue;
			if (n++ > 0)
				buf_str(b, S(", "));
			buf_str(b, k->roster->members.at[a->member].slug);
			buf_char(b, ' ');
			buf_str(b, a->value);
		}
	}
}

static bool keep_evidence(struct keep *k, int64_t finding, const struct merged *x, struct err *e)
{
	const struct asset *a = &k->roster->assets.at[x->asset];
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	struct evidence_row v = {
		.finding = finding,
		.feed = k->feed_id,
		.batch = k->batch,
		.record = x->record,
		.place = x->place,
		.length = x->length,
		.time = x->time,
		.asset = a->id,
		.asset_value = a->value,
		.event = x->event,
		.rule = x->rule,
		.warned = x->warned,
		.verdict = x->verdict,
	};

	enclosing(k, x, &b);
	v.enclosing = buf_view(&b);
	return evidence_add(k->db, &v, e);
}

// The sightings of x, a row a day. `anew`: the finding is new, and what was no news
// when it came opened nothing and is not counted; otherwise *counted tells how many
// days this feed had not seen it on before.
static bool keep_days(struct keep *k, int64_t finding, const struct merged *x, bool anew,
		      int64_t *counted, struct err *e)
{
	*counted = 0;
	for (const struct merged_day *d = x->days; d != NULL; d = d->next) {
		struct sighting_row s = {
			finding, k->feed_id, d->day, k->batch, d->last, d->events
		};
		bool any = false;

		if (anew && !d->news)
			continue;
		if ((!anew && !sighting_any(k->db, &s, &any, e)) || !sighting_add(k->db, &s, e))
			return false;
		*counted += !any;
	}
	return true;
}

static void span(const struct merged *x, bool anew, struct finding_row *f)
{
	for (const struct merged_day *d = x->days; d != NULL; d = d->next) {
		if (anew && !d->news)
			continue;
		if (d->first < f->first_seen)
			f->first_seen = d->first;
		if (d->last > f->last_seen)
			f->last_seen = d->last;
		f->sightings += anew;
	}
}

static bool keep_new(struct keep *k, const struct merged *x, struct finding_row *f, struct err *e)
{
	bool taken = true;
	int64_t counted;

	f->id = k->next++;
	f->class = x->class;
	f->severity = x->severity;
	f->strength = x->strength;
	f->state = finding_begin(x->strength);
	f->found = k->now;
	f->feeds = k->feed;
	f->held = x->free ? S("") : x->warned;
	f->first_seen = TIME_NEVER;
	f->last_seen = TIME_EVER;
	span(x, true, f);
	while (taken) {
		f->number = draw(k);
		if (!finding_add(k->db, f, &taken, e))
			return false;
	}
	k->held += !x->free;
	k->fresh += x->free && f->state != FINDING_CANDIDATE;
	k->candidates += x->free && f->state == FINDING_CANDIDATE;
	return keep_days(k, f->id, x, true, &counted, e) && keep_evidence(k, f->id, x, e);
}

// Puts the feed's name where it belongs in the sorted set.
static void join_feed(struct str feeds, struct str name, struct buf *b)
{
	bool put = false;

	while (feeds.n > 0) {
		struct str next = str_cut(&feeds, ' ');

		if (!put && str_order(name, next) < 0) {
			buf_str(b, name);
			buf_char(b, ' ');
			put = true;
		}
		buf_str(b, next);
		if (feeds.n > 0 || !put)
			buf_char(b, ' ');
	}
	if (!put)
		buf_str(b, name);
}

static bool keep_again(struct keep *k, const struct merged *x, struct finding_row *f, struct err *e)
{
	bool feed_is_new = !finding_feeds_have(f->feeds, k->feed);
	enum finding_state was = f->state;
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	int64_t counted;

	if (x->news)
		f->state = finding_next(was, finding_act_seen(x->strength, feed_is_new));
	if (x->strength > f->strength)
		f->strength = x->strength;
	span(x, false, f);
	if (feed_is_new) {
		join_feed(f->feeds, k->feed, &b);
		if (b.over)
			return err_set(e, ERR_LIMIT, "a finding of more feeds than fit in %d bytes",
				       (int)TEXT_BYTES);
		f->feeds = buf_view(&b);
	}
	if (x->free && f->held.n > 0) {
		f->held = S("");
		k->released++;
	}
	if (!keep_days(k, f->id, x, false, &counted, e))
		return false;
	f->sightings += counted;
	k->refreshed++;
	k->promoted += was == FINDING_CANDIDATE && f->state != was;
	return finding_refresh(k->db, f, e) && keep_evidence(k, f->id, x, e);
}

// all_new: the store is known to have no such finding.
static bool keep_one(struct keep *k, struct arena *a, const struct merged *x, bool all_new,
		     struct err *e)
{
	struct finding_row f = { .member = x->member, .issue = x->issue, .seen = x->seen };

	if (!all_new) {
		if (finding_by_key(k->db, &f, a, e))
			return keep_again(k, x, &f, e);
		if (e->kind != ERR_NONE)
			return false;
	}
	if (x->news)
		return keep_new(k, x, &f, e);
	k->old++;
	return true;
}

// How many of the n at x are of one member and issue.
static unsigned run_of(struct merged *const *x, unsigned n)
{
	unsigned i = 1;

	while (i < n && x[i]->member == x[0]->member && str_eq(x[i]->issue, x[0]->issue))
		i++;
	return i;
}

// Sorted ones of one member and issue. What comes for the first time mostly comes in
// company, so one question spares as many as there are.
static bool keep_run(struct keep *k, struct arena *a, struct merged *const *x, unsigned n,
		     struct err *e)
{
	struct finding_range range = { x[0]->member, x[0]->issue, x[0]->seen, x[n - 1]->seen };
	bool any = true;

	if (n > 1 && !finding_any(k->db, &range, &any, e))
		return false;
	for (unsigned i = 0; i < n; i++) {
		char *mark = arena_mark(a);

		if (!keep_one(k, a, x[i], !any, e))
			return false;
		arena_back(a, mark);
	}
	return true;
}

bool keep_merged(struct keep *k, struct merge *m, struct err *e)
{
	if (k->next == 0) {
		if (!finding_last(k->db, &k->next, e))
			return false;
		k->next++;
	}
	merge_sort(m);
	for (unsigned i = 0, n; i < m->count; i += n) {
		n = run_of(m->all + i, m->count - i);
		if (!keep_run(k, m->arena, m->all + i, n, e))
			return false;
	}
	merge_empty(m);
	return true;
}
