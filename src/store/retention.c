#include "store/retention.h"

#include "base/time.h"
#include "model/finding/issue.h"
#include "store/statements.gen.h"

enum { MOST_ARGS = 4 };

static const struct how {
	enum statement due, drop;
	size_t due_takes, drop_takes; // of the arguments below, the first so many
} hows[RETAIN_COUNT] = {
	[RETAIN_ARCHIVE] = { STATEMENT_RETAIN_FILES_DUE, STATEMENT_RETAIN_FILES_DROP, 4, 4 },
	[RETAIN_SEALED] = { STATEMENT_RETAIN_FILES_DUE, STATEMENT_RETAIN_FILES_DROP, 4, 4 },
	[RETAIN_ACCOUNTS] = { STATEMENT_RETAIN_EVIDENCE_DUE, STATEMENT_RETAIN_EVIDENCE_DROP, 3, 3 },
	[RETAIN_EVIDENCE] = { STATEMENT_RETAIN_EVIDENCE_DUE, STATEMENT_RETAIN_EVIDENCE_DROP, 3, 3 },
	[RETAIN_HISTORY] = { STATEMENT_RETAIN_HISTORY_DUE, STATEMENT_RETAIN_HISTORY_DROP, 1, 1 },
	[RETAIN_BATCHES] = { STATEMENT_RETAIN_BATCHES_DUE, STATEMENT_RETAIN_BATCHES_DROP, 1, 1 },
	[RETAIN_SUPPRESS] = { STATEMENT_RETAIN_SUPPRESS_DUE, STATEMENT_RETAIN_SUPPRESS_DROP, 1, 1 },
	[RETAIN_CONTACTS] = { STATEMENT_RETAIN_CONTACTS_DUE, STATEMENT_RETAIN_CONTACTS_DROP, 1, 1 },
	[RETAIN_MESSAGES] = { STATEMENT_RETAIN_MESSAGES_DUE, STATEMENT_RETAIN_MESSAGES_DROP, 1, 1 },
	[RETAIN_ALERTS] = { STATEMENT_RETAIN_ALERTS_DUE, STATEMENT_RETAIN_ALERTS_DROP, 1, 1 },
	[RETAIN_MAIL] = { STATEMENT_RETAIN_MAIL_DUE, STATEMENT_RETAIN_MAIL_DROP, 1, 1 },
	[RETAIN_ANSWERS] = { STATEMENT_RETAIN_ANSWERS_DUE, STATEMENT_RETAIN_ANSWERS_DROP, 1, 1 },
	[RETAIN_CALLS] = { STATEMENT_RETAIN_CALLS_DUE, STATEMENT_RETAIN_CALLS_DROP, 1, 1 },
	[RETAIN_PAGES] = { STATEMENT_RETAIN_PAGES_DUE, STATEMENT_RETAIN_PAGES_DROP, 1, 1 },
	[RETAIN_JUNK] = { STATEMENT_RETAIN_JUNK_DUE, STATEMENT_RETAIN_JUNK_DROP, 1, 1 },
	[RETAIN_AUDIT] = { STATEMENT_RETAIN_AUDIT_DUE, STATEMENT_RETAIN_AUDIT_DROP, 1, 3 },
};

static void arguments(const struct retain_term *t, struct db_value out[MOST_ARGS])
{
	int64_t before = retention_before(t->kind, t->now);
	bool own = t->feed.n > 0;

	out[0] = DB_I(own ? t->now - (int64_t)t->days * TIME_DAY : before);
	out[1] = DB_I(t->kind == RETAIN_SEALED);
	out[2] = own ? DB_T(t->feed) : DB_T(S(""));
	out[3] = DB_I(own ? before : TIME_EVER);
	if (t->kind == RETAIN_ACCOUNTS || t->kind == RETAIN_EVIDENCE) {
		out[1] = DB_I(CLASS_LEAKED);
		out[2] = DB_I(t->kind == RETAIN_EVIDENCE);
	}
	if (t->kind == RETAIN_AUDIT) {
		out[1] = DB_I(t->now);
		out[2] = DB_B(S(""));
	}
}

bool retention_due(struct db *d, const struct retain_term *t, struct retained *out, struct err *e)
{
	struct db_value args[MOST_ARGS];
	autorows rows = NULL;

	arguments(t, args);
	if (!db_query(d, hows[t->kind].due, args, hows[t->kind].due_takes, &rows, e) ||
	    !db_next(rows, e))
		return false;
	*out = (struct retained){ db_int(rows, 0), db_int(rows, 1) };
	return true;
}

bool retention_files(struct db *d, const struct retain_term *t, struct db_rows **out, struct err *e)
{
	struct db_value args[MOST_ARGS];

	arguments(t, args);
	return t->kind == RETAIN_MAIL
		       ? db_query(d, STATEMENT_RETAIN_MAIL_FILES, args, 1, out, e)
		       : db_query(d, STATEMENT_RETAIN_FILES, args, MOST_ARGS, out, e);
}

bool retention_next_file(struct db_rows *r, struct str *path, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*path = db_text(r, 0);
	return true;
}

bool retention_drop(struct db *d, const struct retain_term *t, struct err *e)
{
	struct db_value args[MOST_ARGS];

	arguments(t, args);
	return db_run(d, hows[t->kind].drop, args, hows[t->kind].drop_takes, e);
}
