#include "store/store.h"

#include "store/statements.gen.h"

bool store_used(struct db *d, struct err *e)
{
	int64_t used;

	return db_one(d, STATEMENT_STORE_USED, NULL, 0, &used, e);
}

int64_t store_newest_schema(void)
{
	return MIGRATION_COUNT - 1;
}

bool store_versions(struct db *d, struct store_versions *out, struct err *e)
{
	struct store_versions v = { .wants = store_newest_schema() };

	if (!db_one(d, STATEMENT_SCHEMA_VERSION_LAST, NULL, 0, &v.has, e))
		return err_in(e, "this is not a store of Waker, or 'waker init' was interrupted");
	*out = v;
	return true;
}

bool store_known(const struct store_versions *v, struct err *e)
{
	return v->has <= v->wants ||
	       err_set(e, ERR_CONFIG,
		       "the store has schema %lld, this program knows %lld: use the newer waker",
		       (long long)v->has, (long long)v->wants);
}

// Another process may have applied it since it was seen to be missing.
static bool apply(struct db *d, unsigned number, int64_t now, struct err *e)
{
	const struct migration *m = &migrations[number];
	struct db_value args[] = { DB_I(number), DB_T(str_of(m->name)), DB_I(now) };
	int64_t version = 0;
	bool good;

	if (!db_begin(d, e))
		return false;
	good = db_one(d, STATEMENT_SCHEMA_VERSION_LAST, NULL, 0, &version, e) &&
	       (version >= number ||
		(db_script(d, m->sql[db_kind(d)], e) &&
		 db_run(d, STATEMENT_SCHEMA_VERSION_ADD, args, COUNTOF(args), e)));
	if (good)
		return db_commit(d, e);
	db_abort(d);
	return err_in(e, "migration %03u_%s", number, m->name);
}

static bool update(struct db *d, int64_t now, struct err *e)
{
	struct store_versions v;

	if (!store_versions(d, &v, e))
		return false;
	for (int64_t i = v.has + 1; i <= v.wants; i++)
		if (!apply(d, (unsigned)i, now, e))
			return false;
	return true;
}

// A table that a missing migration makes has no rows yet.
bool store_step(struct db *d, const struct store_versions *v, int64_t number,
		struct store_step *out, struct err *e)
{
	const struct migration *m = &migrations[number];
	struct store_step step = { .name = m->name, .says = m->says };

	for (size_t i = 0; i < m->touched; i++) {
		const struct touched *t = &m->touches[i];
		int64_t rows = 0;

		if (t->since <= v->has && !db_one(d, t->count, NULL, 0, &rows, e))
			return false;
		step.rows += rows * t->times;
	}
	step.seconds = store_seconds(step.rows);
	*out = step;
	return true;
}

static bool is_role(struct db *d, const struct store_role *r, bool *there, struct err *e)
{
	int64_t one;

	*there = db_one(d, STATEMENT_STORE_ROLE, &DB_T(str_of(r->name)), 1, &one, e);
	return *there || e->kind == ERR_NONE;
}

static bool make_roles(struct db *d, struct err *e)
{
	for (unsigned i = 0; i < STORE_ROLE_COUNT; i++) {
		const struct store_role *r = &store_roles[i];
		bool there;

		if (!is_role(d, r, &there, e) || (!there && !db_script(d, r->make, e)) ||
		    !db_script(d, r->grant, e))
			return err_in(e, "role %s", r->name);
	}
	return true;
}

static bool grant(struct db *d, bool *roles, struct err *e)
{
	*roles = true;
	if (db_kind(d) == DB_SQLITE)
		return true;
	if (!db_begin(d, e))
		return false;
	if (make_roles(d, e))
		return db_commit(d, e);
	db_abort(d);
	*roles = e->kind != ERR_DENIED;
	return !*roles;
}

bool store_migrate(struct db *d, int64_t now, bool *roles, struct err *e)
{
	return update(d, now, e) && grant(d, roles, e);
}

// A file has one node: what is missing is made on the way.
static bool up_to_date(struct db *d, int64_t now, struct err *e)
{
	struct store_versions v;

	if (!store_versions(d, &v, e))
		return false;
	if (!store_known(&v, e))
		return false;
	if (v.has == v.wants)
		return true;
	return db_kind(d) == DB_SQLITE
		       ? update(d, now, e)
		       : err_set(e, ERR_CONFIG,
				 "the store has schema %lld, this program needs %lld: run `waker "
				 "store migrate`, when no older waker uses it",
				 (long long)v.has, (long long)v.wants);
}

static bool be(struct db *d, struct str role, struct err *e)
{
	int64_t taken;

	return db_one(d, STATEMENT_STORE_BE, &DB_T(role), 1, &taken, e) || e->kind == ERR_NONE;
}

static bool make_ready(struct db *d, enum store_how how, int64_t now, struct err *e)
{
	bool roles;

	switch (how) {
	case STORE_MAKE:
	case STORE_COPY_TO:
		if (!db_script(d, migrations[0].sql[db_kind(d)], e) ||
		    !store_migrate(d, now, &roles, e))
			return false;
		break;
	case STORE_OPEN:
	case STORE_COPY_FROM:
		break;
	case STORE_MIGRATE:
		return db_script(d, migrations[0].sql[db_kind(d)], e);
	case STORE_LOOK:
		return true;
	}
	return up_to_date(d, now, e) && (how >= STORE_LOOK || be(d, S("waker_cli"), e));
}

// What each may run: a copy is no work of the command line's.
static const unsigned roles_of[] = {
	[STORE_MAKE] = FOR_CLI,
	[STORE_OPEN] = FOR_CLI,
	[STORE_MIGRATE] = FOR_CLI,
	[STORE_LOOK] = ~0u,
	[STORE_COPY_FROM] = FOR_CLI | FOR_COPY,
	[STORE_COPY_TO] = FOR_CLI | FOR_COPY,
};

bool store_open(struct db_place where, enum store_how how, int64_t now, struct db **out,
		struct err *e)
{
	struct db_table table = { statements, STATEMENT_COUNT, roles_of[how] };
	autostore d = NULL;

	if (!db_open(where, how == STORE_MAKE || how == STORE_COPY_TO, table, &d, e) ||
	    !make_ready(d, how, now, e))
		return false;
	*out = TAKE(d, NULL);
	return true;
}

bool store_load(const char *file, struct db **out, struct err *e)
{
	struct db_table table = { statements, STATEMENT_COUNT, ~0u };
	autostore d = NULL;

	if (!db_open((struct db_place){ "", NULL }, true, table, &d, e) || !db_load(d, file, e))
		return false;
	*out = TAKE(d, NULL);
	return true;
}

static bool serves(struct db *d, unsigned role, struct err *e)
{
	struct store_versions v;

	if (!store_versions(d, &v, e) || !store_known(&v, e))
		return false;
	if (v.has != v.wants)
		return err_set(e, ERR_CONFIG,
			       "the store has schema %lld, this program needs %lld: `waker run` "
			       "brings it there when it begins",
			       (long long)v.has, (long long)v.wants);
	for (unsigned i = 0; i < STORE_ROLE_COUNT; i++)
		if (store_roles[i].role == role)
			return be(d, str_of(store_roles[i].name), e);
	return err_set(e, ERR_SYSTEM, "the store has no such role");
}

bool store_serve(struct db_place where, unsigned role, struct db **out, struct err *e)
{
	struct db_table table = { statements, STATEMENT_COUNT, role };
	autostore d = NULL;

	if (!db_open(where, false, table, &d, e) || !serves(d, role, e))
		return false;
	*out = TAKE(d, NULL);
	return true;
}
