#include "task/life/recall.h"

#include "base/list.h"
#include "base/time.h"
#include "codec/net/address.h"
#include "store/member.h"
#include "task/audit/write.h"
#include "task/life/settle.h"
#include "task/tell/plan.h"
#include "ui/audited.h"
#include "ui/batch.h"
#include "ui/nouns.h"

enum { RECALL_MAX = 10000 }; // batches of one recall

static const struct column columns[] = {
	{ "recall", "Recall", false },
	{ "batches", "Batches", false },
	{ "sightings", "Sightings", false },
	{ "findings", "Findings", false },
	{ "gone", "That go", false },
	{ "members", "Members", false },
	{ "stopped", "Notices that do not go", false },
	{ "corrections", "Members to correct", false },
};

struct work {
	struct app *app;
	const struct call *call;
	struct home home;
	struct void_filter filter;
	bool narrow; // sightings, not batches whole
	LIST(struct batch_row) batches;
	LIST(struct void_filter) some;
};

// "--batch" or "--since" as typed.
static struct str option_of(const struct work *w, const char *name)
{
	return call_option(w->call, name);
}

static bool read_day(const struct work *w, const char *name, int64_t *out, struct err *e)
{
	struct str day = option_of(w, name);

	if (day.p == NULL)
		return true;
	if (!time_read(day, out))
		return err_set(e, ERR_USAGE, "--%s: \"" STR_FMT "\" is no day such as 2026-03-02",
			       name, STR_ARG(str_first(day, 40)));
	*out = time_day(*out);
	return true;
}

static bool read_seen(const struct work *w, struct err *e)
{
	struct str seen = option_of(w, "seen");
	struct address a;
	struct prefix p;
	struct str rest = seen, first = str_cut(&rest, '/');

	if (rest.n == 0 || !address_read(first, &a))
		return true;
	return prefix_read(seen, &p, e) || err_in(e, "--seen");
}

static bool read_filter(struct work *w, struct err *e)
{
	struct void_filter *f = &w->filter;
	int64_t day = TIME_EVER;

	*f = (struct void_filter){
		.feed = option_of(w, "feed"),
		.type = option_of(w, "type"),
		.issue = option_of(w, "issue"),
		.member = option_of(w, "of"),
		.since = TIME_EVER,
		.until = TIME_NEVER,
	};
	w->narrow = f->issue.n > 0 || f->member.n > 0 || option_of(w, "seen").n > 0;
	if (!read_day(w, "day", &day, e) || !read_day(w, "since", &f->since, e) ||
	    !read_day(w, "until", &f->until, e) || !read_seen(w, e))
		return false;
	if (day != TIME_EVER && (option_of(w, "since").n > 0 || option_of(w, "until").n > 0))
		return err_set(e, ERR_USAGE, "--day, or --since and --until: not both");
	if (day != TIME_EVER)
		f->since = f->until = day;
	if (w->call->count == 0 && option_of(w, "batch").n == 0 && f->feed.n == 0 && !w->narrow)
		return err_set(e, ERR_USAGE,
			       "numbers of batches, or which sightings: --feed, --issue, --of or "
			       "--seen (with --type, --since and --until)");
	return true;
}

static bool fits(const struct work *w, const struct batch_row *b)
{
	const struct void_filter *f = &w->filter;

	return (f->feed.n == 0 || str_eq(f->feed, b->feed)) &&
	       (f->type.n == 0 || str_eq(f->type, b->batch.type)) &&
	       (w->narrow || (f->since <= b->batch.day && b->batch.day <= f->until));
}

static bool by_number(struct work *w, struct str word, struct err *e)
{
	struct batch_row *b = list_add(&w->batches, w->app->arena);

	if (!batch_named(w->home.db, word, w->app->arena, b, e))
		return false;
	return fits(w, b) || err_set(e, ERR_USAGE, "batch " STR_FMT " is not what the filter says",
				     STR_ARG(word));
}

static bool numbered(struct work *w, struct err *e)
{
	struct str one = option_of(w, "batch");

	for (size_t i = 0; i < w->call->count; i++)
		if (!by_number(w, w->call->arg[i], e))
			return false;
	return one.p == NULL || by_number(w, one, e);
}

static bool listed(struct work *w, struct err *e)
{
	struct arena *a = w->app->arena;
	struct batch_row b;
	autorows rows = NULL;

	if (!batch_list(w->home.db, w->filter.feed, BATCH_DONE, &rows, e))
		return false;
	while (batch_next_row(rows, &b, e)) {
		if (!fits(w, &b))
			continue;
		if (w->batches.count == RECALL_MAX)
			return err_set(e, ERR_LIMIT, "more than %d batches: narrow the filter",
				       (int)RECALL_MAX);
		b.feed = arena_str(a, b.feed);
		b.batch.type = arena_str(a, b.batch.type);
		*list_add(&w->batches, a) = b;
	}
	return e->kind == ERR_NONE;
}

// Numbers and filters all hold: sightings of these batches, or of any.
static void narrowed(struct work *w)
{
	struct void_filter any = w->filter;

	if (w->batches.count == 0)
		*list_add(&w->some, w->app->arena) = any;
	LIST_EACH (const struct batch_row, b, &w->batches) {
		any.batch = b->batch.id;
		*list_add(&w->some, w->app->arena) = any;
	}
	w->batches.count = 0;
}

static bool which(struct work *w, struct err *e)
{
	if (!read_filter(w, e) || !member_is(w->home.db, w->filter.member, w->app->arena, e) ||
	    !numbered(w, e))
		return false;
	if (w->narrow)
		narrowed(w);
	else if (w->batches.count == 0)
		return listed(w, e);
	return true;
}

static struct str number(struct work *w, int64_t n)
{
	return arena_fmt(w->app->arena, "%lld", (long long)n);
}

static bool tell_audit(struct work *w, const struct recalled *r, struct err *e)
{
	bool one = w->batches.count == 1;
	struct audit_said said[] = {
		{ "recall", number(w, r->id) },
		{ "batch", option_of(w, "batch") },
		{ "feed", one ? w->batches.at[0].feed : w->filter.feed },
		{ "type", one ? w->batches.at[0].batch.type : w->filter.type },
		{ "day", option_of(w, "day") },
		{ "since", option_of(w, "since") },
		{ "until", option_of(w, "until") },
		{ "issue", w->filter.issue },
		{ "of", w->filter.member },
		{ "seen", option_of(w, "seen") },
		{ "batches", number(w, (int64_t)w->batches.count) },
		{ "sightings", number(w, r->sightings) },
		{ "findings that go", number(w, r->gone) },
		{ "corrections", number(w, r->told.corrections) },
		{ "reason", option_of(w, "reason") },
	};
	struct audit_entry x = {
		.by = audited_by(w->call, w->home.now),
		.subject = one ? arena_fmt(w->app->arena, "batch %lld",
					   (long long)w->batches.at[0].batch.id)
			       : arena_fmt(w->app->arena, "recall %lld", (long long)r->id),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(w->home.db, &x, w->app->arena, e);
}

static void show(struct work *w, const struct recalled *r)
{
	struct out *o = &w->app->out;

	out_table(o, columns, COUNTOF(columns));
	out_int(o, r->id);
	out_int(o, (int64_t)w->batches.count);
	out_int(o, r->sightings);
	out_int(o, r->findings);
	out_int(o, r->gone);
	out_int(o, r->members);
	out_int(o, r->told.stopped);
	out_int(o, r->told.corrections);
	out_end(o);
}

static bool recall(struct work *w, struct err *e)
{
	struct str given = option_of(w, "reason");
	struct recalling r = {
		.now = w->home.now,
		.seen = option_of(w, "seen"),
	};
	const struct planning p = { .now = w->home.now };
	struct recalled done;
	struct settled settled;
	struct planned planned;
	struct db *d = w->home.db;

	if (!which(w, e))
		return false;
	r.reason = given.p != NULL ? given
		   : w->narrow     ? S("it was recalled")
				   : S("the batch was recalled");
	r.whole = w->batches.at;
	r.count = w->batches.count;
	r.some = w->some.at;
	r.filters = w->some.count;
	if (!life_recall(d, &r, &done, e) || !tell_audit(w, &done, e) ||
	    !life_settle(d, w->home.now, 0, &settled, e) || !notice_plan(d, &p, &planned, e))
		return false;
	show(w, &done);
	return w->app->dry_run ||
	       app_confirm(w->app, (uint64_t)done.sightings, "would take back sightings", e);
}

static bool recall_home(struct work *w, struct err *e)
{
	struct app *app = w->app;

	if (!home_open(app->home, app->arena, &w->home, e) || !db_begin(w->home.db, e))
		return false;
	if (!recall(w, e) || app->dry_run) {
		db_abort(w->home.db);
		if (e->kind == ERR_NONE)
			app_say(app, "This was a dry run: nothing was changed.");
		return e->kind == ERR_NONE;
	}
	return audit_commit(&w->home, app->arena, e);
}

static bool recall_run(struct app *app, const struct call *call, struct err *e)
{
	struct work w = { .app = app, .call = call };
	bool good = recall_home(&w, e);

	home_close(&w.home);
	return good;
}

// clang-format off
static const struct option options[] = {
	{ "batch", "NUMBER", NULL, "of this batch, as a number alone says it" },
	{ "feed", "NAME", NULL, "of this feed" },
	{ "type", "TYPE", NULL, "of this report type" },
	{ "day", "DATE", NULL, "of this day" },
	{ "since", "DATE", NULL, "of this day and later" },
	{ "until", "DATE", NULL, "of this day and before" },
	{ "issue", "ISSUE", NULL, "only of this issue, as in exposed.rdp" },
	{ "of", "MEMBER", NULL, "only of this member" },
	{ "seen", "WHAT", NULL, "only of this address, prefix or name, and what is below it" },
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
	{ 0 },
};
static const struct command rows[] = {
	{ "recall", "[NUMBER…]", "Take back what was seen, as if it had never come", CHANGES, 0, 1000, options,
	  { "waker recall 17 --dry-run",
	    "waker recall --feed shadowserver --issue exposed.rdp --seen 198.51.100.0/24 --since 2026-03-10 --reason 'their lab'" },
	  "All that is said must hold. By batch, feed, type and day, batches are taken back whole: what "
	  "they lacked proves nothing either. With --issue, --of or --seen, only such sightings are, and "
	  "the batches keep their word on everything else. Findings of which nothing is left go, what "
	  "was a finding by nothing else is a candidate again, and the others live on by what is left. "
	  "Who was told of what goes is owed one correction.", recall_run },
};
// clang-format on

const struct noun noun_recall = { "recall", "take back what was seen", rows, COUNTOF(rows) };
