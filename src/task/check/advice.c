// The texts that letters carry: that there are some, and that each can be used.
#include "task/advice/advice.h"

#include "task/check/checking.h"

static void tell_faults(struct checking *c, const struct shelf *s)
{
	const struct shelf_fault *first = &s->faults.at[0];
	struct str line =
		first->is.line == 0 ? S("") : arena_fmt(c->a, "line %u: ", first->is.line);

	checking_tell(
		c, CHECK_WARNING,
		arena_fmt(c->a,
			  "%zu fault%s in texts of advice that are not used; the first: " STR_FMT
			  ": " STR_FMT STR_FMT,
			  s->faults.count, s->faults.count == 1 ? "" : "s", STR_ARG(first->path),
			  STR_ARG(line), STR_ARG(first->is.what)),
		S("`waker advice check` says what to do about each"));
}

void checking_advice(struct checking *c)
{
	autoshelf s = { 0 };
	struct err e = { 0 };

	if (!shelf_load(c->home.path, c->home.team, &s, &e))
		checking_failed(c, &e, S("run waker as who may look there"));
	else if (s.faults.count > 0)
		tell_faults(c, &s);
	else if (s.texts.count == 0)
		checking_tell(
			c, CHECK_WARNING,
			S("there is no text of advice, not even an installed one: mails say what "
			  "to do in one line"),
			S("install waker anew: its advice comes with it; in a source tree set "
			  "WAKER_ADVICE"));
	else
		checking_ok(c, arena_fmt(c->a, "%zu texts of advice, and each can be used",
					 s.texts.count));
}
