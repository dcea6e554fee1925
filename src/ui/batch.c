#include "ui/batch.h"

#include "base/time.h"
#include "store/job.h"
#include "task/audit/write.h"
#include "ui/audited.h"
#include "ui/batch_past.h"
#include "ui/bytes.h"
#include "ui/nouns.h"

static const struct column columns[] = {
	{ "batch", "Batch", false },     { "feed", "Feed", true },     { "type", "Type", true },
	{ "day", "Day", false },         { "file", "File", true },     { "state", "State", false },
	{ "records", "Records", false }, { "hits", "Hits", false },    { "arrived", NULL, false },
	{ "archive", NULL, false },      { "reason", "Reason", true },
};

static void put_batch(struct out *o, const struct batch_row *b)
{
	out_int(o, b->batch.id);
	out_text(o, b->feed);
	out_text(o, b->batch.type);
	out_day(o, b->batch.day);
	out_text(o, b->batch.file);
	out_text(o, batch_state_word(b->batch.state));
	out_int(o, (int64_t)b->records);
	out_int(o, (int64_t)b->hits);
	out_time(o, b->batch.arrived);
	out_text(o, str_of(b->batch.kept.path));
	out_text(o, b->reason);
}

struct batch_filter {
	struct str feed, type;
	int64_t day; // TIME_EVER: any
};

static bool read_filter(const struct call *call, struct batch_filter *f, struct err *e)
{
	struct str day = call_option(call, "day");

	*f = (struct batch_filter){ call_option(call, "feed"), call_option(call, "type"),
				    TIME_EVER };
	return day.p == NULL || time_read(day, &f->day) ||
	       err_set(e, ERR_USAGE, "--day: \"" STR_FMT "\" is no day such as 2026-03-02",
		       STR_ARG(str_first(day, 40)));
}

static bool read_state(const struct call *call, int *out, struct err *e)
{
	struct str state = call_option(call, "state");
	enum batch_state s = BATCH_DONE;

	*out = -1; // any
	if (state.p != NULL && !batch_state_read(state, &s))
		return err_set(e, ERR_USAGE, "--state: \"" STR_FMT "\" is no state of a batch",
			       STR_ARG(str_first(state, 40)));
	if (state.p != NULL)
		*out = (int)s;
	return true;
}

static bool fits(const struct batch_filter *f, const struct batch_row *b)
{
	return (f->type.p == NULL || str_eq(f->type, b->batch.type)) &&
	       (f->day == TIME_EVER || f->day == b->batch.day);
}

static bool batch_all(struct app *app, const struct call *call, struct err *e)
{
	struct batch_filter filter;
	struct batch_row b;
	autohome h = { 0 };
	autorows rows = NULL;
	int state;

	if (!read_filter(call, &filter, e) || !read_state(call, &state, e) ||
	    !home_open(app->home, app->arena, &h, e) ||
	    !batch_list(h.db, filter.feed, state, &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (batch_next_row(rows, &b, e))
		if (fits(&filter, &b))
			put_batch(&app->out, &b);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

bool batch_named(struct db *d, struct str word, struct arena *a, struct batch_row *out,
		 struct err *e)
{
	int64_t id;

	if (!call_number(word, "batch", &id, e))
		return false;
	return batch_by_id(d, id, a, out, e) ||
	       (e->kind == ERR_NONE &&
		err_set(e, ERR_ABSENT, "there is no batch " STR_FMT ": see 'waker batch list'",
			STR_ARG(word)));
}

// Of one batch, with what an officer gave as the reason.
static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct batch_row *b, struct err *e)
{
	char day[TIME_TEXT];
	struct audit_said said[] = {
		{ "feed", b->feed },
		{ "type", b->batch.type },
		{ "day", { day, time_write(b->batch.day, day) } },
		{ "file", b->batch.file },
		{ "reason", call_option(call, "reason") },
	};
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = arena_fmt(app->arena, "batch %lld", (long long)b->batch.id),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(h->db, &x, app->arena, e);
}

// What is held goes on, or never does.
// *jobs: of `waker run`, that read its file again now.
static bool decide_one(struct app *app, const struct home *h, const struct call *call,
		       struct str word, int64_t *jobs, struct err *e)
{
	bool release = str_eq(command_verb(call->command), S("release"));
	struct str reason = call_option(call, "reason");
	struct batch_row b;

	if (!batch_named(h->db, word, app->arena, &b, e))
		return false;
	if (b.batch.state != BATCH_HELD)
		return err_set(e, ERR_CONFLICT, "batch " STR_FMT " is " STR_FMT ", not held",
			       STR_ARG(word), STR_ARG(batch_state_word(b.batch.state)));
	b.batch.state = release ? BATCH_RELEASED : BATCH_DISCARDED;
	b.reason = reason.p != NULL ? reason : S("");
	put_batch(&app->out, &b);
	return batch_become(h->db, b.batch.id, b.batch.state, b.reason, e) &&
	       job_retry_drop(h->db,
			      arena_fmt(app->arena, STR_FMT "/" STR_FMT, STR_ARG(b.feed),
					STR_ARG(b.batch.file)),
			      h->now, jobs, e) &&
	       tell_audit(app, call, h, &b, e);
}

// By whom the file is read again: the service, where each has a job, else a person.
static void tell_next(const struct app *app, const struct call *call, bool service)
{
	bool release = str_eq(command_verb(call->command), S("release"));

	if (service)
		app_say(app, release ? "`waker run` reads it now: 'waker job list --all' shows it"
				     : "`waker run` lets its file go now, and it says nothing");
	else
		app_say(app, release ? "what it says counts when its file is run again ('waker "
				       "feed run' "
				       "or 'feed fetch')"
				     : "its file goes when it is run again, and says nothing");
}

static bool batch_decide(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	size_t served = 0;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	for (size_t i = 0; i < call->count; i++) {
		int64_t jobs = 0;

		if (!decide_one(app, &h, call, call->arg[i], &jobs, e)) {
			db_abort(h.db);
			return false;
		}
		served += jobs > 0;
	}
	out_end(&app->out);
	if (app->dry_run) {
		db_abort(h.db);
		app_say(app, "This was a dry run: nothing was changed.");
		return true;
	}
	tell_next(app, call, served == call->count);
	return audit_commit(&h, app->arena, e);
}

// clang-format off
static const struct option list_options[] = {
	{ "feed", "NAME", NULL, "only of this feed" },
	{ "type", "TYPE", NULL, "only of this report type" },
	{ "day", "DATE", NULL, "only of this day" },
	{ "state", "STATE", "arrived|held|done|discarded|replaced|recalled|released", "only in this state" },
	{ 0 },
};
static const struct option decide_options[] = {
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
	{ 0 },
};
static const struct option get_options[] = {
	BYTES_OPTIONS,
	AUDITED_BY,
	{ 0 },
};
static const struct option replay_options[] = {
	{ "key", "KEYFILE", NULL, "the officers' archive.key, where the batch is sealed" },
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
	{ 0 },
};
static const struct command rows[] = {
	{ "batch list", "", "List what feeds brought, newest first", READS, 0, 0, list_options,
	  { "waker batch list --state held",
	    "waker batch list --feed shadowserver --day 2026-03-02 --json" },
	  "A held batch could not be read, or has many more records than usual: nothing of it was "
	  "published. It waits for 'batch release' or 'batch discard'.", batch_all },
	{ "batch show", "NUMBER", "Show all that is known of a batch", READS, 1, 1, NULL,
	  { "waker batch show 17", "waker batch show 17 --json" },
	  "What became of it, what of it could not be read and why, how many findings it saw and how many of them it was "
	  "the first to see, and the file of the archive with its digest, as `archive verify` found it last.", batch_show },
	{ "batch get", "NUMBER", "Give the bytes of a batch as they came", READS | AUDITS_LOOK, 1, 1, get_options,
	  { "waker batch get 17 -o report.csv", "waker batch get 17 --key /media/officer/archive.key | head" },
	  "As `archive open` with its file: what is sealed needs the officers' key, and has the secrets in it.", batch_get },
	{ "batch replay", "NUMBER", "Read a batch of the past once more, and publish what it says", CHANGES, 1, 1, replay_options,
	  { "waker batch replay 17 --reason 'the feed file was wrong'", "waker batch replay 17 --dry-run" },
	  "By today's roster, feed file, warninglists and issues: for one of them was wrong when it came. What it said "
	  "then is not counted twice, nor told twice; what was taken back stays so. What is new is found as of now, by "
	  "the events' own time: what was no news when the batch came, or happened before its holder's proof, opens nothing. "
	  "A held batch is the officer's to release.", batch_replay },
	{ "batch release", "NUMBER…", "Let a held batch be read after all", CHANGES, 1, 100, decide_options,
	  { "waker batch release 17",
	    "waker batch release 17 --reason 'the day of the great hole'" },
	  NULL, batch_decide },
	{ "batch discard", "NUMBER…", "Let a held batch go: it says nothing", CHANGES, 1, 100, decide_options,
	  { "waker batch discard 17",
	    "waker batch discard 17 --reason 'publisher: our mistake'" },
	  "Neither what it has nor what it lacks counts; the day proves nothing.", batch_decide },
};
// clang-format on

const struct noun noun_batch = { "batch", "what feeds brought, file by file", rows, COUNTOF(rows) };
