#include "base/test.h"
#include "os/db.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// Played on a real server: tests/fake/postgres.sh starts it and says where it is.
enum { MAKE, ADD, ALL, BACK, MANY, PID, KILL, SECRET, COUNT };
#define PG(sql)           \
	{                 \
		NULL, sql \
	}
static const struct db_statement rows[COUNT] = {
	[MAKE] = { "make", PG("CREATE TABLE x (a BIGINT PRIMARY KEY, b TEXT, c BYTEA);"), "", "",
		   1 },
	[ADD] = { "add", PG("INSERT INTO x VALUES ($1, $2, $3);"), "iTB", "", 1 },
	[ALL] = { "all", PG("SELECT a, b, c, a > 0 AS d FROM x WHERE a >= $1 ORDER BY a;"), "i",
		  "a int,b text,c blob,d int", 1 },
	[BACK] = { "back", PG("SELECT a FROM x WHERE b = $2::text AND a < $1 AND $1::bigint > 0;"),
		   "it", "a int", 2 },
	[MANY] = { "many", PG("SELECT n, repeat('x', 1000) AS b FROM generate_series(1, $1) AS n;"),
		   "i", "n int,b text", 1 },
	[PID] = { "pid", PG("SELECT pg_backend_pid() AS pid;"), "", "pid int", 1 },
	[KILL] = { "kill",
		   PG("SELECT count(pg_terminate_backend($1::int)) AS n, pg_sleep(0.2)::text AS "
		      "s;"),
		   "i", "n int,s text", 1 },
	[SECRET] = { "secret", PG("SELECT 1 FROM x;"), "", "a int", 1 },
};

static const char *server(void)
{
	const char *at = getenv("WAKER_TEST_POSTGRES");

	if (at == NULL)
		test_skip("there is no PostgreSQL");
	return at;
}

static struct db *open_as(unsigned role)
{
	struct db *d = NULL;
	struct err e = { 0 };

	if (!db_open((struct db_place){ server(), NULL }, false,
		     (struct db_table){ rows, COUNT, role }, &d, &e))
		printf("# %s\n", e.text);
	CHECK(d != NULL && db_kind(d) == DB_POSTGRES && !db_read_only(d));
	return d;
}

static struct db *fresh(void) // with an empty table
{
	struct db *d = open_as(3);
	struct err e;

	CHECK(db_script(d, "DROP TABLE IF EXISTS x", &e));
	CHECK(db_run(d, MAKE, NULL, 0, &e));
	return d;
}

static bool add(struct db *d, int64_t a, struct db_value b, struct err *e)
{
	struct db_value args[] = { DB_I(a), b, DB_B(S("\0z")) };

	return db_run(d, ADD, args, COUNTOF(args), e);
}

static bool has(struct db *d, int64_t a)
{
	struct err e;
	int64_t got;

	if (db_one(d, ALL, &DB_I(a), 1, &got, &e))
		return got == a;
	CHECK(e.kind == ERR_NONE);
	return false;
}

TEST("postgres: what goes in comes out, by the digits of the parameters")
{
	struct db_value back[] = { DB_I(7), DB_T(S("")) };
	struct err e;
	struct db *d;
	int64_t a;

	if (server() == NULL)
		return;
	d = fresh();
	CHECK(add(d, INT64_MIN, DB_0, &e) && add(d, 2, DB_T(S("")), &e) &&
	      add(d, INT64_MAX, DB_T(S("\xc3\xab")), &e));
	CHECK(db_changed(d) == 1);
	{
		autorows r = NULL;
		autorows inner = NULL;

		CHECK(db_query(d, ALL, &DB_I(INT64_MIN), 1, &r, &e));
		CHECK(db_next(r, &e) && db_int(r, 0) == INT64_MIN && db_int(r, 3) == 0);
		CHECK(db_null(r, 1) && db_text(r, 1).n == 0 && !db_null(r, 2));
		CHECK(db_query(d, ALL, &DB_I(2), 1, &inner, &e)); // inside a query of its own kind
		CHECK(db_next(inner, &e) && db_int(inner, 0) == 2 && db_int(inner, 3) == 1);
		CHECK(str_eq(db_text(r, 2), S("\0z"))); // the row that was shown still is
		CHECK(has(d, 2));
		CHECK(db_next(r, &e) && db_int(r, 0) == 2 && !db_null(r, 1) &&
		      db_text(r, 1).n == 0);
		CHECK(db_next(r, &e) && db_int(r, 0) == INT64_MAX &&
		      str_eq(db_text(r, 1), S("\xc3\xab")));
		CHECK(!db_next(r, &e) && e.kind == ERR_NONE);
		CHECK(db_next(inner, &e) && db_int(inner, 0) == INT64_MAX);
	}
	CHECK(db_one(d, BACK, back, 2, &a, &e) && a == 2);
	db_close(d);
}

TEST("postgres: what was not committed is gone; a broken key is told, and nothing else is kept")
{
	struct db_value back[] = { DB_I(7), DB_T(S("")) };
	struct err e = { 0 };
	struct db *d;
	int64_t a;

	if (server() == NULL)
		return;
	d = fresh();
	CHECK(db_begin(d, &e) && add(d, 1, DB_0, &e));
	db_abort(d);
	db_abort(d); // a no-op
	CHECK(!has(d, 1));
	CHECK(db_begin(d, &e) && add(d, 1, DB_0, &e) && db_commit(d, &e) && has(d, 1));
	CHECK(!add(d, 1, DB_0, &e) && e.kind == ERR_CONFLICT); // outside a transaction: at once
	CHECK(strstr(e.text, "statement add") != NULL);
	CHECK(db_begin(d, &e) && add(d, 2, DB_0, &e));
	if (add(d, 1, DB_0, &e) && add(d, 3, DB_0, &e))
		CHECK(db_changed(d) == 0 && !db_commit(d, &e));
	CHECK(e.kind == ERR_CONFLICT && strstr(e.text, "statement add") != NULL);
	db_abort(d);
	CHECK(!has(d, 2) && !has(d, 3));
	CHECK(db_begin(d, &e) && add(d, 4, DB_0, &e) && db_changed(d) == 1 && db_commit(d, &e));
	CHECK(has(d, 4));
	db_close(d);
	d = open_as(1);
	CHECK(!db_one(d, BACK, back, 2, &a, &e) && e.kind == ERR_DENIED);
	db_close(d);
}

TEST("postgres: more statements than the wire may hold are all kept")
{
	enum { MANY_ROWS = 1000 };
	struct err e = { 0 };
	struct db *d;

	if (server() == NULL)
		return;
	d = fresh();
	CHECK(db_begin(d, &e));
	for (int i = 0; i < MANY_ROWS; i++)
		CHECK(add(d, i, DB_T(S("some text")), &e));
	CHECK(db_commit(d, &e));
	for (int i = 0; i < MANY_ROWS; i += 37)
		CHECK(has(d, i));
	CHECK(has(d, MANY_ROWS - 1) && !has(d, MANY_ROWS));
	db_close(d);
}

TEST("postgres: a text that it does not keep is refused before it is sent")
{
	struct err e = { 0 };
	struct db *d;

	if (server() == NULL)
		return;
	d = fresh();
	CHECK(!add(d, 1, DB_T(S("a\xff")), &e) && e.kind == ERR_INPUT);
	CHECK(!add(d, 1, DB_T(S("a\0b")), &e) && e.kind == ERR_INPUT);
	CHECK(add(d, 1, DB_T(S("a")), &e));
	db_close(d);
}

TEST("postgres: one process writes at a time, and the other is told")
{
	struct err e = { 0 };
	struct db *d, *other;

	if (server() == NULL)
		return;
	d = fresh();
	other = open_as(3);
	CHECK(db_begin(d, &e));
	CHECK(!db_try(other, &e) && e.kind == ERR_CONFLICT);
	CHECK(db_script(other, "SET lock_timeout = '100ms'", &e));
	CHECK(!db_begin(other, &e) && e.kind == ERR_CONFLICT);
	CHECK(strstr(e.text, "run it again") != NULL);
	db_abort(d);
	CHECK(db_begin(other, &e) && add(other, 1, DB_0, &e) && db_commit(other, &e));
	CHECK(has(d, 1));
	db_close(other);
	db_close(d);
}

TEST("postgres: a lost connection is one sentence, and what was not committed is undone")
{
	struct err e = { 0 };
	struct db *d, *other;
	int64_t pid, n;

	if (server() == NULL)
		return;
	d = fresh();
	other = open_as(3);
	CHECK(db_begin(d, &e) && add(d, 1, DB_0, &e) && db_changed(d) == 1);
	CHECK(db_one(d, PID, NULL, 0, &pid, &e));
	CHECK(db_one(other, KILL, &DB_I(pid), 1, &n, &e) && n == 1);
	CHECK(!add(d, 2, DB_0, &e) || !db_commit(d, &e));
	printf("# %s\n", e.text);
	CHECK(e.kind == ERR_SYSTEM && strstr(e.text, "the connection is lost") != NULL);
	db_abort(d);
	CHECK(!db_one(d, ALL, &DB_I(1), 1, &n, &e) && e.kind == ERR_SYSTEM);
	CHECK(!db_begin(d, &e) && e.kind == ERR_SYSTEM);
	db_close(d);
	CHECK(!has(other, 1));
	db_close(other);
}

TEST("postgres: a large list is not held in memory")
{
	enum { LIST = 200000, MOST_KIB = 64 << 10 }; // 200 MB of rows
	struct rusage use;
	struct err e = { 0 };
	struct db *d;
	int64_t n = 0;

	if (server() == NULL)
		return;
	d = fresh();
	{
		autorows r = NULL;

		CHECK(db_query(d, MANY, &DB_I(LIST), 1, &r, &e));
		while (db_next(r, &e))
			n += db_text(r, 1).n == 1000;
		CHECK(n == LIST && e.kind == ERR_NONE);
	}
	getrusage(RUSAGE_SELF, &use);
	printf("# %ld KiB\n", use.ru_maxrss);
	if (getenv("ASAN_OPTIONS") == NULL)
		CHECK(use.ru_maxrss < MOST_KIB);
	db_close(d);
}

static bool opens(const char *url, const char *password, struct err *e)
{
	struct db *d = NULL;

	if (!db_open((struct db_place){ url, password }, false, (struct db_table){ rows, COUNT, 1 },
		     &d, e))
		return false;
	db_close(d);
	return true;
}

// The test's URL with something else in it.
static const char *url_with(const char *more)
{
	static char url[512];
	const char *at = server();

	snprintf(url, sizeof url, "%s%s", at, more);
	return url;
}

TEST("postgres: a password is in no URL; it comes beside it")
{
	struct err e = { 0 };
	struct db *d;

	if (server() == NULL)
		return;
	d = fresh();
	CHECK(db_script(d, "DROP ROLE IF EXISTS secret; CREATE ROLE secret LOGIN PASSWORD 'word'",
			&e));
	CHECK(!opens("postgresql://u:word@nowhere.invalid/x", NULL, &e) && e.kind == ERR_CONFIG);
	CHECK(strstr(e.text, "credentials/postgresql") != NULL && strstr(e.text, "word@") == NULL);
	CHECK(!opens(url_with("&password=word"), NULL, &e) && e.kind == ERR_CONFIG);
	CHECK(!opens(url_with("&user=secret"), NULL, &e) && e.kind == ERR_CONFIG);
	CHECK(strstr(e.text, "it wants a password") != NULL);
	CHECK(!opens(url_with("&user=secret"), "wrong", &e) && e.kind == ERR_SYSTEM);
	printf("# %s\n", e.text);
	CHECK(opens(url_with("&user=secret"), "word", &e));
	CHECK(db_script(d, "DROP ROLE secret", &e));
	db_close(d);
}

TEST("postgres: no server, and no such database, are each a sentence")
{
	struct err e = { 0 };

	if (server() == NULL)
		return;
	CHECK(!opens("postgresql:///waker?host=/nonexistent", NULL, &e) && e.kind == ERR_SYSTEM);
	printf("# %s\n", e.text);
	CHECK(!opens(url_with("&dbname=nothing"), NULL, &e) && e.kind == ERR_SYSTEM);
	printf("# %s\n", e.text);
	CHECK(!opens("postgresql://[", NULL, &e) && e.kind == ERR_CONFIG);
}

TEST("postgres: what can only be read says so, at the first write")
{
	struct err e = { 0 };
	struct db *d;

	if (server() == NULL)
		return;
	db_close(fresh());
	CHECK(db_open(
		(struct db_place){ url_with("&options=-c%20default_transaction_read_only%3Don"),
				   NULL },
		false, (struct db_table){ rows, COUNT, 1 }, &d, &e));
	CHECK(db_read_only(d));
	CHECK(!add(d, 1, DB_0, &e) && e.kind == ERR_SYSTEM &&
	      strstr(e.text, "cannot be written") != NULL);
	db_close(d);
}

// In a process of its own: 0 where what another commits meanwhile is seen.
static int sees(int64_t a)
{
	struct err e = { 0 };
	struct db *d = NULL;
	const char *at =
		url_with("&options=-c%20default_transaction_isolation%3Drepeatable%5C%20read");

	if (!db_open((struct db_place){ at, NULL }, false, (struct db_table){ rows, COUNT, 3 }, &d,
		     &e) ||
	    !db_begin(d, &e)) {
		printf("# %s\n", e.text);
		return 1;
	}
	return has(d, a) ? 0 : 2;
}

TEST("postgres: who waited for another's write sees it, whatever the server's default is")
{
	struct err e = { 0 };
	struct db *d;
	pid_t child;
	int status = 0;

	if (server() == NULL)
		return;
	d = fresh();
	CHECK(db_begin(d, &e) && add(d, 1, DB_0, &e));
	child = fork();
	if (child == 0)
		_exit(sees(1));
	poll(NULL, 0, 500); // it waits by then
	CHECK(db_commit(d, &e));
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	db_close(d);
}

TEST("postgres: a role runs what it was granted, and is refused the rest")
{
	struct err e = { 0 };
	struct db *d;
	int64_t a;

	if (server() == NULL)
		return;
	d = fresh();
	CHECK(db_script(d, "DROP ROLE IF EXISTS guest; CREATE ROLE guest; SET ROLE guest", &e));
	CHECK(!db_one(d, SECRET, NULL, 0, &a, &e) && e.kind == ERR_DENIED);
	CHECK(db_script(d, "RESET ROLE; DROP ROLE guest", &e));
	db_close(d);
}
