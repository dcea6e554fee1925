#include "base/test.h"
#include "os/db.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAKE, ADD, ALL, ALL_BACKWARDS, HOW_MANY, COUNT };
static const struct db_statement rows[COUNT] = {
	[MAKE] = { "make",
		   { "CREATE TABLE x (a INTEGER PRIMARY KEY, b TEXT, c BLOB) STRICT;" },
		   "",
		   "",
		   1 },
	[ADD] = { "add", { "INSERT INTO x VALUES ($1, $2, $3);" }, "iTB", "", 1 },
	[ALL] = { "all",
		  { "SELECT a, b, c FROM x WHERE a >= $1 ORDER BY a;" },
		  "i",
		  "a int,b text,c blob",
		  1 },
	[ALL_BACKWARDS] = { "back",
			    { "SELECT a FROM x WHERE b = $2::text AND a < $1 AND $1::bigint > 0;" },
			    "it",
			    "a int",
			    2 },
	[HOW_MANY] = { "how_many", { "SELECT count(*) AS n FROM x;" }, "", "n int", 1 },
};

static struct db *open_at(const char *path, bool create, unsigned role)
{
	struct db *d;
	struct err e;

	CHECK(db_open((struct db_place){ path, NULL }, create,
		      (struct db_table){ rows, COUNT, role }, &d, &e));
	return d;
}

static bool add(struct db *d, int64_t a, struct db_value b, struct err *e)
{
	struct db_value args[] = { DB_I(a), b, DB_B(S("\0z")) };

	return db_run(d, ADD, args, COUNTOF(args), e);
}

TEST("db: what goes in comes out, by the digits of the parameters")
{
	struct db *d = open_at(":memory:", true, 3);
	struct db_value from[] = { DB_I(1) }, back[] = { DB_I(7), DB_T(S("")) };
	struct err e;
	int64_t a;

	CHECK(db_run(d, MAKE, NULL, 0, &e));
	CHECK(add(d, 1, DB_0, &e) && add(d, 2, DB_T(S("")), &e) &&
	      add(d, 3, DB_T(S("\xc3\xab")), &e));
	CHECK(db_changed(d) == 1);
	{
		autorows r = NULL;
		autorows inner = NULL;

		CHECK(db_query(d, ALL, from, 1, &r, &e));
		CHECK(db_next(r, &e) && db_int(r, 0) == 1 && db_null(r, 1) && db_text(r, 1).n == 0);
		CHECK(str_eq(db_text(r, 2), S("\0z")));
		CHECK(db_query(d, ALL, from, 1, &inner, &e)); // inside a query of its own kind
		CHECK(db_next(inner, &e) && db_int(inner, 0) == 1);
		CHECK(db_next(r, &e) && !db_null(r, 1) && db_next(r, &e) && db_text(r, 1).n == 2);
		CHECK(!db_next(r, &e) && e.kind == ERR_NONE);
	}
	CHECK(db_one(d, ALL_BACKWARDS, back, 2, &a, &e) && a == 2);
	db_close(d);
}

TEST("db: a broken key, and a statement of another process, are told apart")
{
	struct db *d = open_at(":memory:", true, 1);
	struct db_value back[] = { DB_I(7), DB_T(S("")) };
	struct err e;
	int64_t a;

	CHECK(db_run(d, MAKE, NULL, 0, &e) && add(d, 1, DB_0, &e));
	CHECK(!add(d, 1, DB_0, &e) && e.kind == ERR_CONFLICT);
	CHECK(!db_one(d, ALL_BACKWARDS, back, 2, &a, &e) && e.kind == ERR_DENIED);
	db_close(d);
}

TEST("db: what was not committed is gone, in the same and in the next process")
{
	char path[] = "/tmp/waker-db-XXXXXX";
	struct db_value from[] = { DB_I(0) };
	struct db *d;
	struct err e;
	int64_t a;

	CHECK(mkdtemp(path) != NULL && chdir(path) == 0);
	d = open_at("s", true, 1);
	CHECK(db_run(d, MAKE, NULL, 0, &e));
	CHECK(db_begin(d, &e) && add(d, 1, DB_0, &e));
	db_abort(d);
	db_abort(d); // a no-op
	CHECK(!db_one(d, ALL, from, 1, &a, &e) && e.kind == ERR_NONE);
	CHECK(db_begin(d, &e) && add(d, 1, DB_0, &e) && db_commit(d, &e));
	CHECK(db_begin(d, &e) && add(d, 2, DB_0, &e));
	db_close(d);
	d = open_at("s", false, 1);
	CHECK(db_one(d, ALL, from, 1, &a, &e) && a == 1);
	from[0] = DB_I(2);
	CHECK(!db_one(d, ALL, from, 1, &a, &e) && e.kind == ERR_NONE);
	db_close(d);
	CHECK(unlink("s") == 0 && chdir("/") == 0 && rmdir(path) == 0);
}

// The disk is full: no file may grow past 200 kB.
static bool fill(void)
{
	struct rlimit limit = { 200000, 200000 };
	char big[4096] = { 0 };
	struct db *d = open_at("s", false, 1);
	struct db_value args[] = { DB_0, DB_0, DB_B(((struct str){ big, sizeof big })) };
	struct err e = { 0 };
	bool good;

	sigaction(SIGXFSZ, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
	setrlimit(RLIMIT_FSIZE, &limit);
	good = db_begin(d, &e);
	for (int i = 10; good && i < 100; i++) {
		args[0] = DB_I(i);
		good = db_run(d, ADD, args, COUNTOF(args), &e);
	}
	good = good && db_commit(d, &e);
	db_abort(d);
	printf("# %s\n", e.text);
	fflush(stdout);
	return !good && e.kind == ERR_SYSTEM && strstr(e.text, "the disk is full") != NULL;
}

TEST("db: who does not want to wait while another writes hears so at once")
{
	char path[] = "/tmp/waker-db-XXXXXX";
	struct db *d, *other;
	struct err e;

	CHECK(mkdtemp(path) != NULL && chdir(path) == 0);
	d = open_at("s", true, 1);
	CHECK(db_run(d, MAKE, NULL, 0, &e));
	other = open_at("s", false, 1);
	CHECK(db_begin(other, &e));
	CHECK(!db_try(d, &e) && e.kind == ERR_CONFLICT);
	db_abort(other);
	CHECK(db_try(d, &e) && add(d, 1, DB_0, &e) && db_commit(d, &e));
	db_close(other);
	db_close(d);
	CHECK(unlink("s") == 0 && chdir("/") == 0 && rmdir(path) == 0);
}

TEST("db: a full disk is one sentence, nothing is half written, and the next run heals")
{
	char path[] = "/tmp/waker-db-XXXXXX";
	struct db_value from[] = { DB_I(0) };
	int status = 1;
	struct db *d;
	struct err e;
	int64_t a;
	pid_t child;

	CHECK(mkdtemp(path) != NULL && chdir(path) == 0);
	d = open_at("s", true, 1);
	CHECK(db_run(d, MAKE, NULL, 0, &e) && add(d, 1, DB_0, &e));
	db_close(d);
	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(fill() ? 0 : 1);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	d = open_at("s", false, 1);
	CHECK(db_one(d, ALL, from, 1, &a, &e) && a == 1);
	CHECK(add(d, 2, DB_0, &e));
	from[0] = DB_I(3);
	CHECK(!db_one(d, ALL, from, 1, &a, &e) && e.kind == ERR_NONE);
	db_close(d);
	CHECK(unlink("s") == 0);
	unlink("s-wal");
	unlink("s-shm");
	CHECK(chdir("/") == 0 && rmdir(path) == 0);
}

TEST("db: no file, and a file that is no store, are each a sentence")
{
	char path[] = "/tmp/waker-db-XXXXXX";
	struct db_table table = { rows, COUNT, 1 };
	struct db *d = NULL;
	struct err e;
	int64_t a;
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, path, sizeof path) > 0);
	for (int i = 0; i < 100; i++)
		CHECK(write(fd, path, sizeof path) > 0);
	close(fd);
	CHECK(!db_open((struct db_place){ "/nonexistent/store", NULL }, false, table, &d, &e) &&
	      e.kind == ERR_ABSENT);
	if (db_open((struct db_place){ path, NULL }, false, table, &d, &e)) {
		CHECK(!db_one(d, ALL, &DB_I(0), 1, &a, &e));
		db_close(d);
	}
	CHECK(e.kind == ERR_SYSTEM && strstr(e.text, "not a store") != NULL);
	CHECK(unlink(path) == 0);
}

TEST("db: a store is saved as of one moment while others write, and what was saved is loaded")
{
	char path[] = "/tmp/waker-db-XXXXXX";
	struct db *d, *looks, *back;
	struct err e = { 0 };
	int64_t n = 0;

	CHECK(mkdtemp(path) != NULL && chdir(path) == 0);
	d = open_at("look", true, ~0u);
	CHECK(db_run(d, MAKE, NULL, 0, &e) && add(d, 1, DB_T(S("x")), &e));
	looks = open_at("look", false, ~0u);
	CHECK(db_look(looks, &e) && add(d, 2, DB_T(S("y")), &e));
	CHECK(!add(looks, 9, DB_T(S("no")), &e) && e.kind == ERR_SYSTEM);
	e = (struct err){ 0 };
	CHECK(db_save(looks, "saved?#%25", &e)); // a name that a URI would read otherwise
	db_abort(looks);
	CHECK(add(looks, 4, DB_T(S("may again")), &e));
	CHECK(add(d, 3, DB_T(S("z")), &e));
	CHECK(chmod("saved?#%25", 0400) == 0);
	back = open_at("", true, ~0u);
	CHECK(db_load(back, "saved?#%25", &e));
	CHECK(db_one(back, HOW_MANY, NULL, 0, &n, &e) && n == 1);
	CHECK(access("saved?#%25-wal", F_OK) != 0 && access("saved?#%25-shm", F_OK) != 0);
	CHECK(!db_load(back, "none", &e) && e.kind == ERR_SYSTEM);
	CHECK(!db_save(d, "none/there", &e) && e.kind == ERR_SYSTEM);
	db_close(back);
	db_close(looks);
	db_close(d);
	CHECK(unlink("look") == 0 && unlink("saved?#%25") == 0 && chdir("/") == 0 &&
	      rmdir(path) == 0);
}
