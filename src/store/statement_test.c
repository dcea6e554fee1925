#include "base/test.h"
#include "store/statements.gen.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct db_table every = { statements, STATEMENT_COUNT, ~0u };

static struct db *fresh(const char *at) // with all migrations
{
	struct db *d;
	struct err e = { 0 };

	if (!db_open((struct db_place){ at, NULL }, true, every, &d, &e))
		printf("# %s\n", e.text);
	CHECK(e.kind == ERR_NONE);
	if (db_kind(d) == DB_POSTGRES) // from an earlier test
		CHECK(db_script(d, "DROP SCHEMA public CASCADE; CREATE SCHEMA public", &e));
	for (unsigned i = 0; i < MIGRATION_COUNT; i++) {
		bool whole = db_script(d, migrations[i].sql[db_kind(d)], &e);

		if (!whole)
			printf("# migration %s: %s\n", migrations[i].name, e.text);
		CHECK(whole);
	}
	return d;
}

// "int" stands for what a STRICT table calls INTEGER.
static bool same_type(struct str says, const char *column)
{
	return column[0] == '\0' || // an expression has no declared type
	       (str_eq(says, S("int")) && str_eq(str_of(column), S("INTEGER"))) ||
	       str_eq_nocase(says, str_of(column));
}

// Why the head of a statement does not fit what the database says; NULL: it does.
static const char *misfit(const struct db_statement *s, const struct db_shape *shape)
{
	struct str gives = str_of(s->gives);
	unsigned i = 0;

	if (strlen(s->takes) != shape->takes)
		return "takes: another number of parameters";
	for (; i < shape->takes; i++)
		if (shape->taken[i][0] != '\0' && shape->taken[i][0] != (s->takes[i] | 0x20))
			return "takes: another type";
	i = 0;
	for (; gives.n > 0; i++) {
		struct str type = str_cut(&gives, ','), name = str_cut(&type, ' ');

		if (i >= shape->gives || !str_eq(name, str_of(shape->name[i])))
			return "gives: other columns, or another order";
		if (!same_type(type, shape->type[i]))
			return "gives: another type";
	}
	return i == shape->gives ? NULL : "gives: a column is not named";
}

static void compare(const char *at)
{
	struct db *d = fresh(at);
	unsigned bad = 0;

	for (unsigned i = 0; i < STATEMENT_COUNT; i++) {
		struct db_shape shape = { 0 };
		struct err e = { 0 };
		const char *why =
			db_describe(d, i, &shape, &e) ? misfit(&statements[i], &shape) : e.text;

		if (why != NULL)
			printf("# %s: %s\n", statements[i].name, why);
		bad += why != NULL;
	}
	CHECK(bad == 0);
	db_close(d);
}

TEST("store: every statement prepares on SQLite, and its head says what it takes and gives")
{
	compare(":memory:");
}

TEST("store: every statement prepares on PostgreSQL, which sees the same types")
{
	const char *at = getenv("WAKER_TEST_POSTGRES"); // tests/fake/postgres.sh sets it

	if (at != NULL)
		compare(at);
	else
		test_skip("there is no PostgreSQL");
}

TEST("store: a head that does not fit its statement is noticed")
{
	static const struct db_shape shape = {
		1, 2, { "id", "name" }, { "INTEGER", "TEXT" }, { "int" }
	};
	static const struct {
		const char *takes, *gives;
		bool fits;
	} rows[] = {
		{ "i", "id int,name text", true },        { "ii", "id int,name text", false },
		{ "", "id int,name text", false },        { "i", "id int", false },
		{ "i", "name text,id int", false },       { "i", "id text,name text", false },
		{ "i", "id int,name text,x int", false }, { "I", "id int,name text", true },
		{ "t", "id int,name text", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct db_statement s = { "x", { "" }, rows[i].takes, rows[i].gives, 1 };

		CHECK((misfit(&s, &shape) == NULL) == rows[i].fits);
	}
}

// Its values are zeroes and empty texts: what is asked is who may run it, not what it does.
static enum err_kind try_one(struct db *d, const struct db_statement *s, unsigned number)
{
	struct db_value args[DB_MAX_TAKES];
	size_t n = strlen(s->takes);
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++)
		args[i] = s->takes[i] == 'i' || s->takes[i] == 'I'   ? DB_I(0)
			  : s->takes[i] == 't' || s->takes[i] == 'T' ? DB_T(S(""))
								     : DB_B(S(""));
	CHECK(db_begin(d, &e));
	if (!db_run(d, number, args, n, &e)) {
		db_abort(d);
		return e.kind;
	}
	db_changed(d); // in a transaction it is answered by now
	if (!db_commit(d, &e))
		return e.kind;
	return ERR_NONE;
}

static void as_role(struct db *d, const struct store_role *r)
{
	char sql[64];
	struct err e;

	snprintf(sql, sizeof sql, "SET ROLE %s", r->name);
	CHECK(db_script(d, r->grant, &e) && db_script(d, sql, &e));
}

TEST("store: each role of PostgreSQL may run its own statements, and not what others need")
{
	const char *at = getenv("WAKER_TEST_POSTGRES");
	struct err e;
	struct db *d;
	unsigned wrong = 0;

	if (at == NULL)
		return;
	d = fresh(at);
	for (unsigned r = 0; r < STORE_ROLE_COUNT; r++) {
		CHECK(db_script(d, store_roles[r].make, &e));
		as_role(d, &store_roles[r]);
		for (unsigned i = 0; i < STATEMENT_COUNT; i++)
			if ((statements[i].roles & store_roles[r].role) != 0 &&
			    try_one(d, &statements[i], i) == ERR_DENIED) {
				printf("# %s may not run %s\n", store_roles[r].name,
				       statements[i].name);
				wrong++;
			}
		if (store_roles[r].role == FOR_MATCH) {
			CHECK(try_one(d, &statements[STATEMENT_ASSET_ADD], STATEMENT_ASSET_ADD) ==
			      ERR_DENIED);
			CHECK(try_one(d, &statements[STATEMENT_CONTACT_ALL],
				      STATEMENT_CONTACT_ALL) == ERR_DENIED);
		}
		CHECK(db_script(d, "RESET ROLE", &e));
	}
	CHECK(wrong == 0);
	db_close(d);
}

TEST("store: a process that runs another's statement is refused by both drivers")
{
	struct db_table few = { statements, STATEMENT_COUNT, FOR_MATCH };
	const char *at[] = { ":memory:", getenv("WAKER_TEST_POSTGRES") };
	struct err e;

	for (unsigned i = 0; i < COUNTOF(at) && at[i] != NULL; i++) {
		struct db_shape shape;
		struct db *d;

		CHECK(db_open((struct db_place){ at[i], NULL }, true, few, &d, &e));
		CHECK(!db_run(d, STATEMENT_VANISHED_CLEAR, NULL, 0, &e) && e.kind == ERR_DENIED);
		CHECK(!db_describe(d, STATEMENT_VANISHED_CLEAR, &shape, &e));
		CHECK(e.kind == ERR_DENIED);
		db_close(d);
	}
}
