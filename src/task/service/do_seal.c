#include "base/time.h"
#include "task/service/do.h"
#include "task/tell/act.h"
#include "task/tell/seal.h"

enum { HELD_SECONDS = 60 };

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
		[SEALING_UNWISHED] = "its reader wishes not to hear of it",
		[SEALING_WITHHELD] = "no machine may pass it on: an officer is asked",
	};

	return x->end == SEALING_DONE
		       ? arena_fmt(a, "sealed: " STR_FMT, STR_ARG(form_word(x->form)))
		       : str_of(ends[x->end]);
}

static void own_done(void *own)
{
	feed_shelf_done(own);
}

static struct feed_shelf *shelf_of(struct service *s)
{
	if (s->own == NULL) {
		s->own = arena_new(&s->a, struct feed_shelf, 1);
		feed_shelf_init(s->own);
		s->own_done = own_done;
	}
	return s->own;
}

bool do_seal(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct fill f = { .home = &s->home, .shelf = shelf_of(s) };
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
