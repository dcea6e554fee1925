#include "task/life/act.h"

#include "base/time.h"
#include "codec/text/id.h"
#include "model/roster/key.h"
#include "os/idn.h"
#include "store/asset.h"
#include "store/cve.h"
#include "task/audit/write.h"
#include "task/life/holding.h"

struct work {
	struct db *d;
	const struct finding_row *f;
	const struct act *act;
	struct arena *a;
	struct change_row *done;
};

// "it is closed as not-ours since 2026-03-10T15:00:00Z, by j.doe: no, theirs"
static bool refuse(struct work *w, struct err *e)
{
	const struct life *l = &w->f->life;
	struct str ended = finding_end_word(l->ended, false), by = S("");
	struct change_row last = { 0 };
	char since[TIME_TEXT] = "";
	bool known = change_last(w->d, w->f->id, w->a, &last, e);

	if (!known && e->kind != ERR_NONE)
		return false;
	if (known) {
		time_write(last.at, since);
		by = last.who.n > 0 ? arena_fmt(w->a, ", by " STR_FMT, STR_ARG(last.who)) : by;
	}
	return err_set(e, ERR_CONFLICT, "it is " STR_FMT "%s" STR_FMT "%s%s" STR_FMT "%s" STR_FMT,
		       STR_ARG(finding_state_word(l->state, false)), ended.n > 0 ? " as " : "",
		       STR_ARG(ended), known ? " since " : "", since, STR_ARG(by),
		       known && last.reason.n > 0 ? ": " : "", STR_ARG(last.reason));
}

static bool suppress(struct work *w, struct err *e)
{
	const struct finding_row *f = w->f;
	struct suppress s = {
		.member = f->member,
		.issue = f->issue,
		.seen = f->seen,
		.print = f->print,
		.until = w->act->now + SUPPRESS_MAX_DAYS * TIME_DAY,
		.made = w->act->now,
		.who = w->act->who,
		.reason = w->act->reason,
	};

	if (!suppress_add(w->d, &s, e))
		return false;
	w->done->made = arena_fmt(w->a, "suppress %lld", (long long)s.id);
	return true;
}

// What was seen is nobody's from now on: an address, a prefix, or a name.
static bool make_hole(struct work *w, struct err *e)
{
	struct str seen = w->f->seen;
	struct asset hole = {
		.value = str_cut(&seen, ' '),
		.member = ROSTER_NOBODY,
		.since = TIME_EVER,
		.until = TIME_NEVER,
		.kind = ASSET_PREFIX,
	};
	struct asset_key key;
	struct address a;
	struct str base = hole.value;

	if (!address_read(str_cut(&base, '/'), &a))
		hole.kind = ASSET_HOST;
	if (!asset_key(&hole, idn_to_ascii, w->a, &key, e) || !asset_put(w->d, 0, &hole, &key, e))
		return err_in(e, "the hole for " STR_FMT, STR_ARG(hole.value));
	w->done->made = arena_fmt(w->a, "hole %lld", (long long)hole.id);
	return true;
}

static bool consequences(struct work *w, struct err *e)
{
	int64_t ended;

	if (w->act->act != DO_CONFIRM)
		return true;
	if (w->done->is.ended == END_FALSE_ALARM)
		return suppress(w, e);
	return w->done->is.ended != END_NOT_OURS ||
	       (make_hole(w, e) && life_holding(w->d, w->act->now, &ended, e));
}

static struct str time_text(int64_t t, char out[TIME_TEXT])
{
	return t == TIME_NEVER ? S("") : (struct str){ out, time_write(t, out) };
}

// The one place where an act on a finding comes to the audit, whatever surface asked for it.
static bool tell_audit(struct work *w, struct err *e)
{
	const struct change_row *c = w->done;
	char id[ID_TEXT], until[TIME_TEXT];
	struct audit_said said[] = {
		{ "was", finding_state_word(c->was.state, false) },
		{ "was as", finding_end_word(c->was.ended, false) },
		{ "is", finding_state_word(c->is.state, false) },
		{ "as", finding_end_word(c->is.ended, false) },
		{ "until", time_text(c->is.until, until) },
		{ "reason", c->reason },
		{ "made", c->made },
	};
	struct audit_entry x = {
		.by = { c->who, arena_fmt(w->a, "finding " STR_FMT, STR_ARG(life_act_word(c->act))),
			c->at },
		.said = said,
		.count = COUNTOF(said),
	};

	id_write('F', w->f->number, id);
	x.subject = str_of(id);
	return audit_write(w->d, &x, w->a, e);
}

static struct change_row row(const struct work *w)
{
	return (struct change_row){
		.finding = w->f->id,
		.at = w->act->now,
		.act = w->act->act,
		.who = w->act->who,
		.reason = w->act->reason,
		.was = w->f->life,
		.is = w->f->life,
	};
}

static bool unmake(struct work *w, const struct change_row *last, struct err *e)
{
	struct unholed u = { last->at, w->act->now, w->act->who };
	struct str made = last->made, what = str_cut(&made, ' ');
	int64_t back = 0;
	uint64_t id;
	bool was;

	if (what.n == 0 || !str_to_uint(made, INT64_MAX, &id))
		return true;
	if (str_eq(what, S("suppress")))
		return suppress_remove(w->d, (int64_t)id, w->act->now, &was, e);
	if (!asset_end(w->d, (int64_t)id, w->act->now, e) ||
	    !life_holding_again(w->d, &u, &back, e))
		return false;
	if (back > 0)
		w->done->made = arena_fmt(w->a, "back %lld", (long long)back);
	return true;
}

static bool undo(struct work *w, struct err *e)
{
	struct change_row last;

	if (!change_last(w->d, w->f->id, w->a, &last, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_CONFLICT, "nothing was done to it that could be undone");
	if (!life_is_officers(last.act) || last.is.state != w->f->life.state)
		return refuse(w, e);
	*w->done = row(w);
	w->done->is = last.was;
	w->done->is.reopened =
		w->f->life.reopened - (last.act == DO_REOPEN && last.was.state == FINDING_CLOSED);
	return unmake(w, &last, e) && change_undone(w->d, last.id, e) &&
	       finding_life(w->d, w->f->id, &w->done->is, e) && change_add(w->d, w->done, e) &&
	       tell_audit(w, e);
}

// What attackers use is accepted for days, not for a season.
static bool may_accept(struct work *w, struct err *e)
{
	autorows r = NULL;
	struct cve_since c;

	if (w->act->act != DO_ACCEPT ||
	    w->act->until <= w->act->now + EXPLOITED_MAX_DAYS * TIME_DAY)
		return true;
	if (!cve_of(w->d, w->f->id, &r, e))
		return false;
	while (cve_next_row(r, &c, e))
		if (c.exploited <= w->act->now)
			return err_set(e, ERR_DENIED,
				       "attackers use " STR_FMT
				       ": it is accepted for at most %d days",
				       STR_ARG(c.cve), (int)EXPLOITED_MAX_DAYS);
	return e->kind == ERR_NONE;
}

bool life_act(struct db *d, const struct finding_row *f, const struct act *act, struct arena *arena,
	      struct change_row *done, struct err *e)
{
	struct work w = { d, f, act, arena, done };
	struct life_doing doing = { act->act, act->ended, act->until, act->now };

	if (act->act == DO_UNDO)
		return undo(&w, e);
	if (!life_may(f->life.state, act->act))
		return refuse(&w, e);
	if (act->act == DO_DISPUTE && act->ended == END_FALSE_ALARM &&
	    !life_may_be_false((enum issue_class)f->class))
		return err_set(e, ERR_DENIED, LIFE_NEVER_FALSE);
	if (!may_accept(&w, e))
		return false;
	*done = row(&w);
	life_do(&done->is, &doing);
	return finding_life(d, f->id, &done->is, e) && consequences(&w, e) &&
	       change_add(d, done, e) && tell_audit(&w, e);
}
