#include "store/batch.h"

#include "base/time.h"
#include "store/archive.h"
#include "store/statements.gen.h"

#define X(id, word) word,
static const char *const state_words[BATCH_STATE_COUNT] = { BATCH_STATES(X) };
#undef X

struct str batch_state_word(enum batch_state state)
{
	return str_of(state_words[state]);
}

bool batch_state_read(struct str word, enum batch_state *out)
{
	for (unsigned i = 0; i < BATCH_STATE_COUNT; i++)
		if (str_eq(word, str_of(state_words[i]))) {
			*out = (enum batch_state)i;
			return true;
		}
	return false;
}

bool batch_feed_seek(struct db *d, struct str name, int64_t *out, struct err *e)
{
	return db_one(d, STATEMENT_FEED_ID, &DB_T(name), 1, out, e);
}

bool batch_feed(struct db *d, struct str name, int64_t *out, struct err *e)
{
	struct db_value args[] = { DB_T(name) };

	if (batch_feed_seek(d, name, out, e))
		return true;
	return e->kind == ERR_NONE && db_run(d, STATEMENT_FEED_ADD, args, COUNTOF(args), e) &&
	       db_one(d, STATEMENT_FEED_ID, args, COUNTOF(args), out, e);
}

static struct str sum_of(const struct batch *b)
{
	return (struct str){ (const char *)b->kept.sum, DIGEST_BYTES };
}

bool batch_find(struct db *d, const struct batch *b, const struct batch_sought *by,
		struct batch_known *out, struct err *e)
{
	struct db_value args[] = { DB_I(b->feed), DB_B(sum_of(b)),
				   by->day == TIME_EVER ? DB_0 : DB_I(by->day), DB_I(by->let_go) };
	autorows rows = NULL;
	struct str path;

	if (!db_query(d, STATEMENT_BATCH_KNOWN, args, COUNTOF(args), &rows, e) || !db_next(rows, e))
		return false;
	*out = (struct batch_known){ db_int(rows, 0), (enum batch_state)db_int(rows, 1),
				     db_int(rows, 2), db_int(rows, 3), "" };
	path = str_first(db_text(rows, 4), ARCHIVE_PATH - 1);
	memcpy(out->path, path.p, path.n);
	return true;
}

bool batch_add(struct db *d, struct batch *b, struct err *e)
{
	struct db_value args[] = {
		DB_I(b->feed),
		DB_T(b->type),
		DB_I(b->day),
		DB_B(sum_of(b)),
		DB_I((int64_t)b->kept.bytes),
		DB_I(BATCH_ARRIVED),
		DB_I(b->arrived),
		DB_T(b->file),
		DB_T(str_of(b->kept.path)),
	};

	if (!db_one(d, STATEMENT_BATCH_ADD, args, COUNTOF(args), &b->id, e))
		return false;
	b->state = BATCH_ARRIVED;
	return !b->kept.sealed ||
	       archive_note(d, str_of(b->kept.path),
			    (struct str){ (const char *)b->kept.lies, DIGEST_BYTES }, b->arrived,
			    e);
}

bool batch_finish(struct db *d, const struct batch *b, const struct batch_end *end, struct err *e)
{
	struct db_value args[] = { DB_I(b->id), DB_I(end->state), DB_T(end->reason),
				   DB_I((int64_t)end->records), DB_I((int64_t)end->hits) };

	if (!db_run(d, STATEMENT_BATCH_STATE, args, COUNTOF(args), e) ||
	    !db_run(d, STATEMENT_BATCH_JUNK_CLEAR, args, 1, e))
		return false;
	for (size_t i = 0; i < end->junk_count; i++) {
		struct db_value row[] = { DB_I(b->id), DB_T(end->junk[i].reason),
					  DB_I((int64_t)end->junk[i].count) };

		if (end->junk[i].count > 0 &&
		    !db_run(d, STATEMENT_BATCH_JUNK_ADD, row, COUNTOF(row), e))
			return false;
	}
	return true;
}

bool batch_next_row(struct db_rows *r, struct batch_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct batch_row){
		.batch = { .id = db_int(r, 0),
			   .feed = db_int(r, 1),
			   .type = db_text(r, 3),
			   .day = db_int(r, 4),
			   .arrived = db_int(r, 5),
			   .file = db_text(r, 6),
			   .kept = { .bytes = (uint64_t)db_int(r, 8) },
			   .state = (enum batch_state)db_int(r, 9) },
		.feed = db_text(r, 2),
		.reason = db_text(r, 10),
		.records = (uint64_t)db_int(r, 11),
		.hits = (uint64_t)db_int(r, 12),
	};
	struct str path = str_first(db_text(r, 7), ARCHIVE_PATH - 1);
	memcpy(out->batch.kept.path, path.p, path.n);
	return true;
}

bool batch_list(struct db *d, struct str feed, int state, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { feed.n > 0 ? DB_T(feed) : DB_0, state >= 0 ? DB_I(state) : DB_0,
				   DB_0 };

	return db_query(d, STATEMENT_BATCH_LIST, args, COUNTOF(args), out, e);
}

bool batch_by_id(struct db *d, int64_t id, struct arena *a, struct batch_row *out, struct err *e)
{
	struct db_value args[] = { DB_0, DB_0, DB_I(id) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_BATCH_LIST, args, COUNTOF(args), &r, e) ||
	    !batch_next_row(r, out, e))
		return false;
	out->batch.type = arena_str(a, out->batch.type);
	out->batch.file = arena_str(a, out->batch.file);
	out->feed = arena_str(a, out->feed);
	out->reason = arena_str(a, out->reason);
	return true;
}

bool batch_become(struct db *d, int64_t id, enum batch_state state, struct str reason,
		  struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(state), DB_T(reason) };

	return db_run(d, STATEMENT_BATCH_BECOME, args, COUNTOF(args), e);
}

bool batch_more(struct db *d, int64_t id, struct batch_more *out, struct err *e)
{
	autorows r = NULL;
	struct str sum;

	if (!db_query(d, STATEMENT_BATCH_MORE, &DB_I(id), 1, &r, e) || !db_next(r, e))
		return false;
	sum = db_text(r, 0);
	*out = (struct batch_more){ .findings = db_int(r, 1),
				    .opened = db_int(r, 2),
				    .voided = db_int(r, 3),
				    .fault = (int)db_int(r, 4) };
	memcpy(out->sum, sum.p, sum.n < DIGEST_BYTES ? sum.n : DIGEST_BYTES);
	return true;
}

bool batch_junk(struct db *d, int64_t id, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_BATCH_JUNK_OF, &DB_I(id), 1, out, e);
}

bool batch_next_junk(struct db_rows *r, struct batch_count *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct batch_count){ db_text(r, 0), (uint64_t)db_int(r, 1) };
	return true;
}
