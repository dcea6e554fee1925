// `waker feed parse` and `waker feed test`: what a feed file makes of a file, without a
// roster and without storing anything.
#include "base/buf.h"
#include "codec/text/json_out.h"
#include "model/finding/issue.h"
#include "os/file.h"
#include "task/home.h"
#include "task/watch/feed_choice.h"
#include "task/watch/feed_find.h"
#include "ui/feed_rows.h"
#include "ui/junk.h"
#include "ui/progress.h"

#include <unistd.h>

enum { HEAD_BYTES = 1024, MOST_KEYS = 4096, SHOWN = 3, MISFIT_SHOWN = 60 };

struct seen_key { // of an event
	struct str key;
	bool unmapped;
	uint64_t count, misfits;
	struct str misfit; // the first of them
};

struct seen_issue { // empty: none
	struct str issue;
	uint64_t count;
};

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
	LIST(struct seen_key) keys;
	LIST(struct seen_issue) issues;
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
	junk_tell(app, w.feed.name, w.scan.path == NULL ? S("standard input") : file_base(w.file),
		  &w.tally);
	return true;
}

// ---- test

static struct seen_key *key_of(struct work *w, const struct event_field *f)
{
	struct seen_key *k;

	for (size_t i = 0; i < w->keys.count; i++)
		if (str_eq(w->keys.at[i].key, f->key))
			return &w->keys.at[i];
	if (w->keys.count == MOST_KEYS)
		return NULL;
	k = list_add(&w->keys, w->app->arena);
	*k = (struct seen_key){ .key = arena_str(w->app->arena, f->key), .unmapped = f->unmapped };
	return k;
}

// A secret's value is "present" before it comes here.
static void note_key(struct work *w, const struct event_field *f)
{
	struct seen_key *k = key_of(w, f);

	if (k == NULL)
		return;
	k->count++;
	if (f->misfit && k->misfits++ == 0)
		k->misfit = arena_str(w->app->arena, str_first(f->value, MISFIT_SHOWN));
}

static void note_issue(struct work *w, struct str issue)
{
	LIST_EACH (struct seen_issue, s, &w->issues)
		if (str_eq(s->issue, issue)) {
			s->count++;
			return;
		}
	if (w->issues.count < MOST_KEYS)
		*list_add(&w->issues, w->app->arena) =
			(struct seen_issue){ arena_str(w->app->arena, issue), 1 };
}

static void note_issues(struct work *w, const struct event *ev)
{
	struct str issue[ISSUE_MAX], text[ISSUE_MAX];
	char *mark = arena_mark(w->app->arena);
	unsigned n = feed_issues(w->type, ev, w->app->arena, issue);
	char room[ISSUE_MAX][ISSUE_TEXT];

	for (unsigned i = 0; i < n; i++) { // out of what is given back
		text[i] = str_first(issue[i], ISSUE_TEXT);
		memcpy(room[i], text[i].p, text[i].n);
		text[i].p = room[i];
	}
	arena_back(w->app->arena, mark);
	for (unsigned i = 0; i < n; i++)
		note_issue(w, text[i]);
	if (n == 0)
		note_issue(w, S(""));
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
	note_issues(w, hit->event);
	if (w->shown < w->most && w->app->out.form != OUT_JSON) {
		w->shown++;
		show(w, hit);
	}
	return true;
}

static const struct column key_columns[] = {
	{ "field", "Field", true },    { "events", "Events", false },
	{ "mapped", "Named", false },  { "misfits", "Not fitting", false },
	{ "misfit", "Such as", true },
};

static const struct column issue_columns[] = {
	{ "issue", "Issue", true },
	{ "events", "Events", false },
	{ "known", "In the table", false },
};

static void sum_up_issues(struct work *w)
{
	struct out *o = &w->app->out;

	out_table(o, issue_columns, COUNTOF(issue_columns));
	LIST_EACH (const struct seen_issue, s, &w->issues) {
		out_text(o, s->issue.n > 0 ? s->issue : S("-"));
		out_int(o, (int64_t)s->count);
		if (s->issue.n > 0)
			out_flag(o, issue_find(s->issue) != NULL);
		else
			out_none(o);
	}
	out_end(o);
}

static void sum_up(struct work *w)
{
	struct out *o = &w->app->out;
	size_t unmapped = 0;
	uint64_t misfits = 0;

	out_table(o, key_columns, COUNTOF(key_columns));
	LIST_EACH (const struct seen_key, k, &w->keys) {
		out_text(o, k->key);
		out_int(o, (int64_t)k->count);
		out_flag(o, !k->unmapped);
		out_int(o, (int64_t)k->misfits);
		out_text(o, k->misfit);
		unmapped += k->unmapped;
		misfits += k->misfits;
	}
	out_end(o);
	sum_up_issues(w);
	if (misfits > 0)
		app_say(w->app, "values that do not fit their field, and stand under extra: %llu",
			(unsigned long long)misfits);
	app_say(w->app,
		"%llu records, %llu events; %zu columns that no line of the feed file names",
		(unsigned long long)w->tally.records, (unsigned long long)w->events, unmapped);
	junk_tell(w->app, w->feed.name,
		  w->scan.path == NULL ? S("standard input") : file_base(w->file), &w->tally);
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
