#include "base/buf.h"
#include "base/list.h"
#include "base/time.h"
#include "store/cve.h"
#include "store/life.h"
#include "store/notice.h"
#include "store/statements.gen.h"

enum { IDS = 512 << 20 }; // address space

bool report_same(struct db *d, const struct report *r, int64_t *batch, struct err *e)
{
	struct db_value args[] = { DB_I(r->feed), DB_T(r->type), DB_I(r->day),
				   DB_T(r->file), DB_I(r->done), DB_I(r->batch) };

	return db_one(d, STATEMENT_REPORT_SAME, args, COUNTOF(args), batch, e);
}

static bool sources_again(struct db *d, int64_t finding, struct err *e)
{
	char text[2][SOURCES_TEXT];
	struct buf b = { .p = text[0], .cap = SOURCES_TEXT };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_SOURCES_OF, &DB_I(finding), 1, &r, e))
		return false;
	for (unsigned i = 1; db_next(r, e); i++) {
		struct str was = buf_view(&b);

		b = (struct buf){ .p = text[i % 2], .cap = SOURCES_TEXT };
		sources_join(was, db_text(r, 0), db_text(r, 1), &b);
	}
	if (e->kind != ERR_NONE)
		return false;
	struct db_value args[] = { DB_I(finding), DB_T(buf_view(&b)) };
	return db_run(d, STATEMENT_SOURCES_PUT, args, COUNTOF(args), e);
}

// Those that are left no longer wait for a source that has seen them by this alone.
static bool mixed(struct db *d, struct err *e)
{
	autoarena a = { 0 };
	LIST(int64_t) ids = { 0 };
	autorows r = NULL;

	arena_init(&a, IDS);
	if (!db_query(d, STATEMENT_VOID_MIXED, NULL, 0, &r, e))
		return false;
	while (db_next(r, e))
		*list_add(&ids, &a) = db_int(r, 0);
	if (e->kind != ERR_NONE)
		return false;
	LIST_EACH (const int64_t, id, &ids)
		if (!sources_again(d, *id, e))
			return false;
	return true;
}

bool void_choose(struct db *d, const struct void_filter *f, struct err *e)
{
	struct db_value args[] = {
		f->batch > 0 ? DB_I(f->batch) : DB_0,
		f->feed.n > 0 ? DB_T(f->feed) : DB_0,
		f->type.n > 0 ? DB_T(f->type) : DB_0,
		f->issue.n > 0 ? DB_T(f->issue) : DB_0,
		f->member.n > 0 ? DB_T(f->member) : DB_0,
		DB_I(f->since),
		DB_I(f->until),
	};

	return db_run(d, STATEMENT_VOID_CHOOSE, args, COUNTOF(args), e);
}

bool void_choose_batch(struct db *d, int64_t batch, struct err *e)
{
	struct db_value told[] = { DB_I(batch), DB_I(DO_MORE) };

	return db_run(d, STATEMENT_VOID_BATCH, &DB_I(batch), 1, e) &&
	       db_run(d, STATEMENT_VOID_TOLD, told, COUNTOF(told), e) &&
	       exploited_forget(d, batch, e);
}

bool void_chosen(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_VOID_CHOSEN, NULL, 0, out, e);
}

bool void_next_chosen(struct db_rows *r, int64_t *finding, struct str *seen, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*finding = db_int(r, 0);
	*seen = db_text(r, 1);
	return true;
}

bool void_spare(struct db *d, int64_t finding, struct err *e)
{
	return db_run(d, STATEMENT_VOID_SPARE, &DB_I(finding), 1, e);
}

bool void_reach(struct db *d, int64_t *findings, int64_t *members, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_VOID_REACH, NULL, 0, &r, e) || !db_next(r, e))
		return false;
	*findings = db_int(r, 0);
	*members = db_int(r, 1);
	return true;
}

bool void_clear(struct db *d, struct err *e)
{
	return db_run(d, STATEMENT_VOID_CLEAR, NULL, 0, e);
}

bool void_sightings(struct db *d, int64_t *count, struct err *e)
{
	if (!db_run(d, STATEMENT_VOID_SIGHTINGS, NULL, 0, e))
		return false;
	*count = db_changed(d);
	return db_run(d, STATEMENT_VOID_EVIDENCE, NULL, 0, e);
}

static bool demote(struct db *d, const struct voiding *v, struct err *e)
{
	struct db_value note[] = { DB_I(v->now), DB_I(DO_RECALL), DB_T(v->reason),
				   DB_I(TIME_NEVER) };
	struct db_value make[] = { DB_I(v->now), DB_I(DO_RECALL), DB_I(TIME_NEVER),
				   DB_I(STRENGTH_WEAK) };

	return db_run(d, STATEMENT_DEMOTE_NOTE, note, COUNTOF(note), e) &&
	       db_run(d, STATEMENT_DEMOTE_MAKE, make, COUNTOF(make), e) &&
	       db_run(d, STATEMENT_DEMOTE_UNDO, NULL, 0, e);
}

struct unfounded {
	LIST(struct cve_unfounded) at;
};

static bool unfounded_all(struct db *d, struct arena *a, struct unfounded *out, struct err *e)
{
	autorows r = NULL;
	struct cve_unfounded u;

	if (!cve_unfounded(d, &r, e))
		return false;
	while (cve_next_unfounded(r, &u, e))
		*list_add(&out->at, a) = u;
	return e->kind == ERR_NONE;
}

// *now: the finding's life, as those before have left it; whatever came after u's change stays.
static bool unsay(struct db *d, const struct voiding *v, const struct cve_unfounded *u,
		  struct life *now, int64_t *stopped, struct err *e)
{
	struct change_row c = {
		.finding = u->finding,
		.at = v->now,
		.act = DO_RECALL,
		.was = *now,
		.is = u->was,
		.reason = v->reason,
		.batch = u->batch,
	};
	int64_t count;

	if (!change_undone(d, u->change, e) ||
	    !notice_unsay(d, u->finding, u->batch, v->now, &count, e))
		return false;
	*stopped += count;
	if (now->state != FINDING_OPEN || now->since != u->at)
		return true;
	*now = u->was;
	return finding_life(d, u->finding, now, e) && change_add(d, &c, e);
}

static bool unsay_all(struct db *d, const struct voiding *v, int64_t *stopped, struct err *e)
{
	autoarena a = { 0 };
	struct unfounded all = { 0 };
	struct life now = { 0 };
	int64_t of = 0;

	arena_init(&a, IDS);
	if (!unfounded_all(d, &a, &all, e))
		return false;
	LIST_EACH (const struct cve_unfounded, u, &all.at) {
		if (u->finding != of)
			now = u->is;
		of = u->finding;
		if (!unsay(d, v, u, &now, stopped, e))
			return false;
	}
	return true;
}

bool void_findings(struct db *d, const struct voiding *v, struct voided *out, struct err *e)
{
	struct db_value note[] = { DB_I(v->now), DB_I(DO_VOID), DB_T(v->reason), DB_I(TIME_NEVER) };
	struct db_value make[] = { DB_I(v->now), DB_I(TIME_NEVER) };

	*out = (struct voided){ 0 };
	if (!db_run(d, STATEMENT_VOID_COUNT, &DB_I(TIME_EVER), 1, e) ||
	    !db_run(d, STATEMENT_VOID_NOTE, note, COUNTOF(note), e) ||
	    !db_run(d, STATEMENT_VOID_MAKE, make, COUNTOF(make), e))
		return false;
	out->gone = db_changed(d);
	return mixed(d, e) && demote(d, v, e) && unsay_all(d, v, &out->stopped, e);
}

bool recall_add(struct db *d, int64_t now, int64_t sightings, int64_t *id, struct err *e)
{
	struct db_value args[] = { DB_I(now), DB_I(sightings) };

	return db_one(d, STATEMENT_RECALL_ADD, args, COUNTOF(args), id, e);
}

bool recall_done(struct db *d, const struct recall_end *r, struct recall_told *out, struct err *e)
{
	struct db_value done[] = { DB_I(r->id), DB_I(r->findings) };
	struct db_value told[] = { DB_I(r->id), DB_I(r->now) };
	struct db_value correct[] = { DB_I(r->id), DB_I(r->now), DB_I(DO_MORE) };
	autorows rows = NULL;

	if (!db_run(d, STATEMENT_RECALL_DONE, done, COUNTOF(done), e) ||
	    !db_run(d, STATEMENT_RECALL_CORRECT, correct, COUNTOF(correct), e) ||
	    !db_query(d, STATEMENT_RECALL_NOTICES, told, COUNTOF(told), &rows, e) ||
	    !db_next(rows, e))
		return false;
	out->stopped = r->stopped + db_int(rows, 0);
	out->corrections = db_int(rows, 1);
	return true;
}
