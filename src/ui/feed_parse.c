// `waker feed parse` and `waker feed test`: what a feed file makes of a file, without a
// roster and without storing anything.
#include "base/buf.h"
#include "codec/text/json_out.h"
#include "model/finding/issue.h"
#include "os/file.h"
#include "task/home.h"
#include "task/watch/feed_find.h"
#include "ui/feed_choice.h"
#include "ui/feed_rows.h"
#include "ui/junk.h"
#include "ui/progress.h"

#include <unistd.h>

enum { HEAD_BYTES = 1024, MOST_KEYS = 4096, SHOWN = 3 };

struct work {
	struct app *app;
	struct feed feed;
	const struct feed_type *type;
	struct scan scan;
	struct scan_tally tally;
	struct junk_file junk;
	struct progress progress;
	struct str file;

	// of a test
	uint64_t shown, most, events;
	LIST(struct seen_key {
		struct str key;
		bool unmapped;
		uint64_t count;
	})
	keys;
};

static bool open_feed(struct work *w, const struct call *call, struct err *e)
{
	struct feed_places places = feed_places(w->app->home, w->app->arena);
	int64_t day;

	w->file = call->arg[1];
	w->scan.feed = &w->feed;
	w->scan.context = w;
	w->scan.fd = STDIN_FILENO;
	w->scan.path = str_eq(w->file, S("-")) ? NULL : str_z(w->app->arena, w->file);
	w->scan.junk = junk_keep;
	w->scan.junk_context = &w->junk;
	if (!feed_find(&places, call->arg[0], w->app->arena, &w->feed, e) ||
	    !feed_choice(&w->feed, call_option(call, "type"), w->file, &w->type, &day, e) ||
	    !junk_open(w->app, call_option(call, "junk"), &w->junk, e))
		return false;
	w->scan.type = w->type;
	w->scan.keep_junk = w->junk.fd >= 0;
	return true;
}

static void progress(void *context, uint64_t done, uint64_t all)
{
	struct work *w = context;

	progress_at(&w->progress, done, all);
}

static bool scan(struct work *w, struct err *e)
{
	bool ok;

	w->scan.progress = progress;
	w->progress = progress_begin(w->app, "reading");
	ok = scan_run(&w->scan, &w->tally, e);
	progress_end(&w->progress);
	return ok || err_in(e, STR_FMT, STR_ARG(file_base(w->file)));
}

// ---- parse

bool feed_parse(struct app *app, const struct call *call, struct err *e)
{
	struct work w = { .app = app };
	char head[HEAD_BYTES];
	struct buf b = BUF_ON(head);

	if (!open_feed(&w, call, e) || !jobs_choice(call_option(call, "jobs"), 1, &w.scan.jobs, e))
		return false;
	buf_str(&b, S("{\"__type\":\"Event\",\"feed.name\":"));
	json_str(&b, w.feed.name);
	w.scan.give = SCAN_TEXT;
	w.scan.text = buf_view(&b);
	w.scan.text_to = STDOUT_FILENO;
	w.scan.raw = call_has(call, "raw");
	if (!scan(&w, e))
		return false;
	junk_tell(app, w.scan.path == NULL ? S("standard input") : file_base(w.file), &w.tally);
	return true;
}

// ---- test

static void note_key(struct work *w, const struct event_field *f)
{
	for (size_t i = 0; i < w->keys.count; i++)
		if (str_eq(w->keys.at[i].key, f->key)) {
			w->keys.at[i].count++;
			return;
		}
	if (w->keys.count < MOST_KEYS)
		*list_add(&w->keys, w->app->arena) =
			(struct seen_key){ arena_str(w->app->arena, f->key), f->unmapped, 1 };
}

static void show(struct work *w, const struct scan_hit *hit)
{
	struct str issue[ISSUE_MAX];
	char *mark = arena_mark(w->app->arena);
	unsigned n = feed_issues(w->type, hit->event, w->app->arena, issue);

	out_line(&w->app->out, "record %llu", (unsigned long long)hit->record);
	LIST_EACH (const struct event_field, f, &hit->event->fields) {
		fprintf(w->app->out.to, "  %-32.*s ", STR_ARG(f->key));
		out_clean(w->app->out.to, f->value);
		fprintf(w->app->out.to, "%s\n",
			f->unmapped ? "   (no line names this column)" : "");
	}
	for (unsigned i = 0; i < n; i++)
		out_line(&w->app->out, "  issue                            " STR_FMT "%s",
			 STR_ARG(issue[i]),
			 issue_find(issue[i]) != NULL ? "" : "   (no such issue)");
	if (n == 0)
		out_line(&w->app->out, "  no issue: a hit of this record would be no finding");
	out_line(&w->app->out, "%s", "");
	arena_back(w->app->arena, mark);
}

static bool event(void *context, const struct scan_hit *hit, struct err *e)
{
	struct work *w = context;

	(void)e;
	w->events++;
	LIST_EACH (const struct event_field, f, &hit->event->fields)
		note_key(w, f);
	if (w->shown < w->most && w->app->out.form != OUT_JSON) {
		w->shown++;
		show(w, hit);
	}
	return true;
}

static const struct column key_columns[] = {
	{ "field", "Field", true },
	{ "events", "Events", false },
	{ "mapped", "Named", false },
};

static void sum_up(struct work *w)
{
	struct out *o = &w->app->out;
	size_t unmapped = 0;

	out_table(o, key_columns, COUNTOF(key_columns));
	LIST_EACH (const struct seen_key, k, &w->keys) {
		out_text(o, k->key);
		out_int(o, (int64_t)k->count);
		out_flag(o, !k->unmapped);
		unmapped += k->unmapped;
	}
	out_end(o);
	app_say(w->app,
		"%llu records, %llu events; %zu columns that no line of the feed file names",
		(unsigned long long)w->tally.records, (unsigned long long)w->events, unmapped);
	junk_tell(w->app, w->scan.path == NULL ? S("standard input") : file_base(w->file),
		  &w->tally);
	app_say(w->app, "This was a test: nothing was stored.");
}

static bool records_choice(struct str given, uint64_t *out, struct err *e)
{
	*out = SHOWN;
	return given.p == NULL || str_to_uint(given, UINT32_MAX, out) ||
	       err_set(e, ERR_USAGE, "--records: how many are shown, not \"" STR_FMT "\"",
		       STR_ARG(str_first(given, 30)));
}

bool feed_try(struct app *app, const struct call *call, struct err *e)
{
	struct work w = { .app = app, .scan = { .jobs = 1 } };

	if (!open_feed(&w, call, e) || !records_choice(call_option(call, "records"), &w.most, e))
		return false;
	w.scan.give = SCAN_EVENTS;
	w.scan.events = true;
	w.scan.each = event;
	if (!scan(&w, e))
		return false;
	sum_up(&w);
	if (w.events == 0)
		app->ended = EXIT_FOUND;
	return true;
}
