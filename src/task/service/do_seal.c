#include "base/time.h"
#include "task/service/do.h"
#include "task/service/keys_desk.h"
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
	struct keys_desk *d = keys_desk_of(s);
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
