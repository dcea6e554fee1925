#include "base/buf.h"
#include "base/list.h"
#include "base/time.h"
#include "store/life.h"
#include "store/statements.gen.h"

enum { IDS = 64 << 20 };

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

// Those that are left no longer wait for a source that has seen them by this batch alone.
static bool mixed(struct db *d, int64_t batch, struct err *e)
{
	autoarena a = { 0 };
	LIST(int64_t) ids = { 0 };
	autorows r = NULL;

	arena_init(&a, IDS);
	if (!db_query(d, STATEMENT_VOID_MIXED, &DB_I(batch), 1, &r, e))
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

bool void_sightings(struct db *d, int64_t batch, int64_t *count, struct err *e)
{
	if (!db_run(d, STATEMENT_VOID_SIGHTINGS, &DB_I(batch), 1, e))
		return false;
	*count = db_changed(d);
	return db_run(d, STATEMENT_VOID_EVIDENCE, &DB_I(batch), 1, e);
}

bool void_findings(struct db *d, const struct voiding *v, int64_t *count, struct err *e)
{
	struct db_value left[] = { DB_I(v->batch), DB_I(TIME_EVER) };
	struct db_value note[] = { DB_I(v->batch), DB_I(v->now), DB_I(DO_VOID), DB_T(v->reason),
				   DB_I(TIME_NEVER) };
	struct db_value make[] = { DB_I(v->batch), DB_I(v->now), DB_I(TIME_NEVER) };

	if (!db_run(d, STATEMENT_VOID_COUNT, left, COUNTOF(left), e) ||
	    !db_run(d, STATEMENT_VOID_NOTE, note, COUNTOF(note), e) ||
	    !db_run(d, STATEMENT_VOID_MAKE, make, COUNTOF(make), e))
		return false;
	*count = db_changed(d);
	return mixed(d, v->batch, e);
}
