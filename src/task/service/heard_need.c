#include "task/service/heard_need.h"

#include "store/mail_in.h"

static void say(struct status *s, struct arena *a, enum condition_kind kind, struct str subject,
		struct str says, struct str remedy)
{
	*list_add(&s->needs, a) = (struct status_need){ kind, subject, says, remedy };
}

static bool need_bounces(struct db *d, int64_t now, struct arena *a, struct status *s,
			 struct err *e)
{
	size_t before = s->needs.count;
	autorows r = NULL;
	struct trouble_row t;
	int64_t n = 0;

	if (!trouble_list(d, now, &r, e))
		return false;
	while (trouble_next_row(r, &t, e))
		if (++n <= HEARD_NEED_MOST)
			say(s, a, CONDITION_BOUNCE, arena_str(a, t.address),
			    arena_fmt(a, "mail to " STR_FMT " (" STR_FMT ") comes back: " STR_FMT,
				      STR_ARG(t.address), STR_ARG(t.slug), STR_ARG(t.says)),
			    S("waker mail bounces"));
	if (n > HEARD_NEED_MOST) {
		s->needs.count = before;
		say(s, a, CONDITION_BOUNCE, S(""),
		    arena_fmt(a, "mail to %lld addresses comes back", (long long)n),
		    S("waker mail bounces"));
	}
	return e->kind == ERR_NONE;
}

static bool need_mail(struct db *d, struct arena *a, struct status *s, struct err *e)
{
	int64_t n;

	if (!mail_count(d, MAIL_OFFICER, &n, e))
		return false;
	if (n > 0)
		say(s, a, CONDITION_MAIL, S(""),
		    n == 1 ? S("1 mail that came in needs a person")
			   : arena_fmt(a, "%lld mails that came in need a person", (long long)n),
		    S("waker mail list --state officer"));
	return true;
}

bool heard_need(struct db *d, int64_t now, struct arena *a, struct status *s, struct err *e)
{
	return need_bounces(d, now, a, s, e) && need_mail(d, a, s, e);
}
