#include "ui/key_year.h"

#include "os/file.h"
#include "task/keys/ring.h"
#include "task/tell/announce.h"
#include "task/year/certify.h"
#include "task/year/make.h"
#include "task/year/publish.h"
#include "task/year/revoke.h"
#include "ui/audited.h"

// One command at a year.
struct at {
	struct app *app;
	const struct call *call;
	struct home home;
	struct year_stands y;
	struct str place; // what stands behind the step; empty: nothing
	struct str who;
};

// ---- how it stands

// clang-format off
static const struct column columns[] = {
	{ "year", NULL, false },         { "step", "Step", false },
	{ "state", "State", false },     { "due", "By", false },
	{ "done", "Done", false },       { "by", "By whom", false },
	{ "says", "What", true },        { "key", NULL, false },
	{ "former", NULL, false },       { "master", NULL, false },
};
// clang-format on
enum { DUE = 3, DONE = 4, BY = 5, SAYS = 6 }; // of the columns

static void put_step(const struct at *t, enum year_step step)
{
	const struct year_stands *y = &t->y;
	struct out *o = &t->app->out;
	const int64_t done = y->done.at[step], due = year_due(step, y->former.expires);

	out_int(o, y->year);
	out_text(o, year_step_word(step));
	out_text(o, done != 0 ? S("done") : year_next(&y->done) == step ? S("next") : S("waits"));
	out_day(o, step == YEAR_SIGNS && y->done.at[YEAR_PUBLISH] != 0 ? y->key.since
		   : due > 0                                           ? due
								       : TIME_NEVER);
	out_time(o, done != 0 ? done : TIME_NEVER);
	out_text(o, y->who[step]);
	out_text(o, year_step_says(step));
	out_text(o, y->key.fingerprint);
	out_text(o, y->former.fingerprint);
	out_text(o, y->master.fingerprint);
}

// A plan says what and by when; how it stands, who did what.
static void put(struct at *t, bool plan)
{
	struct column with[COUNTOF(columns)];

	memcpy(with, columns, sizeof columns);
	with[plan ? DONE : DUE].title = with[plan ? BY : SAYS].title = NULL;
	out_table(&t->app->out, with, COUNTOF(with));
	for (unsigned i = 0; i < YEAR_STEP_COUNT; i++)
		put_step(t, (enum year_step)i);
	out_end(&t->app->out);
}

static void put_line(const struct at *t, const char *label, struct str fingerprint,
		     const char *more)
{
	if (fingerprint.n > 0)
		out_line(&t->app->out, "%-16s " STR_FMT "%s", label, STR_ARG(fingerprint), more);
}

static const char *day_of(const struct at *t, const char *before, int64_t moment)
{
	char text[TIME_TEXT];

	if (moment <= 0 || moment == TIME_NEVER)
		return "";
	text[time_write(moment, text)] = '\0';
	return arena_fmt(t->app->arena, "%s%.10s", before, text).p;
}

static void put_keys(const struct at *t)
{
	const struct year_stands *y = &t->y;

	put_line(t, "Key", y->key.fingerprint, day_of(t, ", until ", y->key.expires));
	put_line(t, y->made ? "Certified by" : "The one before", y->former.fingerprint,
		 day_of(t, ", until ", y->former.expires));
	put_line(t, "Master key", y->master.fingerprint, "");
	if (y->done.at[YEAR_NOTIFY] != 0)
		out_line(&t->app->out, "Told             %lld, arrived at %lld", (long long)y->told,
			 (long long)y->arrived);
}

static const char *const places[YEAR_STEP_COUNT] = {
	[YEAR_REQUEST] = " FOLDER",
	[YEAR_IMPORT] = " FILE",
	[YEAR_PUBLISH] = " FOLDER",
};

static void say_next(const struct at *t)
{
	const enum year_step next = year_next(&t->y.done);

	if (next == YEAR_SIGNS)
		app_say(t->app, "All that people do is done%s.",
			day_of(t, ": mail is signed by it from ", t->y.key.since));
	else if (next == YEAR_STEP_COUNT)
		app_say(t->app, "All is done: mail is signed by it.");
	else if (next == YEAR_REQUEST && t->y.master.fingerprint.n == 0)
		app_say(t->app, "Next: waker key master FILE --fingerprint DIGITS, for the master "
				"key is not known here.");
	else
		app_say(t->app, "Next: waker key year %d " STR_FMT "%s", t->y.year,
			STR_ARG(year_step_word(next)), places[next] != NULL ? places[next] : "");
}

static bool look(struct at *t, bool plan)
{
	put(t, plan);
	put_keys(t);
	if (plan && !t->y.made && t->y.former.id == 0)
		app_say(t->app,
			"No key signs now that could certify it: the master key alone will. "
			"A team's first key is made by waker key init.");
	say_next(t);
	return true;
}

static bool plan(struct at *t, struct err *e)
{
	(void)e;
	return look(t, true);
}

static bool status(struct at *t, struct err *e)
{
	(void)e;
	return look(t, false);
}

// ---- the audit

static bool audit(const struct at *t, struct str subject, const char *key, struct str value,
		  struct err *e)
{
	struct audit_said said[] = {
		{ "step", t->call->count > 1 ? t->call->arg[1] : S("") },
		{ "fingerprint", t->y.key.fingerprint },
		{ key, value },
	};
	struct audit_entry x = { .by = audited_by(t->call, t->home.now),
				 .subject = subject,
				 .said = said,
				 .count = COUNTOF(said) };

	return audit_write(t->home.db, &x, t->app->arena, e);
}

static bool audit_step(const struct at *t, const char *key, struct str value, struct err *e)
{
	return audit(t, arena_fmt(t->app->arena, "team key of %d", t->y.year), key, value, e);
}

// ---- the steps

static bool make_it(struct at *t, struct err *e)
{
	const struct year_wish wish = { t->who, call_has(t->call, "rsa") };
	struct year_made made = { 0 };

	return year_make(&t->home, &t->y, &wish, t->app->arena, &made, e) &&
	       audit_step(t, "former", t->y.former.fingerprint, e) &&
	       (t->app->dry_run || year_keep(&t->home, &t->y, &made, t->app->arena, e));
}

static bool make(struct at *t, struct err *e)
{
	if (t->y.made) {
		app_say(t->app, "It is made.");
		return true;
	}
	if (!make_it(t, e))
		return false;
	if (!t->app->dry_run) {
		app_say(t->app, "Its secret half is in %s: copy that to each node that sends.",
			home_path(&t->home, RING_SECRET, t->app->arena));
		app_say(t->app,
			"What revokes it is %s/" YEAR_REVOCATION STR_FMT
			".asc: keep a copy apart from the key, in a safe.",
			str_z(t->app->arena, t->home.path), STR_ARG(t->y.key.fingerprint));
	}
	return true;
}

static bool request(struct at *t, struct err *e)
{
	const char *text = "";

	if (!year_did(&t->home, &t->y, YEAR_REQUEST, t->who, e) ||
	    !audit_step(t, "master", t->y.master.fingerprint, e) ||
	    (!t->app->dry_run && !certify_ask(&t->y, t->place, t->app->arena, &text, e)))
		return false;
	if (!t->app->dry_run)
		app_say(t->app,
			"%s says what is to be typed on the machine that has the master key.",
			text);
	return true;
}

static bool import(struct at *t, struct err *e)
{
	struct str bytes;

	return file_read(str_z(t->app->arena, t->place), CERTIFY_BYTES, t->app->arena, &bytes, e) &&
	       certify_take(&t->home, &t->y, bytes, t->app->arena, e) &&
	       year_did(&t->home, &t->y, YEAR_IMPORT, t->who, e) &&
	       audit_step(t, "master", t->y.master.fingerprint, e);
}

static bool days(const struct call *call, unsigned *out, struct err *e)
{
	struct str given = call_option(call, "overlap");
	uint64_t n;

	*out = YEAR_OVERLAP_DAYS;
	if (given.p == NULL)
		return true;
	if (!str_to_uint(given, YEAR_OVERLAP_MOST, &n))
		return err_set(e, ERR_USAGE, "--overlap: 0 to %d days", YEAR_OVERLAP_MOST);
	*out = (unsigned)n;
	return true;
}

static void say_site(struct app *app, const struct site *s, struct str folder)
{
	LIST_EACH (const struct str, f, &s->files)
		out_line(&app->out, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(*f));
	app_say(app, "READ-ME.txt there says what goes where.");
}

static bool publish(struct at *t, struct err *e)
{
	struct publish_wish wish = { .site = { t->place, t->app->dry_run }, .who = t->who };
	struct site site;

	if (!days(t->call, &wish.overlap, e) ||
	    !year_publish(&t->home, &t->y, &wish, t->app->arena, &site, e) ||
	    !audit_step(t, "signs", str_of(day_of(t, "from ", t->y.key.since)), e))
		return false;
	say_site(t->app, &site, t->place);
	return true;
}

static bool notify(struct at *t, struct err *e)
{
	struct composed made;

	if (!announce_key(t->home.db, t->y.year, t->home.now, &made, e) ||
	    !year_did(&t->home, &t->y, YEAR_NOTIFY, t->who, e) ||
	    !audit_step(t, "told", arena_fmt(t->app->arena, "%lld", (long long)made.messages), e))
		return false;
	t->y.told += made.messages;
	app_say(t->app,
		made.messages == 0 ? "Nobody is left who was not told."
				   : "%lld are told: waker notice list.",
		(long long)made.messages);
	return true;
}

static const struct {
	bool (*run)(struct at *t, struct err *e);
	const char *place; // what stands behind it; NULL: nothing
} steps[YEAR_STEP_COUNT] = {
	[YEAR_MAKE] = { make, NULL },           [YEAR_REQUEST] = { request, "the folder" },
	[YEAR_IMPORT] = { import, "the file" }, [YEAR_PUBLISH] = { publish, "the folder" },
	[YEAR_NOTIFY] = { notify, NULL },       [YEAR_SIGNS] = { NULL, NULL },
};

static bool do_step(struct at *t, enum year_step step, struct err *e)
{
	if (!db_begin(t->home.db, e))
		return false;
	return audited_keep(t->app, &t->home,
			    year_load(&t->home, t->y.year, t->app->arena, &t->y, e) &&
				    year_ready(&t->y, step, e) && steps[step].run(t, e),
			    e) &&
	       look(t, false);
}

// ---- what was typed

static bool read_place(struct at *t, const char *place, struct err *e)
{
	if (t->call->count > 2)
		t->place = t->call->arg[2];
	if ((place != NULL) == (t->place.n > 0))
		return true;
	return place != NULL ? err_set(e, ERR_USAGE, "name %s behind it", place)
			     : err_set(e, ERR_USAGE, "nothing stands behind that");
}

static bool run(struct at *t, struct str what, struct err *e)
{
	bool (*const looks)(struct at *, struct err *) = str_eq(what, S("plan"))     ? plan
							 : str_eq(what, S("status")) ? status
										     : NULL;
	enum year_step step;

	if (looks != NULL)
		return read_place(t, NULL, e) &&
		       year_load(&t->home, t->y.year, t->app->arena, &t->y, e) && looks(t, e);
	if (!year_step_read(what, &step) || steps[step].run == NULL)
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" is none of plan, status, make, sign-request, "
			       "sign-import, publish, notify",
			       STR_ARG(str_first(what, 40)));
	return read_place(t, steps[step].place, e) && do_step(t, step, e);
}

bool key_year(struct app *app, const struct call *call, struct err *e)
{
	struct at t = { .app = app, .call = call, .who = audited_who(call) };
	uint64_t year;
	bool ok;

	if (!str_to_uint(call->arg[0], 9999, &year))
		return err_set(e, ERR_USAGE, "\"" STR_FMT "\" is no year",
			       STR_ARG(str_first(call->arg[0], 40)));
	t.y.year = (int)year;
	if (!home_open(app->home, app->arena, &t.home, e))
		return false;
	ok = run(&t, call->arg[1], e);
	home_close(&t.home);
	return ok;
}
