// Whether somebody is woken by what cannot wait: officers, the ways by which they are, and who is on
// duty in the coming days.
#include "store/duty.h"

#include "base/time.h"
#include "task/check/checking.h"

enum { DAYS_AHEAD = 7 };

struct watched {
	struct checking *c;
	struct db *d;
	int64_t officers, silent, untried; // who cannot be woken; who can, by what nobody has tried
	bool rostered;                     // anybody was ever put on duty
	int64_t gap, gap_end;              // nobody is on duty then; TIME_NEVER: somebody always is
	struct str silent_name;            // the first of them
};

struct ways { // of one officer
	bool any, tried;
};

static bool ways_of(struct watched *w, int64_t officer, struct ways *out, struct err *e)
{
	struct channel_row x;
	autorows r = NULL;

	*out = (struct ways){ .any = false };
	if (!channel_list(w->d, &r, e))
		return false;
	while (channel_next(r, &x, e))
		if (x.officer == officer) {
			out->any = true;
			out->tried = out->tried || x.tested > 0;
		}
	return e->kind == ERR_NONE;
}

static bool count_officers(struct watched *w, struct err *e)
{
	struct officer_row x;
	autorows r = NULL;

	if (!officer_list(w->d, &r, e))
		return false;
	while (officer_next(r, &x, e)) {
		struct ways ways;

		if (!ways_of(w, x.id, &ways, e))
			return false;
		w->officers++;
		w->untried += ways.any && !ways.tried;
		if (!ways.any && w->silent++ == 0)
			w->silent_name = arena_str(w->c->a, x.name);
	}
	return e->kind == ERR_NONE;
}

// Times on duty do not overlap, and come in their order.
static bool find_gap(struct watched *w, struct err *e)
{
	int64_t now = w->c->home.now, covered = now, end = now + DAYS_AHEAD * TIME_DAY;
	struct duty_row x;
	autorows r = NULL;

	w->gap = TIME_NEVER;
	if (!duty_list(w->d, TIME_EVER, &r, e))
		return false;
	while (w->gap == TIME_NEVER && duty_next(r, &x, e)) {
		w->rostered = true;
		if (x.until <= covered)
			continue;
		if (x.since > covered && covered < end) {
			w->gap = covered;
			w->gap_end = x.since;
		}
		covered = x.until;
	}
	if (w->rostered && w->gap == TIME_NEVER && covered < end) {
		w->gap = covered;
		w->gap_end = TIME_NEVER;
	}
	return e->kind == ERR_NONE;
}

static struct str moment(int64_t t, struct arena *a)
{
	char text[TIME_TEXT];

	text[time_write(t, text)] = '\0';
	return arena_fmt(a, "%.16sZ", text);
}

static void tell_gap(struct watched *w)
{
	struct arena *a = w->c->a;
	struct str from = w->gap <= w->c->home.now
				  ? S("now")
				  : arena_fmt(a, "from " STR_FMT, STR_ARG(moment(w->gap, a)));
	struct str to = w->gap_end == TIME_NEVER
				? S("on")
				: arena_fmt(a, "until " STR_FMT, STR_ARG(moment(w->gap_end, a)));

	checking_tell(w->c, CHECK_WARNING,
		      arena_fmt(a,
				"nobody is on duty " STR_FMT " " STR_FMT
				": all officers would be woken",
				STR_ARG(from), STR_ARG(to)),
		      S("`waker duty add NAME --since … --until …`"));
}

static void tell(struct watched *w)
{
	struct checking *c = w->c;
	bool good = true;

	if (w->officers == 0) {
		if (str_eq(c->home.mail.send, S("off")))
			checking_ok(c, S("nobody is to be woken, and nothing is sent"));
		else
			checking_tell(
				c, CHECK_WARNING,
				S("mail is sent, and no officer can be woken by what cannot wait"),
				S("`waker officer add NAME mail:ADDRESS`, or by another way"));
		return;
	}
	if (w->silent > 0) {
		checking_tell(c, CHECK_WARNING,
			      arena_fmt(c->a, "nothing wakes " STR_FMT "%s",
					STR_ARG(w->silent_name),
					w->silent == 1 ? "" : ", and others"),
			      S("`waker officer set NAME WAY:ADDRESS…`"));
		good = false;
	}
	if (w->untried > 0) {
		checking_tell(
			c, CHECK_WARNING,
			arena_fmt(
				c->a,
				"of %lld of %lld officers it is not known that a page reaches them",
				(long long)w->untried, (long long)w->officers),
			S("`waker officer test NAME`, and take the page"));
		good = false;
	}
	if (w->gap != TIME_NEVER) {
		tell_gap(w);
		good = false;
	}
	if (good)
		checking_ok(c,
			    arena_fmt(c->a, "a page reaches %lld officer%s, and %s",
				      (long long)w->officers, w->officers == 1 ? "" : "s",
				      w->rostered ? "somebody is on duty for 7 days"
						  : "all are asked, since nobody is put on duty"));
}

void checking_duty(struct checking *c)
{
	autostore d = NULL;
	struct watched w = { .c = c };
	struct err e = { 0 };

	if (!checking_open(c, &d))
		return;
	w.d = d;
	if (count_officers(&w, &e) && find_gap(&w, &e))
		tell(&w);
	else
		checking_failed(c, &e, S("see store"));
}
