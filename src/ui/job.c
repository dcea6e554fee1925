#include "store/job.h"

#include "base/time.h"
#include "task/audit/write.h"
#include "ui/audited.h"
#include "ui/nouns.h"

enum { MOST = 100000 };

static const struct column columns[] = {
	{ "job", "Job", false },       { "kind", "Kind", false },    { "key", "Of", true },
	{ "place", NULL, false },      { "state", "State", false },  { "due", "Due", false },
	{ "tries", "Tries", false },   { "worker", NULL, false },    { "lease", NULL, false },
	{ "made", NULL, false },       { "ended", "Ended", false },  { "error", "Error", true },
	{ "error_kind", NULL, false }, { "result", "Result", true },
};

static void put_job(struct out *o, const struct job_row *j)
{
	out_int(o, j->id);
	out_text(o, job_kind_word(j->kind));
	out_text(o, j->key);
	out_text(o, j->place);
	out_text(o, job_state_word(j->state));
	out_time(o, j->state == JOB_WAITS ? j->due : TIME_NEVER);
	out_int(o, j->tries);
	out_text(o, j->worker);
	out_time(o, j->lease > 0 ? j->lease : TIME_NEVER);
	out_time(o, j->made);
	out_time(o, j->ended > 0 ? j->ended : TIME_NEVER);
	out_text(o, j->error);
	if (j->failed == ERR_NONE)
		out_none(o);
	else
		out_text(o, str_of(err_meaning(j->failed)->name));
	out_text(o, j->result);
}

static bool read_filter(const struct call *call, struct job_filter *f, struct err *e)
{
	struct str state = call_option(call, "state"), kind = call_option(call, "kind");
	enum job_state s = JOB_WAITS;
	enum job_kind k = JOB_FETCH;

	if (state.p != NULL && !job_state_read(state, &s))
		return err_set(e, ERR_USAGE, "--state: \"" STR_FMT "\" is no state of a job",
			       STR_ARG(str_first(state, 40)));
	if (kind.p != NULL && !job_kind_read(kind, &k))
		return err_set(e, ERR_USAGE, "--kind: \"" STR_FMT "\" is no kind of job",
			       STR_ARG(str_first(kind, 40)));
	*f = (struct job_filter){
		.state = state.p != NULL ? (int)s : -1,
		.kind = kind.p != NULL ? (int)k : -1,
		.all = call_has(call, "all") || (state.p != NULL && !job_lives(s)),
		.most = MOST,
	};
	return true;
}

static bool job_all(struct app *app, const struct call *call, struct err *e)
{
	struct job_filter filter;
	struct job_row j;
	autohome h = { 0 };
	autorows rows = NULL;

	if (!read_filter(call, &filter, e) || !home_open(app->home, app->arena, &h, e) ||
	    !job_list(h.db, &filter, &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (job_next_row(rows, &j, e))
		put_job(&app->out, &j);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool job_named(struct db *d, struct str word, struct arena *a, struct job_row *out,
		      struct err *e)
{
	int64_t id;

	if (!call_number(word, "job", &id, e))
		return false;
	return job_by_id(d, id, a, out, e) ||
	       (e->kind == ERR_NONE &&
		err_set(e, ERR_ABSENT, "there is no job " STR_FMT ": see 'waker job list --all'",
			STR_ARG(word)));
}

static bool job_show(struct app *app, const struct call *call, struct err *e)
{
	struct job_row j;
	autohome h = { 0 };

	if (!home_open(app->home, app->arena, &h, e) ||
	    !job_named(h.db, call->arg[0], app->arena, &j, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_job(&app->out, &j);
	out_end(&app->out);
	return true;
}

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct job_row *j, struct err *e)
{
	struct audit_said said[] = {
		{ "kind", job_kind_word(j->kind) },
		{ "key", j->key },
	};
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = arena_fmt(app->arena, "job %lld", (long long)j->id),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(h->db, &x, app->arena, e);
}

static bool decide_one(struct app *app, const struct home *h, const struct call *call,
		       struct str word, struct err *e)
{
	bool retry = str_eq(command_verb(call->command), S("retry")), was;
	struct job_row j;

	if (!job_named(h->db, word, app->arena, &j, e))
		return false;
	if (!(retry ? job_retry : job_cancel)(h->db, j.id, h->now, &was, e))
		return false;
	if (!was)
		return err_set(e, ERR_CONFLICT, "job " STR_FMT " is " STR_FMT ": %s", STR_ARG(word),
			       STR_ARG(job_state_word(j.state)),
			       j.state == JOB_RUNS ? "it cannot be changed while it runs"
						   : "it is over");
	return job_by_id(h->db, j.id, app->arena, &j, e) && tell_audit(app, call, h, &j, e);
}

static bool decide(struct app *app, const struct call *call, const struct home *h, struct err *e)
{
	if (!db_begin(h->db, e))
		return false;
	for (size_t i = 0; i < call->count; i++)
		if (!decide_one(app, h, call, call->arg[i], e)) {
			db_abort(h->db);
			return false;
		}
	if (!app->dry_run)
		return audit_commit(h, app->arena, e);
	db_abort(h->db);
	app_say(app, "This was a dry run: nothing was changed.");
	return true;
}

static bool job_decide(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct job_row j;

	if (!home_open(app->home, app->arena, &h, e) || !decide(app, call, &h, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	for (size_t i = 0; i < call->count; i++) {
		if (!job_named(h.db, call->arg[i], app->arena, &j, e))
			return false;
		put_job(&app->out, &j);
	}
	out_end(&app->out);
	return true;
}

static const struct option list_options[] = {
	{ "state", "STATE", "waiting|running|done|parked|cancelled", "only those in this state" },
	{ "kind", "KIND", "fetch|drop|settle|seal|send|hear|collect|page|retro",
	  "only those of this kind" },
	{ "all", NULL, NULL, "also what is over (kept for 30 days)" },
	{ 0 },
};

static const struct option decide_options[] = { AUDITED_BY, { 0 } };

static const struct command rows[] = {
	{ "job list",
	  "",
	  "List what is to be done, and what failed",
	  READS,
	  0,
	  0,
	  list_options,
	  { "waker job list", "waker job list --state parked" },
	  NULL,
	  job_all },
	{ "job show",
	  "JOB",
	  "Show one job",
	  READS,
	  1,
	  1,
	  NULL,
	  { "waker job show 12", "waker job show 12 --json" },
	  NULL,
	  job_show },
	{ "job retry",
	  "JOB…",
	  "Do parked or waiting jobs now",
	  CHANGES,
	  1,
	  CLI_MAX_ARGS,
	  decide_options,
	  { "waker job retry 12", "waker job retry 12 13 --by j.doe" },
	  "A job that fails for a reason that may pass is tried again by itself, later each time. "
	  "What "
	  "cannot pass by itself (a feed file that is wrong, bytes that cannot be read) is parked "
	  "until "
	  "it is put right and retried, or cancelled.",
	  job_decide },
	{ "job cancel",
	  "JOB…",
	  "Give up parked or waiting jobs",
	  CHANGES,
	  1,
	  CLI_MAX_ARGS,
	  decide_options,
	  { "waker job cancel 12", "waker job cancel 12 --dry-run" },
	  "The file of a cancelled `drop` stays in the inbox, and becomes another job when it "
	  "changes.",
	  job_decide },
};

const struct noun noun_job = { "job", "what `waker run` has to do", rows, COUNTOF(rows) };
