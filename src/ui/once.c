#include "task/watch/once.h"

#include "os/file.h"
#include "task/watch/draft.h"
#include "task/watch/feed_choice.h"
#include "task/watch/feed_find.h"
#include "ui/audited.h"
#include "ui/junk.h"
#include "ui/nouns.h"
#include "ui/watch_home.h"

#include <unistd.h>

struct work {
	struct app *app;
	const struct call *call;
	struct watch_home h;
	struct str list; // where the bytes lie until they are a batch
	struct once_file file;
	struct feed feed;
	struct once_look look;
};

static void work_done(struct work *w)
{
	struct err e;

	if (w->list.n > 0 && !file_remove(w->list.p, &e))
		app_say(w->app, "%s", e.text);
	watch_home_done(&w->h);
}

static bool is_taken(void *context, struct str name)
{
	const struct work *w = context;
	struct arena *a = w->app->arena;

	return file_exists(arena_fmt(a, STR_FMT "/feeds/" STR_FMT ".feed", STR_ARG(w->h.home.path),
				     STR_ARG(name))
				   .p);
}

// A paste comes once; a file might change under us: both are copied first.
static bool take_in(struct work *w, struct err *e)
{
	const char *from = str_z(w->app->arena, w->call->arg[0]);
	struct str bytes;

	if (!file_read(from, ONCE_MAX_BYTES, &w->h.a, &bytes, e))
		return false;
	if (bytes.n == 0)
		return err_set(e, ERR_INPUT, "there is nothing in it");
	w->list = arena_fmt(w->app->arena, "%s/once-%lld-%d",
			    home_path(&w->h.home, "spool", w->app->arena), (long long)w->h.home.now,
			    (int)getpid());
	return file_write(w->list.p, bytes, 0600, e);
}

static bool make_feed(struct work *w, struct err *e)
{
	struct str tlp = call_option(w->call, "tlp"), draft;
	struct once o = {
		.title = str_trim(call_option(w->call, "title")),
		.advice = call_option(w->call, "advice"),
		.from = call_option(w->call, "from"),
		.issue = call_option(w->call, "issue"),
		.tlp = tlp.p != NULL ? tlp : S("AMBER+STRICT"),
		.now = w->h.home.now,
		.taken = is_taken,
		.context = w,
	};
	bool plain, ok;
	int fd;

	if (o.title.n == 0 || o.title.n > ONCE_MAX_TITLE || o.issue.n == 0)
		return err_set(e, ERR_USAGE,
			       "say --issue ISSUE and --title TEXT: what its findings are about");
	if (!file_open(w->list.p, &fd, &plain, e))
		return false;
	ok = draft_guess(fd, call_option(w->call, "columns"), w->app->arena, &draft, e);
	close(fd);
	return ok && once_feed(&o, draft, w->app->arena, &w->file, e) &&
	       feed_read(w->file.name, w->file.text, w->app->arena, &w->feed, e);
}

static const struct column look_columns[] = {
	{ "member", "Member", false },
	{ "name", "Name", true },
	{ "records", "Records", false },
	{ "asset", "First asset", true },
};

static void show_look(struct work *w)
{
	struct out *o = &w->app->out;

	out_table(o, look_columns, COUNTOF(look_columns));
	LIST_EACH (const struct once_member, m, &w->look.members) {
		const struct member *who = &w->h.ready.roster.members.at[m->member];

		out_text(o, who->slug);
		out_text(o, who->name);
		out_int(o, (int64_t)m->records);
		out_text(o, m->first);
	}
	out_end(o);
	app_say(w->app, "%llu records read as %s, %llu hit %zu members",
		(unsigned long long)w->look.tally.records, feed_format_word(w->feed.format).p,
		(unsigned long long)w->look.hits, w->look.members.count);
	junk_tell(w->app, w->feed.name, file_base(w->call->arg[0]), &w->look.tally);
}

static const struct column done_columns[] = {
	{ "feed", "Feed", false },        { "opened", "New", false },
	{ "again", "Seen again", false }, { "candidates", "Candidates", false },
	{ "held", "Held back", false },
};

static bool make_findings(struct work *w, struct err *e)
{
	struct run_batch b = { .feed = &w->feed,
			       .type = &w->feed.types.at[0],
			       .day = TIME_EVER,
			       .path = w->list.p,
			       .name = file_base(w->call->arg[0]) };
	struct str file = arena_fmt(w->app->arena, STR_FMT "/feeds/" STR_FMT ".feed",
				    STR_ARG(w->h.home.path), STR_ARG(w->file.name));
	struct run_report r;

	if (!file_write(file.p, w->file.text, 0600, e) || !run_batch(&w->h.ready.run, &b, &r, e))
		return false;
	out_table(&w->app->out, done_columns, COUNTOF(done_columns));
	out_text(&w->app->out, w->file.name);
	out_int(&w->app->out, (int64_t)r.fresh);
	out_int(&w->app->out, (int64_t)r.refreshed);
	out_int(&w->app->out, (int64_t)r.candidates);
	out_int(&w->app->out, (int64_t)r.held);
	out_end(&w->app->out);
	return true;
}

static bool once(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(work_done) struct work w = { .app = app, .call = call };
	char would[96];
	struct buf b = { .p = would, .cap = sizeof would - 1 };

	if (!watch_home_open(app, (struct str){ 0 }, &w.h, e) || !take_in(&w, e) ||
	    !make_feed(&w, e) ||
	    !once_look(&w.h.ready.run, &w.feed, w.list.p, app->arena, &w.look, e))
		return false;
	show_look(&w);
	if (w.look.hits == 0 || app->dry_run) {
		app_say(app, app->dry_run ? "This was a dry run: nothing was kept."
					  : "Nobody is hit: nothing was kept.");
		return true;
	}
	buf_fmt(&b, "would make findings of %llu records for %zu members",
		(unsigned long long)w.look.hits, w.look.members.count);
	would[b.n] = '\0';
	return app_confirm(app, w.look.hits, would, e) && make_findings(&w, e);
}

static const struct option options[] = {
	{ "issue", "ISSUE", NULL,
	  "what it is about, as in vuln.fortios; `waker issue list` has all" },
	{ "title", "TEXT", NULL, "the findings carry it: who says what" },
	{ "advice", "TEXT", NULL, "what the members are to do; the findings carry it too" },
	{ "from", "NAME", NULL, "who gave the list" },
	{ "columns", "LIST", NULL, "what the columns are, in order: ip,port,_,time.source" },
	{ "tlp", "TLP", "CLEAR|GREEN|AMBER|AMBER+STRICT|RED",
	  "how the list came; AMBER+STRICT if not said" },
	AUDITED_BY,
	{ 0 },
};

// clang-format off
static const struct command rows[] = {
	{ "once", "FILE|-", "Make findings of a list that somebody mailed", CHANGES | AUDITS_DONE, 1, 1, options,
	  { "waker once list.txt --issue vuln.citrix --title \"Citrix hole, list of CERT X\" --dry-run",
	    "waker once - --issue exposed.rdp --title \"RDP, seen by CERT X\" --columns ip,port,time.source --yes" },
	  "A table, a list or the mail's own text: the columns are guessed, and what the officer says with "
	  "--columns goes first. It shows whom it hits and what it could not read, and asks before findings "
	  "are made. The list becomes a feed of its own in the home, so that it can be explained.",
	  once },
};
// clang-format on

const struct noun noun_once = { "once", "findings of a list that came once", rows, COUNTOF(rows) };
