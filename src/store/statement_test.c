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
		printf("# skipped: there is no PostgreSQL\n");
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
