#include "store/store.h"

#include "store/statements.gen.h"

static bool apply(struct db *d, unsigned number, int64_t now, struct err *e)
{
	const struct migration *m = &migrations[number];
	struct db_value args[] = { DB_I(number), DB_T(str_of(m->name)), DB_I(now) };

	if (!db_begin(d, e))
		return false;
	if (!db_script(d, m->sql[db_kind(d)], e) ||
	    !db_run(d, STATEMENT_SCHEMA_VERSION_ADD, args, COUNTOF(args), e)) {
		db_abort(d);
		return err_in(e, "migration %03u_%s", number, m->name);
	}
	return db_commit(d, e);
}

static bool migrate(struct db *d, bool create, int64_t now, struct err *e)
{
	int64_t version = 0;

	if (create && !db_script(d, migrations[0].sql[db_kind(d)], e))
		return false;
	if (!db_one(d, STATEMENT_SCHEMA_VERSION_LAST, NULL, 0, &version, e))
		return err_in(e, "this is not a store of Waker, or 'waker init' was interrupted");
	if (version >= MIGRATION_COUNT)
		return err_set(
			e, ERR_CONFIG,
			"the store has schema %lld, this program knows %d: use the newer waker",
			(long long)version, MIGRATION_COUNT - 1);
	for (unsigned i = (unsigned)version + 1; i < MIGRATION_COUNT; i++)
		if (!apply(d, i, now, e))
			return false;
	return true;
}

bool store_open(const char *path, bool create, int64_t now, struct db **out, struct err *e)
{
	struct db_table table = { statements, STATEMENT_COUNT, FOR_CLI };
	autostore d = NULL;

	if (!db_open((struct db_place){ path, NULL }, create, table, &d, e) ||
	    !migrate(d, create, now, e))
		return false;
	*out = TAKE(d, NULL);
	return true;
}
