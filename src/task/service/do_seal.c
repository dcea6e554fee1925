#include "base/time.h"
#include "task/advice/advice.h"
#include "task/service/do.h"
#include "task/tell/act.h"
#include "task/tell/seal.h"

#include <stdio.h>

enum { HELD_SECONDS = 60, SHELF_MINUTES = 10 };

// What this role keeps open: the advice that letters carry, read again from time to time, so that a
// text that somebody mends is in the next letters and no letter waits for it; and the keys.
struct desk {
	struct shelf shelf;
	int64_t read; // of the shelf
	struct ring *ring;
	struct feed_shelf feeds;
};

static void desk_done(void *own)
{
	struct desk *d = own;

	shelf_done(&d->shelf);
	ring_close(d->ring);
	feed_shelf_done(&d->feeds);
}

static void say_faults(const struct service *s, const struct shelf *shelf)
{
	LIST_EACH (const struct shelf_fault, f, &shelf->faults) {
		char line[24];
		const int n = snprintf(line, sizeof line, "%u", f->is.line);
		const struct log_said said[] = { { "file", f->path },
						 { "line", { line, (size_t)n } },
						 { "error", f->is.what } };

		log_say(&s->log, LOG_WARNING, "a text of advice is not used", said, COUNTOF(said));
	}
}

// A letter without advice is better than none.
static void read_advice(struct service *s, struct desk *d, bool first)
{
	struct err e = { 0 };

	if (!first && s->home.now < d->read + SHELF_MINUTES * TIME_MINUTE)
		return;
	shelf_done(&d->shelf);
	d->read = s->home.now;
	if (!shelf_load(s->home.path, s->home.team, &d->shelf, &e))
		log_err(&s->log, LOG_WARNING, "letters carry no advice", &e);
	else if (first)
		say_faults(s, &d->shelf);
}

static struct desk *desk_of(struct service *s)
{
	struct desk *d = s->own;
	bool first = d == NULL;

	if (first) {
		s->own = d = arena_new(&s->a, struct desk, 1);
		s->own_done = desk_done;
		d->ring = ring_new(&s->home, &s->a);
		feed_shelf_init(&d->feeds);
	}
	read_advice(s, d, first);
	return d;
}

static bool keep(struct service *s, const struct job_row *j, void *kept, struct err *e)
{
	(void)j;
	return seal_over(s->home.db, kept, s->home.now, e);
}

static struct str says(const struct sealing *x, struct arena *a)
{
	static const char *const ends[] = {
		[SEALING_GONE] = "it is not to leave any more",
		[SEALING_HELD] = "held",
		[SEALING_NOTHING] = "all that it told of is over",
		[SEALING_AFFECTED] = "its way is affected: another is taken",
		[SEALING_ROUND] = "mail to its address came back: it goes to the next contact",
		[SEALING_UNWISHED] = "its reader wishes not to hear of it",
		[SEALING_WITHHELD] = "no machine may pass it on: an officer is asked",
	};

	return x->end == SEALING_DONE
		       ? arena_fmt(a, "sealed: " STR_FMT, STR_ARG(form_word(x->form)))
		       : str_of(ends[x->end]);
}

bool do_seal(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct desk *d = desk_of(s);
	struct sealing *x = arena_new(a, struct sealing, 1);
	struct fill f;
	int64_t delivery;

	if (!tell_key_read(key, &delivery, e) || !fill_begin(&s->home, a, &f, e))
		return false;
	f.ring = d->ring;
	f.feeds = &d->feeds;
	f.advice = shelf_advice(&d->shelf);
	if (!seal_delivery(&f, delivery, a, x, e)) {
		if (e->kind == ERR_CONFIG) // another node may have the key, and this one soon
			out->again = s->home.now + HELD_SECONDS * TIME_SECOND;
		return false;
	}
	if (x->end == SEALING_HELD) {
		out->again = s->home.now + HELD_SECONDS * TIME_SECOND;
		return err_set(e, ERR_CONFLICT, "it is held");
	}
	out->result = says(x, a);
	out->keep = keep;
	out->kept = x;
	return true;
}
