#include "base/time.h"
#include "task/advice/advice.h"
#include "task/service/do.h"
#include "task/tell/act.h"
#include "task/tell/seal.h"

#include <stdio.h>

enum { HELD_SECONDS = 60, SHELF_MINUTES = 10 };

// The advice that letters carry, read again from time to time: so a text that somebody mends is
// in the next letters, and no letter waits for it.
struct library {
	struct shelf shelf;
	int64_t read; // 0: not yet
};

static void library_done(void *own)
{
	struct library *l = own;

	shelf_done(&l->shelf);
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
static struct fill_advice advice_of(struct service *s)
{
	struct library *l = s->own;
	struct err e = { 0 };
	bool first = l == NULL;

	if (first) {
		s->own = l = arena_new(&s->a, struct library, 1);
		s->own_done = library_done;
	} else if (s->home.now < l->read + SHELF_MINUTES * TIME_MINUTE)
		return shelf_advice(&l->shelf);
	shelf_done(&l->shelf);
	l->read = s->home.now;
	if (!shelf_load(s->home.path, s->home.team, &l->shelf, &e))
		log_err(&s->log, LOG_WARNING, "letters carry no advice", &e);
	else if (first)
		say_faults(s, &l->shelf);
	return shelf_advice(&l->shelf);
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
		[SEALING_WITHHELD] = "no machine may pass it on: an officer is asked",
	};

	return x->end == SEALING_DONE
		       ? arena_fmt(a, "sealed: " STR_FMT, STR_ARG(form_word(x->form)))
		       : str_of(ends[x->end]);
}

bool do_seal(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct fill f = { .home = &s->home, .advice = advice_of(s) };
	struct sealing *x = arena_new(a, struct sealing, 1);
	int64_t delivery;

	if (!tell_key_read(key, &delivery, e) || !seal_delivery(&f, delivery, a, x, e))
		return false;
	if (x->end == SEALING_HELD) {
		out->again = s->home.now + HELD_SECONDS * TIME_SECOND;
		return err_set(e, ERR_CONFLICT, "it is held");
	}
	out->result = says(x, a);
	out->keep = keep;
	out->kept = x;
	return true;
}
