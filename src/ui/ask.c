#include "task/past/ask.h"

#include "codec/text/json_out.h"
#include "model/feed/event_json.h"
#include "model/retention/retention.h"
#include "os/idn.h"
#include "os/seal_key.h"
#include "ui/limits.h"
#include "ui/nouns.h"
#include "ui/progress.h"
#include "ui/watch_home.h"

enum { EVENT_TEXT_BYTES = 1 << 20 };

static const struct column columns[] = {
	{ "time", "Time", false },      { "member", "Member", false },
	{ "asset", "Asset", true },     { "feed", "Feed", false },
	{ "type", "Type", true },       { "batch", "Batch", false },
	{ "record", "Record", false },  { "file", NULL, true },
	{ "field", "Stands in", true }, { "value", "As", true },
	{ "source", "Source", true },   { "what", "What", true },
	{ "event", NULL, false },
};

struct view {
	struct app *app;
	const struct roster *roster;
	struct buf json;
};

static void put_or_none(struct out *o, struct str s)
{
	if (s.n > 0)
		out_text(o, s);
	else
		out_none(o);
}

// What it is about, by the first of these that the record has.
static struct str what_of(const struct event *ev)
{
	static const struct str keys[] = {
		{ "malware.name", 12 },
		{ "classification.identifier", 25 },
		{ "classification.type", 19 },
	};

	for (size_t i = 0; i < COUNTOF(keys); i++) {
		struct str s = event_get(ev, keys[i]);

		if (s.n > 0)
			return s;
	}
	return S("");
}

static struct str source_of(const struct event *ev)
{
	struct str ip = event_get(ev, S("source.ip"));

	return ip.n > 0 ? ip : event_get(ev, S("source.fqdn"));
}

static void put_event(struct view *v, const struct event *ev)
{
	v->json.n = 0;
	v->json.over = false;
	buf_char(&v->json, '{');
	event_json(&v->json, ev, false);
	buf_char(&v->json, '}');
	if (v->json.over)
		out_none(&v->app->out);
	else
		out_json(&v->app->out, buf_view(&v->json));
}

static bool answer(void *context, const struct past_answer *x, struct err *e)
{
	struct view *v = context;
	struct out *o = &v->app->out;

	(void)e;
	out_time(o, x->time);
	put_or_none(o, x->member == ROSTER_NOBODY ? S("") : v->roster->members.at[x->member].slug);
	put_or_none(o, x->asset == ROSTER_NOBODY ? S("") : v->roster->assets.at[x->asset].value);
	out_text(o, x->batch->feed);
	out_text(o, x->batch->type);
	out_int(o, x->batch->id);
	out_int(o, (int64_t)x->hit->record);
	out_text(o, x->batch->file);
	out_text(o, x->field->key);
	out_text(o, x->field->value);
	put_or_none(o, source_of(x->hit->event));
	put_or_none(o, what_of(x->hit->event));
	put_event(v, x->hit->event);
	return true;
}

static bool day_of(const struct call *call, const char *option, int64_t *out, struct err *e)
{
	struct str day = call_option(call, option);

	return day.p == NULL || time_read(day, out) ||
	       err_set(e, ERR_USAGE, "--%s: \"" STR_FMT "\" is no day such as 2026-03-02", option,
		       STR_ARG(str_first(day, 40)));
}

static const struct column life_columns[] = {
	{ "said_by", "Said by", false }, { "type", "Type", true },  { "first", "First", false },
	{ "last", "Last", false },       { "gone", "Gone", false }, { "records", "Records", false },
};

// When each feed that has it said so first and last, and whether it is gone.
static void put_lives(struct app *app, const struct past_lives *l)
{
	struct out *o = &app->out;
	size_t n = 0;

	LIST_EACH (const struct past_life, x, &l->at)
		n += x->has;
	if (n == 0)
		return;
	if (o->form != OUT_JSON)
		out_line(o, "%s", "");
	out_table(o, life_columns, COUNTOF(life_columns));
	LIST_EACH (const struct past_life, x, &l->at) {
		if (!x->has)
			continue;
		out_text(o, x->feed);
		out_text(o, x->type);
		out_time(o, x->first);
		out_time(o, x->last);
		out_day(o, x->gone > 0 ? x->gone : TIME_NEVER);
		out_int(o, (int64_t)x->records);
	}
	out_end(o);
}

static bool say_all(struct app *app, struct past *p, const struct past_question *q,
		    const struct past_answered *x, struct err *e)
{
	int64_t kept = p->home->now - (int64_t)retentions[RETAIN_ARCHIVE].days * TIME_DAY;
	struct past_limits limits;

	put_lives(app, &x->lives);
	app_say(app, "%llu record%s in %llu batches", (unsigned long long)x->records,
		x->records == 1 ? " holds it," : "s hold it,", (unsigned long long)x->batches);
	limits_say_left(app, &p->lefts);
	if (!past_limits(p, q->what.kind == HOLDS_TEXT ? -1 : x->asset, &limits, e))
		return false;
	if (app->out.form == OUT_JSON)
		limits_put(app, &limits, &p->lefts, q->feed);
	limits_say(app, &limits, q->feed, q->since > kept ? q->since : kept);
	return true;
}

static bool ask(struct app *app, const struct call *call, struct watch_home *h,
		const struct seal_secret *key, struct err *e)
{
	struct past past = past_of(&h->home, key, &h->a);
	struct view view = { .app = app, .roster = &h->ready.roster };
	struct progress progress;
	struct past_question q = { .ready = &h->ready,
				   .since = TIME_EVER,
				   .until = TIME_NEVER,
				   .feed = call_option(call, "feed"),
				   .jobs = h->ready.run.jobs,
				   .answer = answer,
				   .progress = progress_at,
				   .context = &view,
				   .progress_context = &progress };
	struct past_answered out;
	bool ok;

	if (!holds_read(call->arg[0], idn_to_ascii, &h->a, &q.what, e) ||
	    !day_of(call, "since", &q.since, e) || !day_of(call, "until", &q.until, e))
		return false;
	if (q.until != TIME_NEVER)
		q.until += TIME_DAY; // that day included
	view.json = (struct buf){ .p = arena_new(&h->a, char, EVENT_TEXT_BYTES),
				  .cap = EVENT_TEXT_BYTES };
	out_table(&app->out, columns, COUNTOF(columns));
	progress = progress_begin(app, "asking the past");
	ok = past_ask(&past, &q, &out, e);
	progress_end(&progress);
	out_end(&app->out);
	return ok && say_all(app, &past, &q, &out, e);
}

static bool ask_past(struct app *app, const struct call *call, struct err *e)
{
	struct str key = call_option(call, "key");
	struct seal_secret secret;
	autowatchhome h = { 0 };
	bool ok;

	if (!watch_home_open(app, call_option(call, "jobs"), &h, e) ||
	    (key.p != NULL && !seal_secret_read(str_z(app->arena, key), &secret, e)))
		return false;
	ok = ask(app, call, &h, key.p != NULL ? &secret : NULL, e);
	explicit_bzero(&secret, sizeof secret);
	return ok;
}

// clang-format off
static const struct option options[] = {
	{ "since", "DATE", NULL, "only what happened from this day on" },
	{ "until", "DATE", NULL, "only what happened up to this day" },
	{ "feed", "NAME", NULL, "only in what this feed brought" },
	{ "key", "KEYFILE", NULL, "the officers' archive.key, to read what is sealed too" },
	{ "jobs", "N", NULL, "read N batches at once; else as waker.conf says" },
	{ 0 },
};
static const struct command rows[] = {
	{ "ask", "ADDRESS|PREFIX|NAME|HASH|CVE|TEXT", "Ask the archive who had this indicator, and when", READS | AUDITS_LOOK, 1, 1, options,
	  { "waker ask 192.0.2.17 --since 2026-01-01", "waker ask evil.example --feed shadowserver --json" },
	  "Every record that holds it, in whichever of its columns, newest day first: also where it matches no asset, as the "
	  "control server in a sinkhole's report. Of a name also all below it; a prefix, all addresses in it; else whole words, in "
	  "either case. The member is whose the record was by who held it then; - where it is nobody's. Values "
	  "of secret columns cannot be asked for. Below the rows stands when each feed said it first and last, and since which "
	  "day its reports no longer have it; and, feed by feed, before which day no evidence is "
	  "possible, and what could not be read: no rows are no proof. With --json that is a line a feed (\"said_by\", \"limits\") and a line a "
	  "reason (\"left_out\").", ask_past },
};
// clang-format on

const struct noun noun_ask = { "ask", "who had this indicator, and when", rows, COUNTOF(rows) };
