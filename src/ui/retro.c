#include "task/past/retro.h"

#include "model/retention/retention.h"
#include "os/seal_key.h"
#include "task/past/limits.h"
#include "ui/audited.h"
#include "ui/limits.h"
#include "ui/nouns.h"
#include "ui/progress.h"
#include "ui/watch_home.h"

static const struct column columns[] = {
	{ "retro", "Question", false },
	{ "made", "Asked", false },
	{ "why", "For", true },
	{ "who", "By", true },
	{ "assets", "Assets", false },
	{ "state", "State", false },
	{ "done", "Batches read", false },
	{ "batches", "Of", false },
	{ "lost", "Not readable", false },
	{ "records", "Records", false },
	{ "found", "New findings", false },
	{ "again", "Added to", false },
	{ "early", "Before the proof", false },
	{ "ended", "Ended", false },
};

static void put(struct out *o, const struct retro_row *r)
{
	const int64_t counts[] = { r->done,  r->batches, r->lost, r->records,
				   r->found, r->again,   r->early };

	out_int(o, r->id);
	out_time(o, r->made);
	out_text(o, r->why);
	out_text(o, r->who);
	out_int(o, r->assets);
	out_text(o, r->ended > 0 ? S("done") : r->done > 0 ? S("running") : S("waiting"));
	for (size_t i = 0; i < COUNTOF(counts); i++)
		out_int(o, counts[i]);
	out_time(o, r->ended > 0 ? r->ended : TIME_NEVER);
}

static bool retro_all(struct app *app, const struct call *call, struct err *e)
{
	struct retro_row r;
	autohome h = { 0 };
	autorows rows = NULL;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !retro_list(h.db, call_has(call, "all"), &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (retro_next_row(rows, &r, e))
		put(&app->out, &r);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool named(struct db *d, struct str word, struct arena *a, struct retro_row *out,
		  struct err *e)
{
	int64_t id;

	return call_number(word, "retro", &id, e) &&
	       (retro_by_id(d, id, a, out, e) ||
		(e->kind == ERR_NONE && err_set(e, ERR_ABSENT,
						"there is no question " STR_FMT
						" to the past: see 'waker retro list --all'",
						STR_ARG(word))));
}

static void show(struct app *app, const struct retro_row *r)
{
	out_record(&app->out, columns, COUNTOF(columns));
	put(&app->out, r);
	out_end(&app->out);
}

// The first of its assets stands for all: what was kept is the same, and most ask for one.
static bool tell_limits(struct app *app, const struct home *h, const struct retro_row *r,
			struct err *e)
{
	struct past past = past_of(h, NULL, app->arena);
	struct past_limits limits;
	autorows rows = NULL;
	int64_t asset = 0;

	if (!retro_assets(h->db, r->id, &rows, e))
		return false;
	if (!retro_next_asset(rows, &asset, e) && e->kind != ERR_NONE)
		return false;
	db_end(TAKE(rows, NULL));
	if (!past_limits(&past, asset, &limits, e))
		return false;
	limits_say(app, &limits, S(""),
		   r->made - (int64_t)retentions[RETAIN_ARCHIVE].days * TIME_DAY);
	if (r->early > 0)
		app_say(app,
			"%lld records are of before the proof that the asset is its member's, and "
			"were told "
			"to nobody: `waker ask` shows them to you",
			(long long)r->early);
	return true;
}

static bool retro_show(struct app *app, const struct call *call, struct err *e)
{
	struct retro_row r;
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) ||
	    !named(h.db, call->arg[0], app->arena, &r, e))
		return false;
	show(app, &r);
	return tell_limits(app, &h, &r, e);
}

// ---- now, and here

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct retro_row *r, struct err *e)
{
	struct audit_said said[] = {
		{ "found", arena_fmt(app->arena, "%lld", (long long)r->found) },
		{ "batches", arena_fmt(app->arena, "%lld", (long long)r->done) },
	};
	struct audit_entry x = { .by = audited_by(call, h->now),
				 .subject = arena_fmt(app->arena, "retro %lld", (long long)r->id),
				 .said = said,
				 .count = COUNTOF(said) };
	bool good;

	if (!db_begin(h->db, e))
		return false;
	good = audit_write(h->db, &x, app->arena, e);
	return audited_keep(app, h, good, e);
}

static bool go_on(struct app *app, const struct call *call, struct watch_home *h,
		  const struct seal_secret *key, struct err *e)
{
	struct progress progress = progress_begin(app, "asking the past");
	struct retro_run r = { .home = &h->home,
			       .ready = &h->ready,
			       .key = key,
			       .jobs = h->ready.run.jobs,
			       .progress = progress_at,
			       .context = &progress };
	struct past_lefts lefts = { 0 };
	struct retro_row row;
	bool ok;

	r.lefts = &lefts;
	if (!named(h->home.db, call->arg[0], &h->a, &row, e))
		return false;
	ok = retro_go_on(&r, row.id, &h->a, &row, e);
	progress_end(&progress);
	if (!ok)
		return false;
	show(app, &row);
	limits_say_left(app, &lefts);
	return tell_audit(app, call, &h->home, &row, e) && tell_limits(app, &h->home, &row, e);
}

static bool retro_do(struct app *app, const struct call *call, struct err *e)
{
	struct str key = call_option(call, "key");
	struct seal_secret secret;
	autowatchhome h = { 0 };
	bool ok;

	if (app->dry_run)
		return err_set(e, ERR_USAGE,
			       "this has no dry run: `waker match --archive` shows what is there");
	if (!watch_home_open(app, call_option(call, "jobs"), &h, e) ||
	    (key.p != NULL && !seal_secret_read(str_z(app->arena, key), &secret, e)))
		return false;
	ok = go_on(app, call, &h, key.p != NULL ? &secret : NULL, e);
	explicit_bzero(&secret, sizeof secret);
	return ok;
}

// ---- a new question

static bool find_asset(const struct watch_home *h, const struct call *call, int64_t *id,
		       struct err *e)
{
	const struct roster *r = &h->ready.roster;

	LIST_EACH (const struct asset, x, &r->assets) {
		if (x->member == ROSTER_NOBODY || x->until <= h->home.now ||
		    !str_eq(x->value, call->arg[1]) ||
		    !str_eq(r->members.at[x->member].slug, call->arg[0]))
			continue;
		*id = x->id;
		return true;
	}
	return err_set(e, ERR_ABSENT, "member " STR_FMT " has no asset " STR_FMT,
		       STR_ARG(str_first(call->arg[0], 40)), STR_ARG(str_first(call->arg[1], 80)));
}

static bool ask(struct app *app, const struct call *call, struct watch_home *h, struct err *e)
{
	struct audit_by by = audited_by(call, h->home.now);
	struct audit_said said[] = { { "asset", call->arg[1] } };
	struct audit_entry x = { .by = by, .said = said, .count = COUNTOF(said) };
	struct retro_row row = { 0 };
	struct retro_wish w = { .who = by.who, .why = by.verb, .now = h->home.now, .count = 1 };
	int64_t asset, id = 0;
	bool good;

	if (!find_asset(h, call, &asset, e))
		return false;
	w.assets = &asset;
	if (!db_begin(h->home.db, e))
		return false;
	good = retro_ask(h->home.db, &w, &id, e) &&
	       (id != 0 || err_set(e, ERR_ABSENT, "nothing ever came: there is no past to ask")) &&
	       retro_by_id(h->home.db, id, &h->a, &row, e);
	if (good)
		show(app, &row);
	x.subject = arena_fmt(&h->a, "retro %lld", (long long)id);
	return audited_keep(app, &h->home, good && audit_write(h->home.db, &x, &h->a, e), e);
}

static bool retro_new(struct app *app, const struct call *call, struct err *e)
{
	autowatchhome h = { 0 };

	return watch_home_open(app, (struct str){ 0 }, &h, e) && ask(app, call, &h, e);
}

static const struct option list_options[] = {
	{ "all", NULL, NULL, "also those that have their answer" },
	{ 0 },
};
static const struct option run_options[] = {
	{ "key", "KEYFILE", NULL, "the officers' archive.key, to read what is sealed too" },
	{ "jobs", "N", NULL, "read N batches at once; else as waker.conf says" },
	AUDITED_BY,
	{ 0 },
};
static const struct option new_options[] = { AUDITED_BY, { 0 } };

// clang-format off
static const struct command rows[] = {
	{ "retro list", "", "List what the past is being asked for assets that came later", READS, 0, 0, list_options,
	  { "waker retro list", "waker retro list --all --json" },
	  "A new asset (or one whose proof reaches further back) is matched with the whole archive by itself: `waker run` "
	  "does it in the background, newest day first, and goes on where it was interrupted.", retro_all },
	{ "retro show", "RETRO", "Show one question, and what it could not find", READS, 1, 1, NULL,
	  { "waker retro show 3", "waker retro show 3 --json" },
	  "For people it also says, feed by feed, before which day no evidence is possible.", retro_show },
	{ "retro run", "RETRO", "Go on with a question now, to its end", CHANGES, 1, 1, run_options,
	  { "waker retro run 3", "waker retro run 3 --key /media/officer/archive.key" },
	  "As `waker run` does in the background, and at the same time as that if need be: nothing is found twice. Sealed "
	  "batches are read only here, with the officers' key.", retro_do },
	{ "retro new", "MEMBER ASSET", "Ask the past for an asset that is there already", CHANGES, 2, 2, new_options,
	  { "waker retro new m1 198.18.0.0/24", "waker retro new m1 example.nl --dry-run" },
	  "Events from the asset's proof on count; where it is not proven, those of the last 30 days. What is found is told "
	  "as what is old is told: with the next digest, unless it is critical and of the last 48 hours.", retro_new },
};
// clang-format on

const struct noun noun_retro = { "retro", "what the past says of assets that came later", rows,
				 COUNTOF(rows) };
