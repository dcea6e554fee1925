#include "task/watch/keep.h"

#include "base/buf.h"
#include "store/cve.h"
#include "store/finding.h"
#include "store/life.h"

enum { TEXT_BYTES = 1024, MAX_ENCLOSING = 16, MORE_NAMED = 20 };

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

static bool keep_cves(struct keep *k, int64_t finding, const struct merged_day *d, struct err *e)
{
	struct cve_row c = {
		.finding = finding, .feed = k->feed_id, .day = d->day, .batch = k->batch
	};

	for (const struct merged_cve *x = d->cves; x != NULL; x = x->next) {
		c.cve = x->cve;
		c.fresh = x->fresh;
		if (!cve_add(k->db, &c, e))
			return false;
	}
	return true;
}

// The sightings of x, a row a day. `last`: the newest event that was known; TIME_EVER: the
// finding is new, and what was no news when it came opened nothing and is not counted.
// *counted tells how many days this feed had not seen it on before.
static bool keep_days(struct keep *k, int64_t finding, const struct merged *x, int64_t last,
		      int64_t *counted, struct err *e)
{
	bool anew = last == TIME_EVER;

	*counted = 0;
	for (const struct merged_day *d = x->days; d != NULL; d = d->next) {
		struct sighting_row s = {
			.finding = finding,
			.feed = k->feed_id,
			.day = d->day,
			.batch = k->batch,
			.last = d->last,
			.events = d->events,
			.record = d->record,
			.place = d->place,
			.length = d->length,
		};
		bool any = false;

		if (anew && !d->news)
			continue;
		if ((!anew && d->day <= time_day(last) && !sighting_any(k->db, &s, &any, e)) ||
		    !(k->past ? sighting_again : sighting_add)(k->db, &s, e) ||
		    !keep_cves(k, finding, d, e))
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

// Nothing is known of it yet.
static void begin(struct keep *k, const struct merged *x, struct finding_row *f)
{
	f->strength = x->strength;
	f->sightings = 0;
	f->sources = k->source;
	f->held = x->free ? S("") : x->warned;
	f->print = x->print;
	f->asset = k->roster->assets.at[x->asset].id;
	f->first_seen = TIME_NEVER;
	f->last_seen = TIME_EVER;
	span(x, true, f);
}

static void tally(struct keep *k, const struct merged *x, enum finding_state state)
{
	k->held += !x->free;
	k->fresh += x->free && state != FINDING_CANDIDATE;
	k->candidates += x->free && state == FINDING_CANDIDATE;
}

static bool keep_new(struct keep *k, const struct merged *x, struct finding_row *f, struct err *e)
{
	bool taken = true;
	int64_t counted;

	f->id = k->next++;
	f->class = x->class;
	f->severity = x->severity;
	f->life.state = finding_begin(x->strength);
	f->found = k->now;
	f->retro = k->retro;
	begin(k, x, f);
	while (taken) {
		f->number = draw_number(&k->numbers);
		if (!finding_add(k->db, f, &taken, e))
			return false;
	}
	tally(k, x, f->life.state);
	return keep_days(k, f->id, x, TIME_EVER, &counted, e) && keep_evidence(k, f->id, x, e);
}

// Did a day before this one name it?
static bool named_before(const struct merged *x, const struct merged_day *day, struct str cve)
{
	for (const struct merged_day *d = x->days; d != day; d = d->next)
		for (const struct merged_cve *c = d->cves; c != NULL; c = c->next)
			if (str_eq(c->cve, cve))
				return true;
	return false;
}

// Those of x that nobody has named are marked, and written; nothing where there is none.
static bool more_of(struct keep *k, int64_t finding, const struct merged *x, struct buf *b,
		    struct err *e)
{
	unsigned n = 0;

	for (const struct merged_day *d = x->days; d != NULL; d = d->next)
		for (struct merged_cve *c = d->cves; c != NULL; c = c->next) {
			bool known = named_before(x, d, c->cve);

			if (!known && !cve_known(k->db, finding, c->cve, &known, e))
				return false;
			c->fresh = !known;
			if (known || n++ >= MORE_NAMED)
				continue;
			buf_str(b, n == 1 ? S("now also ") : S(", "));
			buf_str(b, c->cve);
		}
	if (n > MORE_NAMED)
		buf_fmt(b, " and %u more", n - MORE_NAMED);
	return true;
}

// `more`: which vulnerabilities are new.
static bool keep_turn(struct keep *k, const struct finding_row *f, enum life_turn turn,
		      const struct life *was, struct str more, struct err *e)
{
	static const char *const says[] = {
		[TURN_PROMOTED] = "a stronger match, or a second feed",
		[TURN_REOPENED] = "seen again after its end",
		[TURN_UNTRUE] = "seen again after it was said to be fixed",
		[TURN_ANEW] = "seen again after all was taken back",
	};
	struct change_row c = {
		.finding = f->id,
		.at = k->now,
		.act = turn == TURN_MORE ? DO_MORE : DO_SEEN,
		.was = *was,
		.is = f->life,
		.batch = k->batch,
	};

	c.reason = turn == TURN_MORE ? more : str_of(says[turn]);
	k->promoted += turn == TURN_PROMOTED;
	k->again += turn == TURN_MORE;
	k->reopened += turn == TURN_REOPENED || turn == TURN_UNTRUE;
	return change_add(k->db, &c, e);
}

// Nothing turned, and yet there is more to tell of it than there was.
static bool keep_worse(struct keep *k, const struct merged *x, const struct finding_row *f,
		       const struct finding_row *before, struct err *e)
{
	bool freed = before->held.n > 0 && f->held.n == 0;
	struct change_row c = {
		.finding = f->id,
		.at = k->now,
		.act = DO_SEEN,
		.was = f->life,
		.is = f->life,
		.reason =
			freed ? S("no warninglist holds what was seen now") : S("a stronger match"),
		.batch = k->batch,
	};

	if ((f->life.state != FINDING_OPEN && f->life.state != FINDING_TOLD) ||
	    !(freed || (x->news && f->strength > before->strength)))
		return true;
	return change_add(k->db, &c, e);
}

static bool join_source(struct keep *k, struct finding_row *f, struct buf *b, struct err *e)
{
	if (str_eq(f->sources, k->source))
		return true;
	sources_join(f->sources, k->feed, k->type, b);
	if (b->over)
		return err_set(e, ERR_LIMIT, "a finding of more feeds than fit in %d bytes",
			       (int)SOURCES_TEXT);
	f->sources = buf_view(b);
	return true;
}

// What it was is refreshed by what was seen now.
static bool refresh(struct keep *k, const struct merged *x, struct finding_row *f, struct buf *b,
		    struct err *e)
{
	if (x->strength > f->strength)
		f->strength = x->strength;
	if (x->free && f->held.n > 0) {
		f->held = S("");
		k->released++;
	}
	if (!k->past || x->time >= f->last_seen) {
		f->print = x->print;
		f->asset = k->roster->assets.at[x->asset].id;
	}
	span(x, false, f);
	return join_source(k, f, b, e);
}

static void more_is_old(const struct merged *x, struct buf *more)
{
	more->n = 0;
	for (const struct merged_day *d = x->days; d != NULL; d = d->next)
		for (struct merged_cve *c = d->cves; c != NULL; c = c->next)
			c->fresh = false;
}

// What was taken back of a batch stays so, however often it is read.
static bool is_taken_back(struct keep *k, const struct finding_row *f, bool *out, struct err *e)
{
	*out = false;
	return !k->past || sighting_voided(k->db, f->id, k->batch, out, e);
}

static bool keep_again(struct keep *k, const struct merged *x, struct finding_row *f, struct err *e)
{
	const struct finding_row before = *f;
	struct life_seen seen = {
		x->time, f->last_seen, x->news, x->strength, !sources_have(f->sources, k->feed),
		false
	};
	char text[SOURCES_TEXT], names[TEXT_BYTES];
	struct buf b = BUF_ON(text), more = BUF_ON(names);
	enum life_turn turn;
	int64_t last, counted;
	bool gone;

	if (!is_taken_back(k, f, &gone, e) || gone)
		return gone;
	if (!more_of(k, f->id, x, &more, e))
		return false;
	if (k->past && x->time <= f->last_seen) // what was known later is no news
		more_is_old(x, &more);
	seen.more = more.n > 0;
	turn = life_see(&f->life, &seen, k->now);
	if (turn == TURN_REFUSED)
		return true;
	last = turn == TURN_ANEW ? TIME_EVER : f->last_seen;
	if (turn == TURN_ANEW) {
		begin(k, x, f);
		tally(k, x, f->life.state);
	} else if (!refresh(k, x, f, &b, e)) {
		return false;
	}
	if (!keep_days(k, f->id, x, last, &counted, e))
		return false;
	if (turn != TURN_ANEW) {
		f->sightings += counted;
		k->refreshed++;
	}
	return (turn != TURN_NONE ? keep_turn(k, f, turn, &before.life, buf_view(&more), e)
				  : keep_worse(k, x, f, &before, e)) &&
	       finding_refresh(k->db, f, e) && keep_evidence(k, f->id, x, e);
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
