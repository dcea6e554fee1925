#include "task/service/keys_desk.h"

#include "base/time.h"

#include <stdio.h>

enum { SHELF_MINUTES = 10 };

static void desk_done(void *own)
{
	struct keys_desk *d = own;

	shelf_done(&d->shelf);
	ring_close(d->ring);
	mime_reader_free(d->reader);
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
static void read_advice(struct service *s, struct keys_desk *d, bool first)
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

struct keys_desk *keys_desk_of(struct service *s)
{
	struct keys_desk *d = s->own;
	bool first = d == NULL;

	if (first) {
		s->own = d = arena_new(&s->a, struct keys_desk, 1);
		s->own_done = desk_done;
		d->ring = ring_new(&s->home, &s->a);
		feed_shelf_init(&d->feeds);
	}
	read_advice(s, d, first);
	return d;
}

bool keys_desk_reader(struct service *s, struct mime_reader **out, struct err *e)
{
	struct keys_desk *d = keys_desk_of(s);

	if (d->reader == NULL && (d->reader = mime_reader_new(e)) == NULL)
		return false;
	*out = d->reader;
	return true;
}
