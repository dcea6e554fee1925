#include "base/test.h"
#include "store/statements.gen.h"

#include <ctype.h>
#include <stdio.h>
#include <unistd.h>

static const struct db_table every = { statements, STATEMENT_COUNT, ~0u };

static struct db *fresh(void) // in memory, with all migrations
{
	struct db *d;
	struct err e;

	CHECK(db_open(":memory:", true, every, &d, &e));
	for (unsigned i = 0; i < MIGRATION_COUNT; i++) {
		bool whole = db_script(d, migrations[i].sql, &e);

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
	for (; gives.n > 0; i++) {
		struct str type = str_cut(&gives, ','), name = str_cut(&type, ' ');

		if (i >= shape->gives || !str_eq(name, str_of(shape->name[i])))
			return "gives: other columns, or another order";
		if (!same_type(type, shape->type[i]))
			return "gives: another type";
	}
	return i == shape->gives ? NULL : "gives: a column is not named";
}

TEST("store: every statement prepares, and its head says what it takes and gives")
{
	struct db *d = fresh();
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

TEST("store: a head that does not fit its statement is noticed")
{
	static const struct db_shape shape = { 1, 2, { "id", "name" }, { "INTEGER", "TEXT" } };
	static const struct {
		const char *takes, *gives;
		bool fits;
	} rows[] = {
		{ "i", "id int,name text", true },        { "ii", "id int,name text", false },
		{ "", "id int,name text", false },        { "i", "id int", false },
		{ "i", "name text,id int", false },       { "i", "id text,name text", false },
		{ "i", "id int,name text,x int", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct db_statement s = { "x", "", rows[i].takes, rows[i].gives, 1 };

		CHECK((misfit(&s, &shape) == NULL) == rows[i].fits);
	}
}
