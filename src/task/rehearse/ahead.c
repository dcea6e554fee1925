#include "task/rehearse/ahead.h"

void ahead_init(struct ahead *x, struct arena *a)
{
	*x = (struct ahead){ .at = arena_new(a, struct ahead_reading, AHEAD_MOST) };
	arena_init(&x->a, AHEAD_BYTES);
	arena_alone(&x->a);
}

void ahead_done(struct ahead *x)
{
	arena_done(&x->a);
}

struct ahead_reading *ahead_add(struct ahead *x, const struct ahead_reading *r)
{
	struct ahead_reading *mine = &x->at[x->count++];

	*mine = *r;
	return mine;
}

static bool give(const struct ahead_reading *r, struct side side[2], const struct scan_hit *hit,
		 struct err *e)
{
	if (r->split)
		return side_hit(&side[hit->view], hit, e);
	return (!r->to[0] || side_hit(&side[0], hit, e)) &&
	       (!r->to[1] || side_hit(&side[1], hit, e));
}

static bool give_kept(const struct ahead_reading *r, struct side side[2], struct err *e)
{
	for (const struct ahead_hit *h = r->first; h != NULL; h = h->next) {
		struct scan_hit hit = h->hit;

		memcpy(hit.match, h->match, hit.count * sizeof *h->match);
		hit.event = &h->event;
		if (!give(r, side, &hit, e))
			return false;
	}
	return true;
}

static bool begin(const struct ahead_reading *r, struct side side[2], struct err *e)
{
	for (unsigned k = 0; k < 2; k++) {
		if (!side_clock(&side[k], r->batch->arrived, e))
			return false;
		if (r->to[k])
			side_begin(&side[k], r->batch, r->feed, r->type);
	}
	return give_kept(r, side, e);
}

static bool end(const struct ahead_reading *r, struct side side[2], struct err *e)
{
	return (!r->to[0] || side_end(&side[0], &r->tally, e)) &&
	       (!r->to[1] || side_end(&side[1], &r->tally, e));
}

static bool publish(const struct ahead_reading *r, struct side side[2], struct err *e)
{
	return r->bad || (begin(r, side, e) && end(r, side, e));
}

bool ahead_publish(struct ahead *x, struct side side[2], struct err *e)
{
	for (unsigned i = 0; i < x->count; i++)
		if (!publish(&x->at[i], side, e))
			return false;
	x->count = 0;
	arena_empty(&x->a);
	return true;
}

// All but the newest, and of that what there is.
static bool make_room(struct ahead *x, struct side side[2], struct err *e)
{
	struct ahead_reading newest = x->at[--x->count];

	for (unsigned i = 0; i < x->count; i++)
		if (!publish(&x->at[i], side, e))
			return false;
	if (!begin(&newest, side, e))
		return false;
	arena_empty(&x->a);
	newest.published = true;
	newest.first = newest.last = NULL;
	x->at[0] = newest;
	x->count = 1;
	return true;
}

static void keep(struct ahead *x, struct ahead_reading *r, const struct scan_hit *hit)
{
	struct ahead_hit *h = arena_new(&x->a, struct ahead_hit, 1);

	h->hit = *hit;
	h->match = arena_new(&x->a, struct matched, hit->count);
	memcpy(h->match, hit->match, hit->count * sizeof *h->match);
	h->event = (struct event){ .misfits = hit->event->misfits };
	list_reserve(&h->event.fields, &x->a, hit->event->fields.count);
	LIST_EACH (const struct event_field, f, &hit->event->fields) {
		struct event_field *mine = list_add(&h->event.fields, &x->a);

		*mine = *f;
		mine->key = arena_str(&x->a, f->key);
		mine->value = arena_str(&x->a, f->value);
	}
	h->next = NULL;
	if (r->last != NULL)
		r->last->next = h;
	else
		r->first = h;
	r->last = h;
}

bool ahead_hit(struct ahead *x, struct side side[2], const struct scan_hit *hit, struct err *e)
{
	if (!x->at[x->count - 1].published && arena_room(&x->a) < AHEAD_HIT &&
	    !make_room(x, side, e))
		return false;
	if (x->at[x->count - 1].published)
		return give(&x->at[x->count - 1], side, hit, e);
	keep(x, &x->at[x->count - 1], hit);
	return true;
}

bool ahead_end(struct ahead *x, struct side side[2], const struct scan_tally *tally, struct err *e)
{
	struct ahead_reading *r = &x->at[x->count - 1];

	r->bad = tally == NULL;
	if (!r->bad)
		r->tally = *tally;
	if (!r->published)
		return true;
	x->count--;
	if (!r->bad)
		return end(r, side, e);
	side_drop(&side[0]);
	side_drop(&side[1]);
	return true;
}
