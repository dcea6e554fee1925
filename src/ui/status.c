#include "task/service/status.h"

#include "base/buf.h"
#include "base/time.h"
#include "codec/text/json_out.h"
#include "model/finding/finding.h"
#include "ui/nouns.h"
#include "ui/say.h"

enum { JSON_TEXT = 4 << 20 };

// "3 s", "12 min", "5 h", "9 days"
static struct str ago(struct app *app, int64_t now, int64_t t)
{
	int64_t s = (now - t) / TIME_SECOND;

	if (t == 0)
		return S("never");
	if (s < 120)
		return arena_fmt(app->arena, "%lld s ago", (long long)(s < 0 ? 0 : s));
	if (s < 7200)
		return arena_fmt(app->arena, "%lld min ago", (long long)(s / 60));
	if (s < 172800)
		return arena_fmt(app->arena, "%lld h ago", (long long)(s / 3600));
	return arena_fmt(app->arena, "%lld days ago", (long long)(s / 86400));
}

static void say_workers(struct app *app, const struct status *s)
{
	struct out *o = &app->out;
	char since[TIME_TEXT];

	if (s->workers.count == 0)
		out_line(o, "service     not running");
	LIST_EACH (const struct status_worker, w, &s->workers)
		out_line(o, "%-11s %-7.*s %s%s%.*s%s%.*s", w == s->workers.at ? "service" : "",
			 STR_ARG(w->row.role), w->gone ? "not running" : "runs since ",
			 w->gone ? "" : say_time(w->row.since / TIME_SECOND * TIME_SECOND, since),
			 STR_ARG(w->row.restarts == 0
					 ? S("")
					 : arena_fmt(app->arena, ", started again: %lld",
						     (long long)w->row.restarts)),
			 w->row.said.n > 0 && w->row.restarts > 0 ? ", it " : "",
			 STR_ARG(w->row.restarts > 0 ? w->row.said : S("")));
}

static void say_queue(struct app *app, const struct status *s)
{
	struct out *o = &app->out;
	char next[TIME_TEXT];
	int64_t due = s->depth.due + s->unseen;
	struct str what = S("nothing is due");

	if (s->depth.due > 0)
		what = arena_fmt(app->arena, "%lld due, the first " STR_FMT, (long long)due,
				 STR_ARG(ago(app, s->now, s->depth.oldest)));
	else if (due > 0)
		what = arena_fmt(app->arena, "%lld due", (long long)due);
	out_line(o, "queue       %.*s; at work: %lld; for later: %lld; parked: %lld%s",
		 STR_ARG(what), (long long)s->depth.running, (long long)s->depth.later,
		 (long long)s->depth.parked,
		 s->depth.parked > s->last.stuck ? ", also for held batches" : "");
	if (s->next.id != 0)
		out_line(o, "next        %s  %.*s %.*s",
			 say_time(s->next.due / TIME_SECOND * TIME_SECOND, next),
			 STR_ARG(job_kind_word(s->next.kind)), STR_ARG(s->next.key));
}

static void say_feeds(struct app *app, const struct status *s)
{
	struct out *o = &app->out;

	out_line(o, "feeds       %lld are asked by themselves, %zu of them late or failing",
		 (long long)s->fetched, s->feeds.count);
	LIST_EACH (const struct status_feed, f, &s->feeds)
		out_line(o, "            %.*s: %s%s%.*s%s%.*s", STR_ARG(f->name),
			 f->late ? "late, " : "", f->good > 0 ? "well " : "",
			 STR_ARG(f->good > 0 ? ago(app, s->now, f->good) : S("never well")),
			 f->reason.n > 0 ? ": " : "", STR_ARG(f->reason));
	out_line(o, "last        batch %.*s, hits %.*s, new finding %.*s",
		 STR_ARG(ago(app, s->now, s->last.batch)), STR_ARG(ago(app, s->now, s->last.hit)),
		 STR_ARG(ago(app, s->now, s->last.finding)));
}

static void say_status(struct app *app, const struct status *s)
{
	struct out *o = &app->out;

	say_workers(app, s);
	say_queue(app, s);
	say_feeds(app, s);
	out_line(o, "disk        %.*s", STR_ARG(s->disk));
	out_line(o, "database    %.*s", STR_ARG(s->store));
	out_line(o, "backup      made %.*s, proven %.*s", STR_ARG(ago(app, s->now, s->backup.made)),
		 STR_ARG(ago(app, s->now, s->backup.proven)));
	if (s->needs.count == 0)
		out_line(o, "needs       nobody");
	LIST_EACH (const struct status_need, n, &s->needs) {
		const struct status_noted *c = status_noted(s, n);
		bool taken = c != NULL && c->who.n > 0;

		out_line(o, "%-11s %.*s: %.*s%s%.*s%s", n == s->needs.at ? "needs you" : "",
			 STR_ARG(n->says), STR_ARG(n->remedy), taken ? " (taken up by " : "",
			 STR_ARG(taken ? c->who : S("")), taken ? ")" : "");
	}
}

static void put_moment(struct buf *b, const char *key, int64_t t)
{
	say_member_time(b, key, t == 0 ? TIME_EVER : t);
}

static void put_workers(struct buf *b, const struct status *s)
{
	buf_str(b, S(",\"roles\":["));
	LIST_EACH (const struct status_worker, w, &s->workers) {
		buf_str(b, w == s->workers.at ? S("{\"role\":") : S(",{\"role\":"));
		json_str(b, w->row.role);
		say_member(b, "node", w->row.node);
		buf_fmt(b, ",\"pid\":%lld,\"runs\":%s,\"restarts\":%lld", (long long)w->row.pid,
			w->gone ? "false" : "true", (long long)w->row.restarts);
		say_member_time(b, "since", w->row.since);
		say_member_time(b, "heard", w->row.beat);
		say_member(b, "said", w->row.said);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

static void put_feeds(struct buf *b, const struct status *s)
{
	buf_fmt(b, ",\"feeds\":%lld,\"feeds_late\":[", (long long)s->fetched);
	LIST_EACH (const struct status_feed, f, &s->feeds) {
		buf_str(b, f == s->feeds.at ? S("{\"feed\":") : S(",{\"feed\":"));
		json_str(b, f->name);
		buf_fmt(b, ",\"late\":%s", f->late ? "true" : "false");
		put_moment(b, "good", f->good);
		put_moment(b, "next", f->next);
		say_member(b, "reason", f->reason);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

static void put_json(struct app *app, const struct status *s)
{
	struct buf b = { .p = arena_new(app->arena, char, JSON_TEXT), .cap = JSON_TEXT };

	buf_fmt(&b,
		"{\"running\":%s,\"queue\":%lld,\"running_jobs\":%lld,\"later\":%lld,\"parked\":%"
		"lld",
		s->running ? "true" : "false", (long long)status_queue(s),
		(long long)s->depth.running, (long long)s->depth.later, (long long)s->depth.parked);
	put_moment(&b, "queue_since", s->depth.oldest);
	put_moment(&b, "next_due", s->next.due);
	put_moment(&b, "last_batch", s->last.batch);
	put_moment(&b, "last_hit", s->last.hit);
	put_moment(&b, "last_finding", s->last.finding);
	buf_fmt(&b, ",\"batches_held\":%lld,\"issues_held\":%lld,\"candidates\":%lld",
		(long long)s->last.held, (long long)s->last.breakers,
		(long long)s->last.candidates);
	say_member(&b, "disk", s->disk);
	say_member(&b, "database", s->store);
	put_moment(&b, "backup_made", s->backup.made);
	put_moment(&b, "backup_proven", s->backup.proven);
	put_workers(&b, s);
	put_feeds(&b, s);
	buf_str(&b, S(",\"needs\":["));
	LIST_EACH (const struct status_need, n, &s->needs) {
		const struct status_noted *c = status_noted(s, n);

		buf_str(&b, n == s->needs.at ? S("{\"says\":") : S(",{\"says\":"));
		json_str(&b, n->says);
		say_member(&b, "remedy", n->remedy);
		if (c != NULL)
			buf_fmt(&b, ",\"condition\":%lld", (long long)c->id);
		say_member(&b, "taken_up_by", c != NULL ? c->who : S(""));
		buf_char(&b, '}');
	}
	buf_str(&b, S("]}\n"));
	fwrite(b.p, 1, b.n, app->out.to);
}

static bool status(struct app *app, const struct call *call, struct err *e)
{
	struct status s;
	autohome h = { 0 };

	(void)call;
	if (!home_open_looking(app->home, app->arena, &h, e) || !status_look(&h, app->arena, &s, e))
		return false;
	if (app->out.form == OUT_JSON)
		put_json(app, &s);
	else
		say_status(app, &s);
	if (s.needs.count > 0)
		app->ended = EXIT_FOUND;
	return true;
}

static const struct command rows[] = {
	{ "status",
	  "",
	  "Say in one screen how the service is, and what needs a person",
	  READS,
	  0,
	  0,
	  NULL,
	  { "waker status", "waker status --json" },
	  "The exit status is 7 where anything needs a person. With --json, `queue` counts what is "
	  "due "
	  "and not done yet: jobs, whoever has them, and files of the inbox.",
	  status },
};

const struct noun noun_status = { "status", "how the service is", rows, COUNTOF(rows) };
