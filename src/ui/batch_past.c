// What became of a batch, its bytes, and reading it once more.
#include "ui/batch_past.h"

#include "base/time.h"
#include "os/seal_key.h"
#include "task/past/replay.h"
#include "ui/audited.h"
#include "ui/batch.h"
#include "ui/bytes.h"
#include "ui/watch_home.h"

enum { JUNK_MOST = JUNK_KINDS + 1, JUNK_TEXT = 80 };

static const struct column show_columns[] = {
	{ "batch", "Batch", false },
	{ "feed", "Feed", true },
	{ "type", "Type", true },
	{ "day", "Day", false },
	{ "file", "Came as", true },
	{ "arrived", "Arrived", false },
	{ "state", "State", false },
	{ "reason", "Reason", true },
	{ "records", "Records", false },
	{ "hits", "Hits", false },
	{ "junk", "Could not be read", true },
	{ "findings", "Findings that it saw", false },
	{ "opened", "Of them seen first", false },
	{ "voided", "Taken back", false },
	{ "bytes", "Bytes", false },
	{ "sha256", "SHA-256", true },
	{ "archive", "In the archive", true },
	{ "archive_state", "Its file", false },
};

static bool put_junk(struct app *app, struct db *d, int64_t id, struct err *e)
{
	struct str texts[JUNK_MOST];
	struct batch_count junk;
	autorows r = NULL;
	size_t n = 0;

	if (!batch_junk(d, id, &r, e))
		return false;
	while (n < JUNK_MOST && batch_next_junk(r, &junk, e))
		texts[n++] = arena_fmt(app->arena, STR_FMT ": %llu", STR_ARG(junk.reason),
				       (unsigned long long)junk.count);
	out_texts(&app->out, texts, n);
	return e->kind == ERR_NONE;
}

static bool show(struct app *app, struct db *d, const struct batch_row *b, struct err *e)
{
	struct out *o = &app->out;
	struct batch_more more;
	char hex[DIGEST_TEXT];

	if (!batch_more(d, b->batch.id, &more, e))
		return false;
	digest_hex(more.sum, hex);
	out_record(o, show_columns, COUNTOF(show_columns));
	out_int(o, b->batch.id);
	out_text(o, b->feed);
	out_text(o, b->batch.type);
	out_day(o, b->batch.day);
	out_text(o, b->batch.file);
	out_time(o, b->batch.arrived);
	out_text(o, batch_state_word(b->batch.state));
	out_text(o, b->reason);
	out_int(o, (int64_t)b->records);
	out_int(o, (int64_t)b->hits);
	if (!put_junk(app, d, b->batch.id, e))
		return false;
	out_int(o, more.findings);
	out_int(o, more.opened);
	out_int(o, more.voided);
	out_int(o, (int64_t)b->batch.kept.bytes);
	out_text(o, str_of(hex));
	out_text(o, str_of(b->batch.kept.path));
	out_text(o, b->batch.kept.path[0] == '\0'
			    ? S("gone: its time was over")
			    : archive_fault_word((enum archive_fault)more.fault));
	out_end(o);
	return true;
}

bool batch_show(struct app *app, const struct call *call, struct err *e)
{
	struct batch_row b;
	autohome h = { 0 };

	return home_open(app->home, app->arena, &h, e) &&
	       batch_named(h.db, call->arg[0], app->arena, &b, e) && show(app, h.db, &b, e);
}

bool batch_get(struct app *app, const struct call *call, struct err *e)
{
	struct batch_row b;
	autohome h = { 0 };
	struct str path;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !batch_named(h.db, call->arg[0], app->arena, &b, e))
		return false;
	if (b.batch.kept.path[0] == '\0')
		return err_set(e, ERR_ABSENT,
			       "the bytes of batch %lld are gone: their time was over",
			       (long long)b.batch.id);
	path = str_of(home_path(&h, "archive", app->arena));
	return bytes_give(app, call,
			  arena_fmt(app->arena, STR_FMT "/%s", STR_ARG(path), b.batch.kept.path),
			  e);
}

// ---- once more

static const struct column replay_columns[] = {
	{ "batch", "Batch", false },
	{ "records", "Records", false },
	{ "hits", "Hits", false },
	{ "opened", "New", false },
	{ "again", "Again", false },
	{ "candidates", "Candidates", false },
	{ "held", "Held back", false },
	{ "reopened", "Came back", false },
	{ "old", "Too old then", false },
	{ "early", "Before the proof", false },
	{ "suppressed", "False alarms", false },
	{ "ended", "Over", false },
	{ "at_once", "Told at once", false },
	{ "digest", "In a digest", false },
};

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct batch_row *b, const struct replayed *r, struct err *e)
{
	struct audit_said said[] = {
		{ "feed", b->feed },
		{ "file", b->batch.file },
		{ "reason", call_option(call, "reason") },
		{ "new", arena_fmt(app->arena, "%llu", (unsigned long long)r->report.fresh) },
	};
	struct audit_entry x = {
		.by = audited_by(call, h->now),
		.subject = arena_fmt(app->arena, "batch %lld", (long long)b->batch.id),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(h->db, &x, app->arena, e);
}

static void put_replayed(struct out *o, int64_t batch, const struct replayed *r)
{
	const struct run_report *x = &r->report;
	const uint64_t counts[] = { x->tally.records, x->tally.hits, x->fresh,    x->refreshed,
				    x->candidates,    x->held,       x->reopened, x->old,
				    r->early,         x->suppressed };

	out_table(o, replay_columns, COUNTOF(replay_columns));
	out_int(o, batch);
	for (size_t i = 0; i < COUNTOF(counts); i++)
		out_int(o, (int64_t)counts[i]);
	out_int(o, r->settled.ended);
	out_int(o, r->settled.at_once);
	out_int(o, r->settled.digest);
	out_end(o);
}

static bool replay(struct app *app, const struct call *call, struct watch_home *h,
		   const struct seal_secret *key, struct err *e)
{
	struct past past = past_of(&h->home, key, &h->a);
	struct replayed r;
	struct batch_row b;

	if (!batch_named(h->home.db, call->arg[0], &h->a, &b, e) ||
	    !past_replay(&past, &h->ready, &b, &r, e))
		return false;
	put_replayed(&app->out, b.batch.id, &r);
	return audited_keep(app, &h->home, tell_audit(app, call, &h->home, &b, &r, e), e);
}

bool batch_replay(struct app *app, const struct call *call, struct err *e)
{
	struct str key = call_option(call, "key");
	struct seal_secret secret;
	autowatchhome h = { 0 };
	bool ok;

	if (!watch_home_open(app, (struct str){ 0 }, &h, e) ||
	    (key.p != NULL && !seal_secret_read(str_z(app->arena, key), &secret, e)))
		return false;
	ok = replay(app, call, &h, key.p != NULL ? &secret : NULL, e);
	explicit_bzero(&secret, sizeof secret);
	return ok;
}
