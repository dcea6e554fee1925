#include "task/rehearse/rehearse.h"

#include "os/idn.h"
#include "os/seal_key.h"
#include "os/suffix.h"
#include "task/rehearse/asked.h"
#include "task/watch/feed_choice.h"
#include "ui/audited.h"
#include "ui/limits.h"
#include "ui/nouns.h"
#include "ui/progress.h"
#include "ui/rehearsed.h"
#include "ui/roster_home.h"
#include "ui/watch_home.h"

enum { DAYS = REHEARSABLE_DAYS };

static const struct column columns[] = {
	{ "change", "Change", false },     { "member", "Member", false },
	{ "was_member", NULL, false },     { "is", "Is", false },
	{ "would_be", "Would be", false }, { "issue", "Issue", true },
	{ "seen", "Seen", true },          { "severity", "Severity", false },
	{ "was_severity", NULL, false },   { "first_seen", "First seen", false },
	{ "last_seen", NULL, false },      { "told", "Told", true },
	{ "was_told", "Is told", true },
};

static void put_word(struct out *o, struct str word)
{
	if (word.n > 0)
		out_text(o, word);
	else
		out_none(o);
}

static void put_severity(struct out *o, const struct rehearse_side *s)
{
	if (s->standing == STAND_NONE)
		out_none(o);
	else
		out_text(o, severity_word((enum severity)s->severity, false));
}

static void put_told(struct app *app, const struct rehearse_side *s)
{
	char text[80];
	struct buf b = BUF_ON(text);

	if (s->at_once > 0)
		buf_fmt(&b, "%lld at once", (long long)s->at_once);
	if (s->digest > 0)
		buf_fmt(&b, "%s%lld in a digest", b.n > 0 ? ", " : "", (long long)s->digest);
	put_word(&app->out, buf_view(&b));
}

static void put_change(struct app *app, const struct rehearse_change *c)
{
	const struct rehearse_side *s = c->would.standing != STAND_NONE ? &c->would : &c->was;
	struct out *o = &app->out;

	out_text(o, compared_word(c->what));
	out_text(o, s->member);
	put_word(o, c->was.member);
	out_text(o, c->what == COMPARED_MOVED ? c->was.member : standing_word(c->was.standing));
	out_text(o, standing_word(c->would.standing));
	out_text(o, c->issue);
	out_text(o, c->seen);
	put_severity(o, s);
	put_severity(o, &c->was);
	out_time(o, s->first_seen);
	out_time(o, s->last_seen);
	put_told(app, &c->would);
	put_told(app, &c->was);
}

static void say_roster(const struct app *app, const struct rehearse_outcome *out)
{
	const struct difference *d = &out->roster.difference;

	for (unsigned i = 0; i < RECORD_COUNT; i++) {
		const size_t *n = d->count[i];

		if (i != RECORD_CONTACT && n[CHANGE_ADDED] + n[CHANGE_CHANGED] + n[CHANGE_GONE] > 0)
			app_say(app, STR_FMT "s: %zu added, %zu changed, %zu gone",
				STR_ARG(record_word((enum record)i)), n[CHANGE_ADDED],
				n[CHANGE_CHANGED], n[CHANGE_GONE]);
	}
	if (out->concerned == 0)
		app_say(app, "nobody's assets change: nothing would be different");
	else
		app_say(app, "%zu member%s concerned, of whom all is played", out->concerned,
			out->concerned == 1 ? " is" : "s are");
}

static void say_all(const struct app *app, const struct rehearsal *r,
		    const struct rehearse_outcome *out)
{
	const struct rehearse_changes *c = &out->changes;

	if (r->kind == REHEARSE_ROSTER)
		say_roster(app, out);
	if (r->kind == REHEARSE_ISSUES)
		app_say(app, "%zu issue%s differ%s from the table", out->issues,
			out->issues == 1 ? "" : "s", out->issues == 1 ? "s" : "");
	app_say(app, "played: %llu batch%s, %llu records", (unsigned long long)out->batches,
		out->batches == 1 ? "" : "es", (unsigned long long)out->records);
	limits_say_left(app, &out->left);
	for (unsigned i = 0; i < COMPARED_COUNT; i++)
		if (c->count[i] > 0)
			app_say(app, "%llu %s", (unsigned long long)c->count[i],
				compared_says((enum compared)i));
	app_say(app, "%llu finding%s", (unsigned long long)c->same,
		c->same == 1 ? " stays as it is" : "s stay as they are");
	app_say(app, "told: %lld at once (is %lld), %lld in a digest (is %lld)",
		(long long)c->at_once[1], (long long)c->at_once[0], (long long)c->digest[1],
		(long long)c->digest[0]);
}

static void show(struct app *app, const struct rehearsal *r, const struct rehearse_outcome *out)
{
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct rehearse_change, c, &out->changes.at)
		put_change(app, c);
	out_end(&app->out);
	say_all(app, r, out);
}

static bool days_of(const struct call *call, int64_t now, int64_t *since, struct err *e)
{
	struct str given = call_option(call, "days");
	uint64_t days = DAYS;

	if (given.p != NULL && (!str_to_uint(given, REHEARSE_DAYS_MOST, &days) || days == 0))
		return err_set(e, ERR_USAGE, "--days: 1 to %d, not \"" STR_FMT "\"",
			       REHEARSE_DAYS_MOST, STR_ARG(str_first(given, 30)));
	*since = now - (int64_t)days * TIME_DAY;
	return true;
}

// What was played is known as such from now on (task/rehearse/asked.h).
static bool note(const struct app *app, const struct call *call, const struct rehearsal *r,
		 struct err *e)
{
	struct audit_by by = audited_by(call, r->home->now);
	struct audit_entry x = rehearsal_told(r, &by, app->arena);

	return audited_look(app, r->home, &x, e);
}

static bool rehearse_file(struct app *app, const struct call *call, struct err *e)
{
	struct str key = call_option(call, "key");
	struct seal_secret secret;
	struct rehearse_outcome out;
	struct progress progress;
	autowatchhome h = { 0 };
	struct rehearsal r = { .path = call->arg[0],
			       .progress = progress_at,
			       .context = &progress };
	bool ok;

	if (!watch_home_open(app, call_option(call, "jobs"), &h, e) ||
	    !days_of(call, h.home.now, &r.since, e) ||
	    !rehearsed_read(r.path, &h.a, &r.bytes, &r.kind, e) ||
	    (key.p != NULL && !seal_secret_read(str_z(app->arena, key), &secret, e)))
		return false;
	r.home = &h.home;
	r.jobs = h.ready.run.jobs;
	r.warnings = h.ready.run.warnings;
	r.rules = (struct check_rules){ idn_to_ascii, suffix_is_public, h.home.example };
	r.key = key.p != NULL ? &secret : NULL;
	progress = progress_begin(app, "playing");
	ok = rehearse(&r, &h.a, &out, e);
	progress_end(&progress);
	explicit_bzero(&secret, sizeof secret);
	if (r.kind == REHEARSE_ROSTER)
		roster_tell_remarks(app, &out.roster.remarks, call->arg[0]);
	if (!ok)
		return err_in(e, "%s " STR_FMT, rehearse_kind_says(r.kind), STR_ARG(r.path));
	if (!note(app, call, &r, e))
		return false;
	show(app, &r, &out);
	return true;
}

// clang-format off
static const struct option options[] = {
	{ "days", "N", NULL, "of the archive; 30 if not said" },
	{ "key", "KEYFILE", NULL, "the officers' archive.key, to read what is sealed too" },
	{ "jobs", "N", NULL, "read by N children; else as waker.conf says" },
	{ 0 },
};
static const struct command rows[] = {
	{ "rehearse", "FILE", "Show what another roster, feed file, warninglist, policy or issue table would change", READS, 1, 1,
	  options,
	  { "waker rehearse roster-new.csv --days 30",
	    "waker rehearse acme.feed --json" },
	  "FILE is a roster, NAME.feed, a warninglist NAME.json, its policy.conf, or what `waker issue list` prints, edited. The "
	  "archive of the last days is played twice in memory, as everything is today and with the change, each "
	  "batch at the moment when it came; what officers did meanwhile counts in neither. Shown is what would "
	  "be different: findings that would be found, over, another member's, held back, or told otherwise. "
	  "Nothing is changed; that these bytes were rehearsed stands in the audit, and what then makes the change "
	  "(`waker member import`, `waker adopt`) need not ask for it.", rehearse_file },
};
// clang-format on

const struct noun noun_rehearse = { "rehearse", "what a change would have made different", rows,
				    COUNTOF(rows) };
