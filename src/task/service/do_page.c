#include "base/time.h"
#include "task/duty/look.h"
#include "task/duty/send.h"
#include "task/service/do.h"

enum {
	AGAIN_SECONDS = 5,
	IDLE_SECONDS = 60, // where nobody can be woken
};

static void sender_done(void *own)
{
	duty_sender_close(own);
}

static struct duty_sender *sender_of(struct service *s)
{
	if (s->own == NULL) {
		s->own = arena_new(&s->a, struct duty_sender, 1);
		s->own_done = sender_done;
	}
	return s->own;
}

bool do_page(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct duty_sender *sender = sender_of(s);
	struct duty_looked looked;
	unsigned sent = 0;

	(void)key; // there is one desk
	sender->home = &s->home;
	if (!duty_look(&s->home, home_moment(&s->home), a, &looked, e))
		return false;
	if (!looked.nobody && !duty_send(sender, a, &sent, e))
		return false;
	out->result = looked.nobody ? S("no officer has a way to be woken")
				    : arena_fmt(a, "%u open, %u sent", looked.open, sent);
	out->next = home_moment(&s->home) +
		    (looked.nobody ? IDLE_SECONDS : AGAIN_SECONDS) * TIME_SECOND;
	return true;
}
