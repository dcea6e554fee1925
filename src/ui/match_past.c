#include "ui/match_past.h"

#include "model/finding/finding.h"
#include "model/match/index.h"
#include "os/file.h"
#include "os/idn.h"
#include "os/seal_key.h"
#include "store/roster.h"
#include "task/past/match.h"
#include "task/watch/feed_choice.h"
#include "ui/limits.h"
#include "ui/progress.h"
#include "ui/roster_home.h"

enum { DAYS_MOST = 36600 };

static const struct column columns[] = {
	{ "time", "Time", false },         { "member", "Member", false },
	{ "asset", "Asset", true },        { "feed", "Feed", false },
	{ "type", "Type", true },          { "batch", "Batch", false },
	{ "record", "Record", false },     { "file", NULL, true },
	{ "source", "Source", true },      { "rule", "By", false },
	{ "strength", "Strength", false }, { "told", "Told", false },
};

struct view {
	struct app *app;
	const struct roster *roster;
};

static bool match(void *context, const struct past_match *m, struct err *e)
{
	struct view *v = context;
	struct out *o = &v->app->out;
	const struct asset *x = &v->roster->assets.at[m->claim->asset];
	struct str ip = event_get(m->hit->event, S("source.ip"));

	(void)e;
	out_time(o, m->time);
	out_text(o, v->roster->members.at[m->claim->member].slug);
	out_text(o, x->value);
	out_text(o, m->batch->feed);
	out_text(o, m->batch->type);
	out_int(o, m->batch->id);
	out_int(o, (int64_t)m->hit->record);
	out_text(o, m->batch->file);
	out_text(o, ip.n > 0 ? ip : event_get(m->hit->event, S("source.fqdn")));
	out_text(o, claim_rule_word(m->claim->rule));
	out_text(o, strength_word(m->claim->strength, false));
	out_flag(o, m->proven);
	return true;
}

// "90d", or a day.
static bool since_of(const struct call *call, int64_t now, int64_t *out, struct err *e)
{
	struct str text = call_option(call, "since");
	uint64_t days;

	*out = TIME_EVER;
	if (text.p == NULL)
		return true;
	if (str_has_suffix(text, S("d")) &&
	    str_to_uint(str_first(text, text.n - 1), DAYS_MOST, &days)) {
		*out = now - (int64_t)days * TIME_DAY;
		return true;
	}
	return time_read(text, out) ||
	       err_set(e, ERR_USAGE, "--since: \"" STR_FMT "\" is neither 90d nor 2026-03-02",
		       STR_ARG(str_first(text, 40)));
}

// As `member import` reads it, and nothing is compared or kept: where the file names no members those
// of the home are meant.
static bool read_roster(struct app *app, const struct call *call, struct roster_home *h,
			struct roster_file *file, struct err *e)
{
	struct str path = call_option(call, "members"), bytes;
	struct remarks remarks = { .a = &h->a };
	struct roster old;

	if (!file_read(str_z(&h->a, path), ROSTER_MAX_BYTES, &h->a, &bytes, e) ||
	    !roster_load(h->d, &h->a, &old, e))
		return false;
	roster_file_read(bytes, roster_form_of(bytes), &h->a, file, &remarks);
	roster_file_link(file, &old, &h->a, &remarks);
	roster_tell_remarks(app, &remarks, path);
	return remarks.count[REMARK_REFUSED] == 0 ||
	       err_set(e, ERR_INPUT, STR_FMT ": %zu mistakes", STR_ARG(path),
		       remarks.count[REMARK_REFUSED]);
}

static bool run(struct app *app, struct past *past, struct past_roster *r, struct err *e)
{
	struct progress progress = progress_begin(app, "asking the past");
	struct view view = { app, r->roster };
	struct past_matched out;
	struct past_limits limits;
	bool ok;

	r->match = match;
	r->context = &view;
	r->progress = progress_at;
	r->progress_context = &progress;
	out_table(&app->out, columns, COUNTOF(columns));
	ok = past_match(past, r, &out, e);
	progress_end(&progress);
	out_end(&app->out);
	if (!ok || !past_limits(past, -1, &limits, e))
		return false;
	app_say(app, "%llu hits, of %llu records in %llu batches", (unsigned long long)out.hits,
		(unsigned long long)out.records, (unsigned long long)out.batches);
	limits_say_left(app, &past->lefts);
	if (app->out.form == OUT_JSON)
		limits_put(app, &limits, &past->lefts, r->feed);
	limits_say(app, &limits, r->feed, r->since);
	return true;
}

static bool with_key(struct app *app, const struct call *call, struct roster_home *h,
		     const struct seal_secret *key, struct err *e)
{
	struct past past = past_of(&h->home, key, &h->a);
	struct roster_file file = { 0 };
	struct index *index;
	struct past_roster r = { .roster = &file.roster, .feed = call_option(call, "feed") };

	if (!jobs_choice(call_option(call, "jobs"), h->home.jobs, &r.jobs, e) ||
	    !since_of(call, h->home.now, &r.since, e) || !read_roster(app, call, h, &file, e) ||
	    (!index_build(&file.roster, idn_to_ascii, &h->a, &index, e) &&
	     !err_in(e, STR_FMT, STR_ARG(call_option(call, "members")))))
		return false;
	r.index = index;
	return run(app, &past, &r, e);
}

bool match_past(struct app *app, const struct call *call, struct err *e)
{
	struct str key = call_option(call, "key");
	struct seal_secret secret;
	autorosterhome h = { 0 };
	bool ok;

	if (call->count > 0)
		return err_set(e, ERR_USAGE, "--archive reads the archive: no FILE with it");
	if (!roster_home_open(app, &h, e) ||
	    (key.p != NULL && !seal_secret_read(str_z(app->arena, key), &secret, e)))
		return false;
	ok = with_key(app, call, &h, key.p != NULL ? &secret : NULL, e);
	explicit_bzero(&secret, sizeof secret);
	return ok;
}
