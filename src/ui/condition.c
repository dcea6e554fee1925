#include "store/condition.h"

#include "base/time.h"
#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/say.h"

enum { MOST = 10000 };

static const struct column columns[] = {
	{ "condition", "Nr", false },  { "kind", "Kind", false },
	{ "subject", "Of", true },     { "says", "Says", true },
	{ "remedy", "Remedy", true },  { "opened", "Since", false },
	{ "cleared", "Until", false }, { "acknowledged", "Taken up", false },
	{ "who", "By", false },        { "reason", NULL, false },
	{ "seen", NULL, false },       { "times", NULL, false },
};

static void put_condition(struct out *o, const struct condition_row *c)
{
	out_int(o, c->id);
	out_text(o, condition_word(c->kind));
	out_text(o, c->subject);
	out_text(o, c->says);
	out_text(o, c->remedy);
	out_time(o, c->opened);
	out_time(o, c->cleared > 0 ? c->cleared : TIME_NEVER);
	out_time(o, c->acknowledged > 0 ? c->acknowledged : TIME_NEVER);
	out_text(o, c->who);
	out_text(o, c->reason);
	out_time(o, c->seen);
	out_int(o, c->times);
}

// Sentences that are cut help nobody: each stands on a line of its own.
static void say_condition(struct app *app, const struct condition_row *c)
{
	struct out *o = &app->out;
	char opened[TIME_TEXT], over[TIME_TEXT];

	out_line(o, "%lld  %.*s%s%.*s  since %s%s%s%s%.*s", (long long)c->id,
		 STR_ARG(condition_word(c->kind)), c->subject.n > 0 ? " of " : "",
		 STR_ARG(c->subject), say_time(c->opened / TIME_SECOND * TIME_SECOND, opened),
		 c->cleared > 0 ? ", over since " : "",
		 c->cleared > 0 ? say_time(c->cleared / TIME_SECOND * TIME_SECOND, over) : "",
		 c->acknowledged > 0 ? ", taken up by " : "", STR_ARG(c->who));
	out_line(o, "    %.*s", STR_ARG(c->says));
	if (c->cleared == 0)
		out_line(o, "    -> %.*s", STR_ARG(c->remedy));
	if (c->reason.n > 0)
		out_line(o, "    %.*s: %.*s", STR_ARG(c->who), STR_ARG(c->reason));
}

static bool condition_all(struct app *app, const struct call *call, struct err *e)
{
	struct condition_row c;
	autohome h = { 0 };
	autorows rows = NULL;

	if (!home_open_looking(app->home, app->arena, &h, e) ||
	    !condition_list(h.db, call_has(call, "all"), MOST, &rows, e))
		return false;
	if (app->out.form == OUT_HUMAN) {
		while (condition_next_row(rows, &c, e))
			say_condition(app, &c);
		return e->kind == ERR_NONE;
	}
	out_table(&app->out, columns, COUNTOF(columns));
	while (condition_next_row(rows, &c, e))
		put_condition(&app->out, &c);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool condition_named(struct db *d, struct str word, struct arena *a,
			    struct condition_row *out, struct err *e)
{
	int64_t id;

	if (!call_number(word, "condition", &id, e))
		return false;
	return condition_by_id(d, id, a, out, e) ||
	       (e->kind == ERR_NONE &&
		err_set(e, ERR_ABSENT,
			"there is no condition " STR_FMT ": see 'waker condition list --all'",
			STR_ARG(word)));
}

static bool condition_show(struct app *app, const struct call *call, struct err *e)
{
	struct condition_row c;
	autohome h = { 0 };

	if (!home_open_looking(app->home, app->arena, &h, e) ||
	    !condition_named(h.db, call->arg[0], app->arena, &c, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_condition(&app->out, &c);
	out_end(&app->out);
	return true;
}

static bool take_up(struct app *app, const struct home *h, const struct call *call, struct str word,
		    struct err *e)
{
	struct str reason = call_option(call, "reason");
	struct condition_row c;
	struct audit_entry x = { .by = audited_by(call, h->now) };
	struct audit_said said = { "reason", reason };

	if (!condition_named(h->db, word, app->arena, &c, e))
		return false;
	if (c.acknowledged > 0 || c.cleared > 0)
		return err_set(e, ERR_CONFLICT, "condition " STR_FMT " is %s" STR_FMT,
			       STR_ARG(word), c.cleared > 0 ? "over" : "taken up already, by ",
			       STR_ARG(c.cleared > 0 ? S("") : c.who));
	c.acknowledged = h->now;
	c.who = x.by.who;
	c.reason = reason.p != NULL ? reason : S("");
	put_condition(&app->out, &c);
	x.subject = arena_fmt(app->arena, "condition %lld", (long long)c.id);
	x.said = &said;
	x.count = 1;
	return condition_acknowledge(h->db, &c, e) && audit_write(h->db, &x, app->arena, e);
}

static bool condition_take(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	if (!home_open_looking(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	for (size_t i = 0; i < call->count; i++)
		if (!take_up(app, &h, call, call->arg[i], e)) {
			db_abort(h.db);
			return false;
		}
	out_end(&app->out);
	if (!app->dry_run)
		return audit_commit(&h, app->arena, e);
	db_abort(h.db);
	app_say(app, "This was a dry run: nothing was changed.");
	return true;
}

static const struct option list_options[] = {
	{ "all", NULL, NULL, "also those that are over (kept for 400 days)" },
	{ 0 },
};

static const struct option take_options[] = {
	{ "reason", "TEXT", NULL, "what is being done" },
	AUDITED_BY,
	{ 0 },
};

static const struct command rows[] = {
	{ "condition list",
	  "",
	  "List the troubles of the service itself",
	  READS,
	  0,
	  0,
	  list_options,
	  { "waker condition list", "waker condition list --all --json" },
	  "`waker run` looks once a minute: what is late, held, parked or missing is opened, and "
	  "cleared "
	  "when it is over.",
	  condition_all },
	{ "condition show",
	  "NUMBER",
	  "Show one of them",
	  READS,
	  1,
	  1,
	  NULL,
	  { "waker condition show 3", "waker condition show 3 --json" },
	  NULL,
	  condition_show },
	{ "condition acknowledge",
	  "NUMBER…",
	  "Take troubles up, so that others know",
	  CHANGES,
	  1,
	  100,
	  take_options,
	  { "waker condition acknowledge 3",
	    "waker condition acknowledge 3 --reason 'their certificate; wrote to them'" },
	  NULL,
	  condition_take },
};

const struct noun noun_condition = { "condition", "the troubles of the service itself", rows,
				     COUNTOF(rows) };
