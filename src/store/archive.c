#include "store/archive.h"

#include "base/arena.h"
#include "store/statements.gen.h"

#define X(id, word, says) { word, says },
static const struct {
	const char *word, *says;
} faults[ARCHIVE_FAULT_COUNT] = { ARCHIVE_FAULTS(X) };
#undef X

struct str archive_fault_word(enum archive_fault fault)
{
	return str_of(faults[fault].word);
}

struct str archive_fault_says(enum archive_fault fault)
{
	return str_of(faults[fault].says);
}

bool archive_files(struct db *d, struct str feed, int64_t since, struct db_rows **out,
		   struct err *e)
{
	struct db_value args[] = { feed.n > 0 ? DB_T(feed) : DB_0, DB_I(since) };

	return db_query(d, STATEMENT_ARCHIVE_FILES, args, COUNTOF(args), out, e);
}

bool archive_next_file(struct db_rows *r, struct archive_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct archive_row){
		.path = db_text(r, 0),
		.id = db_int(r, 1),
		.feed = db_text(r, 2),
		.file = db_text(r, 3),
		.sum = db_text(r, 4),
		.digest = db_text(r, 5),
		.fault = (enum archive_fault)db_int(r, 6),
	};
	return true;
}

bool archive_note(struct db *d, struct str path, struct str digest, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_T(path), DB_B(digest), DB_I(now) };

	return db_run(d, STATEMENT_ARCHIVE_NOTE, args, COUNTOF(args), e);
}

bool archive_mark(struct db *d, struct str path, enum archive_fault fault, int64_t now,
		  struct err *e)
{
	struct db_value args[] = { DB_T(path), DB_B(S("")), DB_I(fault), DB_I(now) };

	return db_run(d, STATEMENT_ARCHIVE_MARK, args, COUNTOF(args), e);
}

bool archive_forget_foreign(struct db *d, struct err *e)
{
	return db_run(d, STATEMENT_ARCHIVE_FORGET_FOREIGN, &DB_I(ARCHIVE_FOREIGN), 1, e);
}

bool archive_forget_unnamed(struct db *d, struct err *e)
{
	return db_run(d, STATEMENT_ARCHIVE_FORGET_UNNAMED, &DB_I(ARCHIVE_FOREIGN), 1, e);
}

bool archive_marked(struct db *d, struct arena *a, struct archive_marked *out, struct err *e)
{
	autorows r = NULL;

	*out = (struct archive_marked){ 0 };
	if (!db_query(d, STATEMENT_ARCHIVE_MARKED, NULL, 0, &r, e))
		return false;
	while (db_next(r, e)) {
		int64_t fault = db_int(r, 0);

		if (fault <= ARCHIVE_WHOLE || fault >= ARCHIVE_FAULT_COUNT)
			continue;
		out->count[fault] = db_int(r, 1);
		if (out->all == 0)
			out->first = arena_str(a, db_text(r, 2));
		out->all += out->count[fault];
	}
	return e->kind == ERR_NONE;
}

bool archive_fault_of(struct db *d, struct str path, enum archive_fault *out, struct err *e)
{
	int64_t fault = ARCHIVE_WHOLE;

	if (!db_one(d, STATEMENT_ARCHIVE_FAULT_OF, &DB_T(path), 1, &fault, e) &&
	    e->kind != ERR_NONE)
		return false;
	*out = fault > ARCHIVE_WHOLE && fault < ARCHIVE_FAULT_COUNT ? (enum archive_fault)fault
								    : ARCHIVE_WHOLE;
	return true;
}
