// Whether mail can leave: the relay, or the DNS and our own domain.
#include "task/check/checking.h"
#include "task/mail/steps.h"

void checking_mail(struct checking *c)
{
	const struct steps_wish w = { .home = c->home.path };
	struct steps all;
	struct err e = { 0 };
	struct str says = S("");

	if (c->unread.kind != ERR_NONE || str_eq(c->home.mail.send, S("off"))) {
		checking_ok(c, c->unread.kind != ERR_NONE ? S("not looked at: see configuration")
							  : S("none is sent: send = off"));
		return;
	}
	if (c->wish->offline) {
		checking_ok(c, S("not looked at: --offline"));
		return;
	}
	if (!steps_run(&w, c->a, &all, &e)) {
		checking_failed(c, &e, S("see roles"));
		return;
	}
	LIST_EACH (const struct step, s, &all.all) {
		if (s->state != CHECK_OK)
			checking_tell(c, s->state, s->says, s->remedy);
		else
			says = arena_fmt(c->a, STR_FMT "%s" STR_FMT, STR_ARG(says),
					 says.n > 0 ? "; " : "", STR_ARG(s->says));
	}
	if (says.n > 0)
		checking_ok(c, says);
}
