#include "task/life/settle.h"
#include "task/watch/feed_choice.h"
#include "task/watch/feed_find.h"
#include "task/watch/inbox.h"
#include "ui/audited.h"
#include "ui/feed_rows.h"
#include "ui/junk.h"
#include "ui/nouns.h"
#include "ui/progress.h"
#include "ui/watch_home.h"

// What the batches of one `feed run` share.
struct feed_run {
	struct app *app;
	const struct call *call;
	struct watch_home h;
	struct progress progress;
	unsigned done, failed;
	unsigned empty;  // done, but nothing in them could be matched
	struct err last; // why the last one failed
};

static void feed_run_done(struct feed_run *w)
{
	watch_home_done(&w->h);
}

static const struct column run_columns[] = {
	{ "feed", "Feed", true },
	{ "type", NULL, false },
	{ "file", "File", true },
	{ "day", NULL, false },
	{ "known", NULL, false },
	{ "records", "Records", false },
	{ "hits", "Hits", false },
	{ "junk", "Junk", false },
	{ "opened", "New", false },
	{ "again", "Seen again", false },
	{ "candidates", "Candidates", false },
	{ "promoted", NULL, false },
	{ "old", NULL, false },
	{ "archive", NULL, false },
	{ "held", "Held back", false },
	{ "reopened", "Reopened", false },
	{ "ended", "Ended", false },
	{ "suppressed", NULL, false },
	{ "told_again", NULL, false },
	{ "warning", NULL, false },
};

static uint64_t junk_of(const struct scan_tally *t)
{
	uint64_t n = 0;

	for (unsigned i = JUNK_NONE + 1; i < JUNK_KINDS; i++)
		n += t->junk[i];
	return n;
}

// Nothing of the batch could be looked up: that may be so, or the feed's file is wrong.
static void tell_all_junk(struct feed_run *w, struct str name, const struct run_report *r)
{
	struct str says;

	if (r->all_junk == JUNK_NONE) {
		out_none(&w->app->out);
		return;
	}
	says = junk_says(r->all_junk);
	out_text(&w->app->out,
		 arena_fmt(w->app->arena, "nothing in it can be matched: " STR_FMT, STR_ARG(says)));
	app_say(w->app,
		STR_FMT ": warning: nothing in it can be matched, most for: " STR_FMT
			"; is the feed file right?",
		STR_ARG(name), STR_ARG(says));
	w->empty++;
}

static void tell_batch(struct feed_run *w, const struct run_batch *b, const struct run_report *r)
{
	const uint64_t counts[] = { r->tally.records, r->tally.hits, junk_of(&r->tally), r->fresh,
				    r->refreshed,     r->candidates, r->promoted,        r->old };
	const uint64_t more[] = { r->held, r->reopened, r->ended, r->suppressed, r->again };
	struct out *o = &w->app->out;

	out_text(o, b->feed->name);
	out_text(o, b->type->name);
	out_text(o, b->name);
	out_time(o, r->day);
	out_flag(o, r->known);
	for (size_t i = 0; i < COUNTOF(counts); i++) {
		if (r->known)
			out_none(o);
		else
			out_int(o, (int64_t)counts[i]);
	}
	out_text(o, str_of(r->kept.path));
	for (size_t i = 0; i < COUNTOF(more); i++) {
		if (r->known)
			out_none(o);
		else
			out_int(o, (int64_t)more[i]);
	}
	tell_all_junk(w, b->name, r);
	if (r->old > 0)
		app_say(w->app, STR_FMT ": %llu too old to be news: they open nothing",
			STR_ARG(b->name), (unsigned long long)r->old);
	if (r->released > 0)
		app_say(w->app,
			STR_FMT ": %llu held back no longer: no warninglist holds what "
				"was seen now",
			STR_ARG(b->name), (unsigned long long)r->released);
	if (r->again > 0)
		app_say(w->app,
			STR_FMT ": %llu told again: a new vulnerability, or one that attackers use "
				"now",
			STR_ARG(b->name), (unsigned long long)r->again);
	if (r->breakers > 0)
		app_say(w->app,
			STR_FMT ": warning: %llu issue%s would tell too many members at once and "
				"wait%s for an officer: see 'waker notice plan'",
			STR_ARG(b->name), (unsigned long long)r->breakers,
			r->breakers == 1 ? "" : "s", r->breakers == 1 ? "s" : "");
	if (r->known && r->state == BATCH_DONE)
		app_say(w->app, STR_FMT ": these bytes were done before; nothing was changed",
			STR_ARG(b->name));
	else if (r->known)
		app_say(w->app,
			STR_FMT ": these bytes are batch %lld, which is " STR_FMT
				": nothing was changed",
			STR_ARG(b->name), (long long)r->batch, STR_ARG(batch_state_word(r->state)));
	junk_tell(w->app, b->feed->name, b->name, &r->tally);
}

static bool day_of(const struct feed_run *w, int64_t *day, struct err *e)
{
	struct str given = call_option(w->call, "day");

	if (given.p == NULL)
		return true;
	if (!time_read(given, day))
		return err_set(e, ERR_USAGE, "--day: \"" STR_FMT "\" is no day such as 2026-03-02",
			       STR_ARG(str_first(given, 40)));
	*day = time_day(*day);
	return true;
}

static bool run_file(struct feed_run *w, const struct feed *feed, struct str file, struct err *e)
{
	bool input = str_eq(file, S("-"));
	struct run_batch b = { .feed = feed, .name = input ? S("-") : file_base(file) };
	struct run_report report;
	bool ok;

	if (!feed_choice(feed, call_option(w->call, "type"), file, &b.type, &b.day, e) ||
	    !day_of(w, &b.day, e))
		return false;
	b.path = input ? NULL : str_z(&w->h.a, file);
	if (b.path == NULL && !input)
		return err_set(e, ERR_USAGE, "a file's name has no NUL byte");
	w->progress = progress_begin(w->app, "reading");
	ok = run_batch(&w->h.ready.run, &b, &report, e);
	progress_end(&w->progress);
	if (ok)
		tell_batch(w, &b, &report);
	return ok;
}

// One file that fails leaves the others to be done; the last mistake is the command's,
// unless something was done.
static bool count(struct feed_run *w, bool ok, const struct err *e)
{
	if (ok) {
		w->done++;
		return true;
	}
	if (w->failed++ > 0)
		app_fail(w->app, w->call, &w->last);
	w->last = *e;
	return false;
}

static bool run_given(struct feed_run *w, struct err *e)
{
	struct feed_places places = feed_places(w->h.home.path, &w->h.a);
	struct feed feed;

	if (!feed_find(&places, w->call->arg[0], &w->h.a, &feed, e))
		return false;
	for (size_t i = 1; i < w->call->count; i++) {
		struct err mine = { 0 };

		count(w, run_file(w, &feed, w->call->arg[i], &mine), &mine);
	}
	return true;
}

static void run_box(struct feed_run *w, const struct inbox *box)
{
	struct feed_places places = feed_places(w->h.home.path, &w->h.a);
	struct feed feed;
	struct err e = { 0 };

	if (!feed_find(&places, box->feed, &w->h.a, &feed, &e)) {
		count(w, false, &e);
		return;
	}
	LIST_EACH (const struct str, path, &box->paths) {
		struct err mine = { 0 };
		struct str stamp = { 0 };
		bool ok = inbox_may_read(*path, &mine) &&
			  file_stamp(path->p, &w->h.a, &stamp, &mine) &&
			  run_file(w, &feed, *path, &mine) &&
			  (w->app->dry_run || inbox_clear(*path, stamp, &w->h.a, &mine));

		count(w, ok, &mine);
	}
}

static bool run_inboxes(struct feed_run *w, struct err *e)
{
	struct str only = w->call->count > 0 ? w->call->arg[0] : (struct str){ 0 };
	struct inboxes boxes;

	if ((!w->app->dry_run && !inbox_lock(w->h.home.path, &w->h.a, e)) ||
	    !inbox_look(w->h.home.path, only, &w->h.a, &boxes, e))
		return false;
	LIST_EACH (const struct inbox, box, &boxes.at)
		run_box(w, box);
	if (boxes.at.count == 0)
		app_say(w->app, "nothing waits in " STR_FMT "/inbox/" STR_FMT,
			STR_ARG(w->h.home.path), STR_ARG(only.n > 0 ? only : S("NAME")));
	return true;
}

static bool finish(struct feed_run *w, struct err *e)
{
	if (w->app->dry_run && w->done > 0)
		app_say(w->app, "This was a dry run: nothing was changed.");
	if (w->failed == 0) {
		w->app->ended = w->empty > 0 ? EXIT_FOUND : EXIT_DONE;
		return true;
	}
	if (w->done == 0) {
		*e = w->last;
		return false;
	}
	app_fail(w->app, w->call, &w->last);
	app_say(w->app, "%u of %u files could not be done", w->failed, w->failed + w->done);
	w->app->ended = EXIT_PARTLY;
	return true;
}

static bool feed_run(struct app *app, const struct call *call, struct err *e)
{
	CLEANUP(feed_run_done) struct feed_run w = { .app = app, .call = call };
	struct settle_clock by = { 0 };
	struct settled settled;
	bool ok;

	if (!watch_home_open(app, call_option(call, "jobs"), &w.h, e))
		return false;
	by.now = w.h.ready.run.now;
	w.h.ready.run.progress = progress_at;
	w.h.ready.run.context = &w.progress;
	if (!app->dry_run && !life_settle_clock(w.h.ready.run.db, &by, &settled, e))
		return false;
	out_table(&app->out, run_columns, COUNTOF(run_columns));
	ok = call->count > 1 ? run_given(&w, e) : run_inboxes(&w, e);
	out_end(&app->out);
	return ok && finish(&w, e);
}

static const struct option run_options[] = {
	{ "type", "TYPE", NULL, "the report type, where the file's name does not tell" },
	{ "day", "DATE", NULL, "the day that it tells of, where the file's name does not tell" },
	{ "jobs", "N", NULL, "read a plain file by N children; else as waker.conf says" },
	AUDITED_BY,
	{ 0 },
};

static const struct option parse_options[] = {
	{ "type", "TYPE", NULL, "the report type, where the file's name does not tell" },
	{ "jobs", "N", NULL, "read a plain file by N children" },
	{ "junk", "FILE", NULL, "keep the refused records, with the reason before each" },
	{ "raw", NULL, NULL,
	  "give each record's bytes too, in base64; not of a type with secrets" },
	{ 0 },
};

static const struct option try_options[] = {
	{ "type", "TYPE", NULL, "the report type, where the file's name does not tell" },
	{ "records", "N", NULL, "show so many events field by field; 3 if not said" },
	{ "junk", "FILE", NULL, "keep the refused records, with the reason before each" },
	{ 0 },
};

static const struct option new_options[] = {
	{ "columns", "LIST", NULL, "what the columns are, in order: ip,port,_,time.source" },
	{ "write", NULL, NULL, "into the home's feeds, instead of to standard output" },
	AUDITED_BY,
	{ 0 },
};

static const struct option show_options[] = {
	{ "type", "TYPE", NULL, "only this report type, with what becomes of its columns" },
	{ 0 },
};

static const struct option coverage_options[] = {
	{ "since", "DATE", NULL, "known to the publisher from" },
	{ "until", "DATE", NULL, "… and until" },
	{ "missing", NULL, NULL, "only what it does not know" },
	{ "export", NULL, NULL, "a value a line, as publishers take it" },
	AUDITED_BY,
	{ 0 },
};

static const struct option by_options[] = {
	AUDITED_BY,
	{ 0 },
};

static const struct option fetch_options[] = {
	{ "date", "DATE", NULL,
	  "what the publisher had of this day, also if it was fetched before" },
	{ "jobs", "N", NULL, "read a plain file by N children; else as waker.conf says" },
	AUDITED_BY,
	{ 0 },
};

// clang-format off
static const struct command rows[] = {
	{ "feed list", "", "List the feeds that there are files for", READS, 0, 0, NULL,
	  { "waker feed list",
	    "waker feed list --json" },
	  "Feed files are looked for in the home, in /etc/waker/feeds, and among the installed ones.",
	  feed_list },
	{ "feed show", "NAME", "Show what a feed file says", READS, 1, 1, show_options,
	  { "waker feed show shadowserver",
	    "waker feed show shadowserver --type scan_rdp --json" },
	  NULL, feed_show },
	{ "feed accuracy", "[NAME]", "Show how often feeds were wrong, by issue", READS, 0, 1, NULL,
	  { "waker feed accuracy", "waker feed accuracy shadowserver --json" },
	  "Of what members were told: what they disputed, and what of that an officer confirmed. What nobody has "
	  "confirmed counts for nothing; what is not the member's is the roster's mistake, not the feed's.", feed_accuracy },
	{ "feed health", "[NAME]", "Show what feeds brought lately, within which bounds, and what is wrong", READS, 0, 1, NULL,
	  { "waker feed health",
	    "waker feed health shadowserver --json" },
	  "The bounds are those of the feed file (`expected`, `junk`, `silent`), or learnt from the feed's own "
	  "last 30 batches of a type, once there are five; \"Before\" draws their records, oldest first. A batch "
	  "without its bounds is held where telling of it, or ending by it, would be wrong (`waker batch list "
	  "--state held`). Feeds that are off and never brought anything are left out. Status 7: something is wrong.",
	  feed_health },
	{ "feed run", "[NAME] [FILE…|-]", "Make findings of what a feed brought", CHANGES | AUDITS_DONE, 0, CLI_MAX_ARGS,
	  run_options,
	  { "waker feed run shadowserver 2026-03-02-scan_rdp-nl.csv",
	    "waker feed run --json" },
	  "A file's bytes go into the archive before anything reads them; what met a member's asset "
	  "becomes a finding or refreshes one. The same bytes twice change nothing. Without a FILE it "
	  "takes what lies in the home's inbox/NAME/, and removes it from there when it is done. A file of "
	  "which no record can be read is held, and can be run again when the feed file was put right. "
	  "Status 3: some files could not be done; 7: nothing in one of them could be matched.",
	  feed_run },
	{ "feed fetch", "[NAME…]", "Get what the publishers have new, and make findings of it", CHANGES | AUDITS_DONE, 0, CLI_MAX_ARGS,
	  fetch_options,
	  { "waker feed fetch --verbose",
	    "waker feed fetch shadowserver --date 2026-03-02" },
	  "Without a NAME it fetches what is due by each feed file's [fetch] section; a feed that is "
	  "named is fetched now. What is fetched stays in the home's spool/NAME/ until its findings "
	  "are committed: a fetch that is interrupted loses nothing. A publisher that fails is tried "
	  "again, later each time.",
	  feed_fetch },
	{ "feed enable", "NAME…", "Have feeds fetched by themselves", CHANGES, 1, CLI_MAX_ARGS, by_options,
	  { "waker feed enable cisa-kev tor-exits",
	    "waker feed enable shadowserver --dry-run --json" },
	  "It is noted in the home's feeds/enabled.conf, which goes before the `enabled` of the feed's file: "
	  "an installed feed stays the installed one, with its updates. A feed whose credentials are not there "
	  "yet is enabled too, and it is said what to write where; it is fetched from then on.",
	  feed_enable },
	{ "feed disable", "NAME…", "Have feeds fetched no longer by themselves", CHANGES, 1, CLI_MAX_ARGS, by_options,
	  { "waker feed disable openphish",
	    "waker feed disable openphish phishtank --json" },
	  "Findings stay, and `waker feed fetch NAME` still fetches it when it is named.", feed_disable },
	{ "feed new", "SAMPLE|- NAME", "Write a first draft of a feed file from a sample", CHANGES | AUDITS_DONE, 2, 2,
	  new_options,
	  { "waker feed new acme-2026-03-02.csv acme > acme.feed",
	    "waker feed new list.txt acme --columns ip,port,_,time.source --write" },
	  "It guesses how the records are cut and what the columns are, by what stands in them and by their "
	  "names; what it does not know stays under extra. Look at every line of it.", feed_new },
	{ "feed test", "NAME FILE|-", "Show what a feed file makes of a file, storing nothing", READS, 2, 2,
	  try_options,
	  { "waker feed test acme acme-2026-03-02.csv",
	    "zcat list.gz | waker feed test generic-iplist -" },
	  "The first events field by field, then how often each field came, which columns no line of the "
	  "feed file names, what did not fit its field, how many events each issue has, and what was "
	  "refused, with the reason. Status 7: there was no event.",
	  feed_try },
	{ "feed parse", "NAME FILE|-", "Print every event of a file as IntelMQ JSON lines", READS, 2, 2,
	  parse_options,
	  { "waker feed parse shadowserver 2026-03-02-scan_rdp-nl.csv > events.jsonl",
	    "curl https://acme.example/list | waker feed parse acme -" },
	  "A converter: no roster, no home, nothing stored.", feed_parse },
	{ "feed coverage", "NAME [ASSET…]", "Show or say what a publisher looks at for us", CHANGES, 1, CLI_MAX_ARGS,
	  coverage_options,
	  { "waker feed coverage shadowserver --missing",
	    "waker feed coverage shadowserver 198.51.100.0/24 --since 2026-01-01" },
	  "Without an ASSET it lists what the publisher should know and whether it does; --missing --export "
	  "gives what to send it, a line each: prefixes (also of ranges), AS numbers, names in A-labels; no "
	  "accounts, whose domain is what is subscribed. A feed that no longer covers an asset proves nothing by "
	  "its silence.", feed_coverage },
	{ "feed update-schema", "FILE|-", "Read Shadowserver's newest table of its reports", CHANGES | AUDITS_DONE, 1, 1, by_options,
	  { "waker feed update-schema intelmq.json --dry-run",
	    "curl https://interchange.shadowserver.org/intelmq/v1/schema | waker feed update-schema -" },
	  "Writes feeds/shadowserver.feed into the home, where it goes before the installed one, and says "
	  "what became different. Issues that a type has stay what they are, so do those of findings; a new "
	  "type gets one by its name. Types that are no longer published stay, for questions about the past.",
	  feed_update_schema },
};
// clang-format on

const struct noun noun_feed = { "feed", "the sources of what we know", rows, COUNTOF(rows) };
