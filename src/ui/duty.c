#include "store/duty.h"

#include "base/time.h"
#include "ui/audited.h"
#include "ui/duty_find.h"
#include "ui/nouns.h"

enum { MOST_DAYS = 31 };

// ---- for all three nouns

bool officers_read(struct db *d, struct arena *a, struct officers *out, struct err *e)
{
	autorows r = NULL;
	struct officer_row o;

	*out = (struct officers){ 0 };
	if (!officer_list(d, &r, e))
		return false;
	while (officer_next(r, &o, e)) {
		o.name = arena_str(a, o.name);
		*list_add(&out->at, a) = o;
	}
	return e->kind == ERR_NONE;
}

static bool known(struct db *d, struct str name, struct arena *a, struct officer_row *out, bool *is,
		  struct err *e)
{
	struct officers all;

	*is = false;
	if (!officers_read(d, a, &all, e))
		return false;
	LIST_EACH (const struct officer_row, o, &all.at)
		if (str_eq(o->name, name)) {
			*out = *o;
			*is = true;
		}
	return true;
}

bool officer_find(struct db *d, struct str name, struct arena *a, struct officer_row *out,
		  struct err *e)
{
	bool is;

	return known(d, name, a, out, &is, e) &&
	       (is || err_set(e, ERR_ABSENT,
			      "there is no officer \"" STR_FMT "\": see 'waker officer list'",
			      STR_ARG(str_first(name, 60))));
}

bool officer_free(struct db *d, struct str name, struct arena *a, struct err *e)
{
	struct officer_row o;
	bool is;

	return known(d, name, a, &o, &is, e) &&
	       (!is ||
		err_set(e, ERR_CONFLICT,
			STR_FMT " is an officer: 'waker officer set' changes how they are woken",
			STR_ARG(name)));
}

bool duty_audit(struct app *app, const struct call *call, const struct home *h, struct str subject,
		struct err *e)
{
	const struct audit_entry x = { .by = audited_by(call, h->now), .subject = subject };

	return audit_write(h->db, &x, app->arena, e);
}

// ---- looking

// clang-format off
static const struct column columns[] = {
	{ "duty", "Duty", false },      { "officer", "Officer", false },
	{ "since", "Since", false },    { "until", "Until", false },
	{ "backup", "Backup", false },  { "now", "Now", false },
	{ "tested", NULL, false },
};
// clang-format on

static void put(struct out *o, const struct duty_row *x, int64_t now)
{
	out_int(o, x->id);
	out_text(o, x->name);
	out_time(o, x->since);
	out_time(o, x->until);
	out_text(o, x->backup_name);
	out_flag(o, x->since <= now);
	out_time(o, x->tested > 0 ? x->tested : TIME_NEVER);
}

static bool duty_all(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows r = NULL;
	struct duty_row x;
	bool covered = false;

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !duty_list(h.db, h.now, &r, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (duty_next(r, &x, e)) {
		put(&app->out, &x, h.now);
		covered = covered || x.since <= h.now;
	}
	out_end(&app->out);
	if (!covered)
		app_say(app, "Nobody is on duty now: all officers are asked, in their order.");
	return e->kind == ERR_NONE;
}

// ---- changing

static bool moment(const struct call *call, const char *option, int64_t *out, struct err *e)
{
	struct str word = call_option(call, option);

	return (word.p != NULL && time_read(word, out)) ||
	       err_set(e, ERR_USAGE, "--%s TIME: as 2026-03-02T08:00Z", option);
}

// Of two that overlap nobody could say who is woken.
static bool is_free(struct db *d, const struct duty_row *x, struct err *e)
{
	autorows r = NULL;
	struct duty_row other;
	char at[TIME_TEXT];

	if (!duty_list(d, x->since, &r, e))
		return false;
	while (duty_next(r, &other, e))
		if (other.since < x->until) {
			time_write(other.since, at);
			return err_set(e, ERR_CONFLICT,
				       STR_FMT
				       " is on duty from %s on: 'waker duty remove %lld' first",
				       STR_ARG(other.name), at, (long long)other.id);
		}
	return e->kind == ERR_NONE;
}

static bool read_wish(const struct call *call, const struct home *h, struct arena *a,
		      struct duty_row *x, struct err *e)
{
	struct str backup = call_option(call, "backup");
	struct officer_row o, b = { 0 };

	if (!moment(call, "since", &x->since, e) || !moment(call, "until", &x->until, e))
		return false;
	if (x->until <= x->since || x->until <= h->now ||
	    x->until > x->since + MOST_DAYS * TIME_DAY)
		return err_set(e, ERR_USAGE,
			       "--until: after --since, not over yet, and at most %d days later",
			       (int)MOST_DAYS);
	if (!officer_find(h->db, call->arg[0], a, &o, e) ||
	    (backup.p != NULL && !officer_find(h->db, backup, a, &b, e)))
		return false;
	if (b.id == o.id)
		return err_set(e, ERR_USAGE, "--backup: another officer");
	x->officer = o.id;
	x->backup = b.id;
	return is_free(h->db, x, e);
}

static bool duty_new(struct app *app, const struct call *call, struct err *e)
{
	struct duty_row x = { 0 };
	autohome h = { 0 };
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = read_wish(call, &h, app->arena, &x, e) && duty_add(h.db, &x, e) &&
	     duty_audit(app, call, &h, arena_fmt(app->arena, "duty %lld", (long long)x.id), e);
	return audited_keep(app, &h, ok, e);
}

static bool there(struct db *d, int64_t id, struct err *e)
{
	autorows r = NULL;
	struct duty_row x;

	if (!duty_list(d, TIME_EVER, &r, e))
		return false;
	while (duty_next(r, &x, e))
		if (x.id == id)
			return true;
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_ABSENT, "there is no duty %lld: see 'waker duty list'",
		       (long long)id);
}

static bool duty_remove(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	int64_t id;
	bool ok;

	if (!call_number(call->arg[0], "duty", &id, e) ||
	    !home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = there(h.db, id, e) && duty_drop(h.db, id, e) &&
	     duty_audit(app, call, &h, arena_fmt(app->arena, "duty %lld", (long long)id), e);
	return audited_keep(app, &h, ok, e);
}

// clang-format off
static const struct option add_options[] = {
	{ "since", "TIME", NULL, "from when" }, { "until", "TIME", NULL, "until when" },
	{ "backup", "NAME", NULL, "who is woken next" }, AUDITED_BY, { 0 } };
static const struct option remove_options[] = { AUDITED_BY, { 0 } };
static const struct command rows[] = {
	{ "duty list", "", "List who is on duty, now and later", READS, 0, 0, NULL,
	  { "waker duty list", "waker duty list --json" }, NULL, duty_all },
	{ "duty add", "OFFICER", "Let an officer be on duty", CHANGES, 1, 1, add_options,
	  { "waker duty add j.doe --since 2026-03-02T08:00Z --until 2026-03-09T08:00Z --backup a.roe",
	    "waker duty add a.roe --since 2026-03-09T08:00Z --until 2026-03-16T08:00Z" },
	  "They are woken first by what cannot wait; their backup next, then all others. When it begins they get a test page.", duty_new },
	{ "duty remove", "DUTY", "Take a time on duty out", CHANGES, 1, 1, remove_options,
	  { "waker duty remove 3", "waker duty remove 3 --by j.doe" }, NULL, duty_remove },
};
// clang-format on
const struct noun noun_duty = { "duty", "who is on duty when", rows, COUNTOF(rows) };
