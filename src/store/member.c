#include "store/member.h"

#include "store/statements.gen.h"

static bool not_there(struct db *d, struct str slug, struct arena *a, struct err *e)
{
	LIST(struct str) all = { 0 };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_MEMBER_ALL, NULL, 0, &r, e))
		return false;
	while (db_next(r, e))
		*list_add(&all, a) = arena_str(a, db_text(r, 1));
	return e->kind == ERR_NONE && member_absent(slug, all.at, all.count, e);
}

bool member_named(struct db *d, struct str slug, struct arena *a, int64_t *out, struct err *e)
{
	struct db_value args[] = { DB_T(slug) };

	return db_one(d, STATEMENT_MEMBER_BY_SLUG, args, COUNTOF(args), out, e) ||
	       (e->kind == ERR_NONE && not_there(d, slug, a, e));
}

bool member_is(struct db *d, struct str slug, struct arena *a, struct err *e)
{
	int64_t id;

	return slug.p == NULL || member_named(d, slug, a, &id, e);
}

static bool put_row(struct db *d, struct member *m, struct err *e)
{
	// The first value is the slug of a new row, the number of one that is there.
	struct db_value args[] = {
		m->id == 0 ? DB_T(m->slug) : DB_I(m->id),
		DB_T(m->name),
		DB_T(m->kind),
		DB_T(m->size),
		DB_T(m->nis2),
		DB_T(m->service),
		DB_T(m->language),
		DB_T(m->agreement),
		DB_I(m->since),
		DB_I(m->until),
	};

	if (m->id != 0)
		return db_run(d, STATEMENT_MEMBER_CHANGE, args, COUNTOF(args), e);
	return db_one(d, STATEMENT_MEMBER_ADD, args, COUNTOF(args), &m->id, e);
}

bool member_put(struct db *d, struct member *m, struct err *e)
{
	struct db_value id[1];
	int64_t place = 0;

	if (!put_row(d, m, e))
		return false;
	id[0] = DB_I(m->id);
	if (!db_run(d, STATEMENT_MEMBER_NAME_CLEAR, id, 1, e))
		return false;
	LIST_EACH (struct str, name, &m->names) {
		struct db_value args[] = { DB_I(m->id), DB_I(place++), DB_T(*name) };

		if (!db_run(d, STATEMENT_MEMBER_NAME_ADD, args, COUNTOF(args), e))
			return false;
	}
	return true;
}

bool member_put_umbrellas(struct db *d, const struct member *m, struct err *e)
{
	struct db_value id[] = { DB_I(m->id) };

	if (!db_run(d, STATEMENT_UMBRELLA_CLEAR, id, 1, e))
		return false;
	LIST_EACH (struct str, slug, &m->umbrellas) {
		struct db_value args[] = { DB_I(m->id), DB_T(*slug) };

		if (!db_run(d, STATEMENT_UMBRELLA_ADD, args, COUNTOF(args), e))
			return false;
	}
	return true;
}
