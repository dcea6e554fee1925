#include "task/fetch/fetch.h"
#include "task/life/settle.h"
#include "task/watch/feed_find.h"
#include "task/watch/feed_switch.h"
#include "ui/feed_rows.h"
#include "ui/progress.h"
#include "ui/watch_home.h"

struct fetch_all { // what the fetches of one command share
	struct app *app;
	const struct call *call;
	struct watch_home h;
	struct fetch fetch;
	struct progress progress;
	uint64_t before; // where the bar was: going back is another file
	unsigned done, failed;
	int64_t soonest; // TIME_NEVER: nothing is due by itself
	struct err last;
};

static void fetch_all_done(struct fetch_all *w)
{
	watch_home_done(&w->h);
}

static void show(struct fetch_all *w, const char *what, uint64_t done, uint64_t all)
{
	if (w->progress.what == NULL || strcmp(w->progress.what, what) != 0 || done < w->before) {
		progress_end(&w->progress);
		w->progress = progress_begin(w->app, what);
	}
	w->before = done;
	progress_at(&w->progress, done, all);
}

static void downloading(void *context, uint64_t done, uint64_t all)
{
	show(context, "fetching", done, all);
}

static void reading(void *context, uint64_t done, uint64_t all)
{
	show(context, "reading", done, all);
}

static bool day_of(struct fetch_all *w, struct err *e)
{
	struct str given = call_option(w->call, "date");

	w->fetch.day = TIME_EVER;
	if (given.p == NULL)
		return true;
	if (w->call->count == 0)
		return err_set(e, ERR_USAGE, "--date is for one feed: name it");
	if (!time_read(given, &w->fetch.day))
		return err_set(e, ERR_USAGE, "--date: \"" STR_FMT "\" is no day such as 2026-03-02",
			       STR_ARG(str_first(given, 40)));
	w->fetch.day = time_day(w->fetch.day);
	return true;
}

static bool fetch_all_open(struct fetch_all *w, struct err *e)
{
	struct settle_clock by = { 0 };

	if (!watch_home_open(w->app, call_option(w->call, "jobs"), &w->h, e))
		return false;
	by.now = w->h.ready.run.now;
	if (!w->app->dry_run &&
	    !life_settle_clock(w->h.ready.run.db, &by, &(struct settled){ 0 }, e))
		return false;
	w->h.ready.run.progress = reading;
	w->h.ready.run.context = w;
	w->fetch = (struct fetch){
		.run = &w->h.ready.run,
		.home = w->h.home.path,
		.now = w->call->count > 0,
		.progress = downloading,
		.context = w,
	};
	w->soonest = TIME_NEVER;
	return day_of(w, e);
}

static const struct column columns[] = {
	{ "feed", "Feed", true },      { "result", "Result", false },
	{ "files", "Files", false },   { "known", NULL, false },
	{ "bytes", NULL, false },      { "records", "Records", false },
	{ "hits", "Hits", false },     { "junk", "Junk", false },
	{ "opened", "New", false },    { "again", "Seen again", false },
	{ "candidates", NULL, false }, { "promoted", NULL, false },
	{ "held", "Held", false },     { "next", "Next", false },
	{ "error", NULL, false },      { "reason", NULL, false },
};

static const char *result_of(const struct fetch_report *r, bool ok)
{
	static const char *const words[] = {
		[FETCH_DONE] = "fetched",
		[FETCH_NOTHING] = "nothing new",
		[FETCH_NOT_DUE] = "not due",
		[FETCH_OFF] = "off",
	};

	return ok ? words[r->end] : "failed";
}

static void tell_row(struct fetch_all *w, struct str name, const struct fetch_report *r,
		     const struct err *why)
{
	const uint64_t counts[] = { r->files,      r->known,    r->bytes, r->records,
				    r->hits,       r->junk,     r->fresh, r->refreshed,
				    r->candidates, r->promoted, r->held };
	const struct err *error = why != NULL ? why : r->held > 0 ? &r->held_why : NULL;
	struct out *o = &w->app->out;

	out_text(o, name);
	out_text(o, str_of(result_of(r, why == NULL)));
	for (size_t i = 0; i < COUNTOF(counts); i++)
		out_int(o, (int64_t)counts[i]);
	out_time(o, r->next > 0 ? r->next : TIME_NEVER);
	if (error == NULL) {
		out_none(o);
		out_none(o);
		return;
	}
	out_text(o, str_of(err_meaning(error->kind)->name));
	out_text(o, str_of(error->text));
}

// What happened, whether it is tried again by itself, and what to do.
static void note_failure(struct fetch_all *w, struct str name, int64_t next, const struct err *why)
{
	char when[TIME_TEXT] = "";

	w->failed++;
	if (next > 0)
		time_write(next, when);
	if (err_meaning(why->kind)->retry && when[0] != '\0')
		err_set(&w->last, why->kind,
			"%.150s; nothing is lost: it is tried again from %s on", why->text, when);
	else
		err_set(&w->last, why->kind,
			"%.150s; it needs you: put it right, then `waker feed fetch " STR_FMT "`",
			why->text, STR_ARG(name));
	if (w->call->count != 1) // else it is what the command ends with
		app_fail(w->app, w->call, &w->last);
}

static void note_held(struct fetch_all *w, struct str name, const struct fetch_report *r)
{
	char when[TIME_TEXT];

	w->failed++;
	time_write(r->next, when);
	err_set(&w->last, r->held_why.kind,
		STR_FMT ": %.110s; held in spool/" STR_FMT
			", tried again from %s on: must the feed file change?",
		STR_ARG(name), r->held_why.text, STR_ARG(name), when);
	if (w->call->count != 1)
		app_fail(w->app, w->call, &w->last);
}

static bool is_quiet(const struct fetch_all *w, const struct fetch_report *r)
{
	return (r->end == FETCH_OFF || r->end == FETCH_NOT_DUE) && w->call->count == 0 &&
	       !w->app->verbose;
}

static void fetch_one(struct fetch_all *w, const struct feed *feed)
{
	struct fetch_report r = { 0 };
	struct err e = { 0 };
	bool ok = fetch_feed(&w->fetch, feed, &r, &e);

	progress_end(&w->progress);
	if (r.next > 0 && r.next < w->soonest)
		w->soonest = r.next;
	if (ok && is_quiet(w, &r))
		return;
	tell_row(w, feed->name, &r, ok ? NULL : &e);
	if (ok && r.why != NULL)
		app_say(w->app, STR_FMT ": %s", STR_ARG(feed->name), r.why);
	if (!ok)
		note_failure(w, feed->name, r.next, &e);
	else if (r.held > 0)
		note_held(w, feed->name, &r);
	else
		w->done++;
}

static bool fetch_these(struct fetch_all *w, const struct str *names, size_t n, struct err *e)
{
	struct feed_places places = feed_places(w->h.home.path, &w->h.a);

	for (size_t i = 0; i < n; i++) {
		struct fetch_report none = { 0 };
		struct feed feed;

		if (feed_find(&places, names[i], &w->h.a, &feed, e)) {
			fetch_one(w, &feed);
			continue;
		}
		if (w->call->count > 0)
			return false;
		tell_row(w, names[i], &none, e);
		note_failure(w, names[i], 0, e);
		e->kind = ERR_NONE;
	}
	return true;
}

static bool fetch_due(struct fetch_all *w, struct err *e)
{
	struct feed_places places = feed_places(w->h.home.path, &w->h.a);
	enum feed_switch is;
	struct feed_names all;

	// Once, not for each feed.
	return feed_switch_of(places.own, S(""), &w->h.a, &is, e) &&
	       feed_names(&places, &w->h.a, &all, e) &&
	       fetch_these(w, all.names.at, all.names.count, e);
}

static bool finish(struct fetch_all *w, struct err *e)
{
	char when[TIME_TEXT];

	if (w->app->dry_run)
		app_say(w->app, "This was a dry run: nothing was changed.");
	if (w->failed == 0 && w->done == 0 && w->call->count == 0 && w->soonest == TIME_NEVER)
		app_say(w->app, "no feed here is fetched by itself");
	else if (w->failed == 0 && w->done == 0 && w->call->count == 0) {
		time_write(w->soonest, when);
		app_say(w->app, "nothing is due before %s", when);
	}
	if (w->failed == 0)
		return true;
	if (w->call->count == 1) {
		*e = w->last;
		return false;
	}
	w->app->ended = EXIT_PARTLY;
	return true;
}

bool feed_fetch(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(fetch_all_done) struct fetch_all w = { .app = app, .call = call };
	bool ok;

	if (!fetch_all_open(&w, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	ok = call->count > 0 ? fetch_these(&w, call->arg, call->count, e) : fetch_due(&w, e);
	out_end(&app->out);
	return ok && finish(&w, e);
}
