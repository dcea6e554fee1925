// `waker adopt`: what `waker rehearse` played is taken in.
#include "task/rehearse/adopt.h"

#include "model/guardian/large.h"
#include "os/digest.h"
#include "os/file.h"
#include "task/rehearse/asked.h"
#include "ui/audited.h"
#include "ui/nouns.h"
#include "ui/rehearsed.h"

#define ADOPT_ARENA ((size_t)16 << 30) // addresses; all warninglists twice

struct adopter {
	struct app *app;
	const struct call *call;
	struct arena a;
	struct home home;
	struct adoption file;
	struct adopting what;
};

static void adopter_done(struct adopter *w)
{
	home_close(&w->home);
	if (w->a.start != NULL)
		arena_done(&w->a);
}

static bool look(struct adopter *w, struct err *e)
{
	struct adoption *x = &w->file;

	arena_init(&w->a, ADOPT_ARENA);
	x->home = &w->home;
	x->path = w->call->arg[0];
	return home_open(w->app->home, &w->a, &w->home, e) &&
	       rehearsed_read(x->path, &w->a, &x->bytes, &x->kind, e) &&
	       (adopt_look(x, &w->a, &w->what, e) ||
		err_in(e, "%s " STR_FMT, rehearse_kind_says(x->kind), STR_ARG(x->path)));
}

static bool is_asked(struct adopter *w, struct err *e)
{
	const struct adopting *what = &w->what;
	bool due;

	if (what->same || !change_is_large(what->things, what->of))
		return true;
	if (!rehearsal_is_due(&w->home, w->file.bytes, &due, e))
		return false;
	return !due || rehearsed_ask(w->app, what->things, what->what, w->file.path, e);
}

static bool tell_audit(struct adopter *w, struct err *e)
{
	unsigned char sum[DIGEST_BYTES];
	char hex[DIGEST_TEXT];
	struct audit_said said[2] = { { "kind", str_of(rehearse_kind_says(w->file.kind)) },
				      { "sha256", { 0 } } };
	struct audit_entry x = { .by = audited_by(w->call, w->home.now),
				 .subject = w->what.name,
				 .said = said,
				 .count = COUNTOF(said) };

	audit_sha256(w->file.bytes, sum);
	digest_hex(sum, hex);
	said[1].value = str_of(hex);
	return audit_write(w->home.db, &x, &w->a, e);
}

// The file is replaced last before the commit: no transaction holds it.
static bool write_and_tell(struct adopter *w, struct err *e)
{
	if (w->app->dry_run) {
		app_say(w->app, "This was a dry run: nothing was changed.");
		return true;
	}
	if (!db_begin(w->home.db, e))
		return false;
	if (!tell_audit(w, e) || !adopt_write(&w->file, &w->what, &w->a, e)) {
		db_abort(w->home.db);
		return false;
	}
	return audit_commit(&w->home, &w->a, e);
}

static void put_path(struct out *o, struct str path)
{
	if (path.n > 0)
		out_text(o, path);
	else
		out_none(o);
}

static void show(struct adopter *w)
{
	static const struct column columns[] = {
		{ "name", "Of", false },       { "kind", "Kind", false },
		{ "file", "Stands at", true }, { "changed", "Changed", false },
		{ "before", "Before", true },  { "concerns", "Can concern", false },
		{ "things", "Things", false },
	};
	struct out *o = &w->app->out;

	out_record(o, columns, COUNTOF(columns));
	out_text(o, w->what.name);
	out_text(o, str_of(rehearse_kind_says(w->file.kind)));
	out_text(o, w->what.to);
	out_flag(o, !w->what.same);
	put_path(o, w->what.same ? S("") : w->what.before);
	out_int(o, (int64_t)w->what.things);
	out_text(o, str_of(w->what.what));
	out_end(o);
}

static bool adopt(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(adopter_done) struct adopter w = { .app = app, .call = call };

	if (!look(&w, e) || !is_asked(&w, e) || (!w.what.same && !write_and_tell(&w, e)))
		return false;
	show(&w);
	if (w.what.refused > 0)
		app_say(app,
			"%u of its entries cannot be read, and hold nothing; the first: " STR_FMT,
			w.what.refused, STR_ARG(w.what.why));
	if (w.what.same)
		app_say(app, "it stands there already, byte for byte");
	return true;
}

// clang-format off
static const struct option options[] = {
	AUDITED_BY,
	{ 0 },
};
static const struct command rows[] = {
	{ "adopt", "FILE", "Take in a feed file, a warninglist or its policy.conf", CHANGES, 1, 1, options,
	  { "waker adopt acme.feed --dry-run",
	    "waker adopt public-resolvers.json" },
	  "The file is read as the service would read it, and then put into the home, whole or not at all; what stood "
	  "there is kept in a folder `before` beside it, and can be adopted again. A change that can concern more than "
	  "20 things, and more than 5 % of what there is (open findings of the feed; entries of warninglists), asks for "
	  "`waker rehearse FILE` first, where batches came in the last 30 days; --yes does without.", adopt },
};
// clang-format on

const struct noun noun_adopt = { "adopt", "take in a file that was rehearsed", rows,
				 COUNTOF(rows) };
