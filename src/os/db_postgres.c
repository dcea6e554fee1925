#include "os/db_postgres.h"

#include <stdio.h>
#include <stdlib.h>

// What SQLSTATEs mean to us, by their first letters, and what the operator can do. "" takes
// the server's own words.
#define LOST "the connection is lost; what was not committed is undone: run it again"
static const struct {
	const char *state;
	enum err_kind kind;
	const char *says;
} meanings[] = {
	// clang-format off
	{ "08",    ERR_SYSTEM,   LOST },
	{ "57P",   ERR_SYSTEM,   LOST },
	{ "55P03", ERR_CONFLICT, "another process has been writing for too long: run it again" },
	{ "40",    ERR_CONFLICT, "another process changed the same: run it again" },
	{ "23",    ERR_CONFLICT, "" },
	{ "53100", ERR_SYSTEM,   "the server's disk is full; nothing of this was kept: make room and run it again" },
	{ "53300", ERR_SYSTEM,   "the server has no room for another connection: run it again, or raise max_connections" },
	{ "57014", ERR_SYSTEM,   "a statement took too long and was stopped" },
	{ "25006", ERR_SYSTEM,   "it cannot be written: it is a replica, or set to be read only" },
	{ "42501", ERR_DENIED,   "" },
	{ "42P01", ERR_CONFIG,   "it lacks a table: `waker store migrate` makes what is missing" },
	{ "22021", ERR_INPUT,    "a text is not UTF-8, or has a NUL in it" },
	// clang-format on
};

// The first line of what libpq says.
static struct str first_line(const char *text)
{
	struct str all = str_of(text);

	return str_cut(&all, '\n');
}

static bool is_lost(const struct pg *d, struct str state)
{
	return state.n == 0 && d->pq.status(d->conn) == CONNECTION_BAD;
}

bool pg_refuse(struct pg *d, const PGresult *r, int statement, struct err *e)
{
	struct str state = str_of(d->pq.resultErrorField(r, PG_DIAG_SQLSTATE));
	struct str words = first_line(d->pq.resultErrorField(r, PG_DIAG_MESSAGE_PRIMARY));
	enum err_kind kind = ERR_SYSTEM;

	if (words.n == 0)
		words = is_lost(d, state) ? S(LOST) : first_line(d->pq.errorMessage(d->conn));
	for (size_t i = 0; i < COUNTOF(meanings); i++)
		if (state.n > 0 && str_has_prefix(state, str_of(meanings[i].state))) {
			kind = meanings[i].kind;
			if (meanings[i].says[0] != '\0')
				words = str_of(meanings[i].says);
			break;
		}
	err_set(e, kind, "store %s: " STR_FMT, d->url, STR_ARG(words));
	if (statement != PG_NO_STATEMENT)
		err_in(e, "statement %s", d->db.table.at[statement].name);
	// The server takes nothing more in this transaction, and would even "commit" it.
	if (d->db.open && !d->failed) {
		d->failed = true;
		d->why = *e;
	}
	return false;
}

bool pg_done(struct pg *d, PGresult *r, int statement, struct err *e)
{
	ExecStatusType status = d->pq.resultStatus(r);
	bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

	if (!good)
		pg_refuse(d, r, statement, e);
	d->pq.clear(r);
	return good;
}

static void no_notice(void *context, const char *message)
{
	(void)context;
	(void)message;
}

// One, or one for each host: "5432,5433". The library says so only when it is asked to connect.
static bool are_ports(struct str text)
{
	uint64_t port;

	while (text.n > 0) {
		struct str one = str_cut(&text, ',');

		if (one.n > 0 && (!str_to_uint(one, UINT16_MAX, &port) || port == 0))
			return false;
	}
	return true;
}

// A password in the URL would be in waker.conf, in the list of processes and in errors.
static bool check_url(const struct pq *pq, const char *url, struct err *e)
{
	char *says = NULL;
	PQconninfoOption *all = pq->conninfoParse(url, &says);
	bool secret = false, ports = true;

	if (all == NULL) {
		err_set(e, ERR_CONFIG, "store: " STR_FMT, STR_ARG(first_line(says)));
		pq->freemem(says);
		return false;
	}
	for (const PQconninfoOption *o = all; o->keyword != NULL; o++) {
		secret = secret || (o->val != NULL && strstr(o->keyword, "password") != NULL);
		ports = ports && (strcmp(o->keyword, "port") != 0 || are_ports(str_of(o->val)));
	}
	pq->conninfoFree(all);
	if (!ports)
		return err_set(e, ERR_CONFIG,
			       "store: a port in its URL is a number from 1 to 65535");
	return !secret ||
	       err_set(e, ERR_CONFIG,
		       "the store's URL has a password in it: put it in the home's file "
		       "credentials/postgresql (password = …), or where PGPASSFILE says");
}

bool db_url_check(const char *url, struct err *e)
{
	struct pq pq;

	return pq_load(&pq, e) && check_url(&pq, url, e);
}

static bool connect_to(struct pg *d, const char *password, struct err *e)
{
	// What stands before the URL it may say otherwise; what stands behind it holds.
	const char *names[] = { "connect_timeout", "fallback_application_name",          "dbname",
				"client_encoding", password != NULL ? "password" : NULL, NULL };
	const char *values[] = { "10", "waker", d->url, "UTF8", password, NULL };

	d->conn = d->pq.connectdbParams(names, values, 1);
	if (d->conn == NULL)
		abort();
	d->pq.setNoticeProcessor(d->conn, no_notice, NULL);
	if (d->pq.status(d->conn) == CONNECTION_OK)
		return true;
	if (d->pq.connectionNeedsPassword(d->conn))
		return err_set(e, ERR_CONFIG,
			       "store %s: it wants a password: put it in the home's file "
			       "credentials/postgresql (password = …), or where PGPASSFILE says",
			       d->url);
	return err_set(e, ERR_SYSTEM, "store: " STR_FMT,
		       STR_ARG(first_line(d->pq.errorMessage(d->conn))));
}

static bool set_up(struct pg *d, struct err *e)
{
	enum { OLDEST = 150000 };
	struct str encoding = str_of(d->pq.parameterStatus(d->conn, "server_encoding"));
	char settings[320];

	if (d->pq.serverVersion(d->conn) < OLDEST)
		return err_set(e, ERR_CONFIG,
			       "store %s: the server is PostgreSQL %d, and it takes 15 or newer",
			       d->url, d->pq.serverVersion(d->conn) / 10000);
	if (!str_eq(encoding, S("UTF8")))
		return err_set(e, ERR_CONFIG,
			       "store %s: the database is in " STR_FMT
			       ": make one by createdb --encoding=UTF8 --template=template0",
			       d->url, STR_ARG(encoding));
	snprintf(settings, sizeof settings,
		 "SET statement_timeout = '%ds'; SET lock_timeout = '%ds'; SET jit = off; "
		 // What is committed must be so: a file of the inbox is gone then.
		 "DO $$ BEGIN IF current_setting('synchronous_commit') = 'off' THEN "
		 "SET synchronous_commit = 'on'; END IF; END $$",
		 (int)DB_STATEMENT_SECONDS, (int)DB_BUSY_SECONDS);
	return pg_done(d, d->pq.exec(d->conn, settings), PG_NO_STATEMENT, e);
}

static void pg_close(struct db *db)
{
	struct pg *d = pg_of(db);

	if (d->described != NULL)
		d->pq.clear(d->described);
	if (d->conn != NULL)
		d->pq.finish(d->conn);
	free(d->url);
	free(d); // the library stays: what it brought along may have set up more than it undoes
}

static bool pg_open(struct db_place where, bool create, struct db_table table, struct db **out,
		    struct err *e)
{
	struct pg *d = calloc(1, sizeof *d + table.count * sizeof(bool));

	(void)create; // the database is there, or its owner makes it
	if (d == NULL || (d->url = strdup(where.at)) == NULL)
		abort();
	d->db = (struct db){ .driver = &db_postgres, .table = table };
	if (!pq_load(&d->pq, e) || !check_url(&d->pq, d->url, e) ||
	    !connect_to(d, where.password, e) || !set_up(d, e)) {
		pg_close(&d->db);
		return false;
	}
	*out = &d->db;
	return true;
}

static bool pg_read_only(const struct db *db)
{
	const struct pg *d = (const struct pg *)db;

	return str_eq(str_of(d->pq.parameterStatus(d->conn, "in_hot_standby")), S("on")) ||
	       str_eq(str_of(d->pq.parameterStatus(d->conn, "default_transaction_read_only")),
		      S("on"));
}

// One process writes at a time, as with SQLite: rows get the number behind the last one, and
// the audit is a chain. The lock is of this database, and goes with the transaction; who waited
// for it must see what the other wrote, so the server's own default of what is seen is not taken.
static bool pg_begin(struct db *db, bool wait, struct err *e)
{
	static const char lock[] = "BEGIN ISOLATION LEVEL READ COMMITTED; "
				   "SELECT pg_advisory_xact_lock(7831655)",
			  at_once[] = "BEGIN ISOLATION LEVEL READ COMMITTED; "
				      "SET LOCAL lock_timeout = '1ms'; "
				      "SELECT pg_advisory_xact_lock(7831655); "
				      "SELECT set_config('lock_timeout', '%ds', true)";
	struct pg *d = pg_of(db);
	char sql[sizeof at_once + 8];

	if (!pg_quiet(d, e))
		return false;
	snprintf(sql, sizeof sql, at_once, (int)DB_BUSY_SECONDS);
	if (pg_done(d, d->pq.exec(d->conn, wait ? lock : sql), PG_NO_STATEMENT, e))
		return true;
	d->pq.clear(d->pq.exec(d->conn, "ROLLBACK"));
	return false;
}

// The moment is that of the first question.
static bool pg_look(struct db *db, struct err *e)
{
	struct pg *d = pg_of(db);

	if (!pg_quiet(d, e))
		return false;
	if (pg_done(d,
		    d->pq.exec(d->conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
					"SET LOCAL statement_timeout = 0; SELECT 1"),
		    PG_NO_STATEMENT, e))
		return true;
	d->pq.clear(d->pq.exec(d->conn, "ROLLBACK"));
	return false;
}

static bool pg_commit(struct db *db, struct err *e)
{
	struct pg *d = pg_of(db);

	return pg_quiet(d, e) && pg_done(d, d->pq.exec(d->conn, "COMMIT"), PG_NO_STATEMENT, e);
}

static void pg_abort(struct db *db)
{
	struct pg *d = pg_of(db);
	struct err e;

	if (!pg_quiet(d, &e))
		d->failed = false;
	d->pq.clear(d->pq.exec(d->conn, "ROLLBACK")); // the server has done it where this fails
}

static bool pg_script(struct db *db, const char *sql, struct err *e)
{
	struct pg *d = pg_of(db);

	return pg_quiet(d, e) && pg_done(d, d->pq.exec(d->conn, sql), PG_NO_STATEMENT, e);
}

const struct db_driver db_postgres = {
	.kind = DB_POSTGRES,
	.open = pg_open,
	.close = pg_close,
	.read_only = pg_read_only,
	.begin = pg_begin,
	.commit = pg_commit,
	.abort = pg_abort,
	.look = pg_look,
	.script = pg_script,
	.run = pg_run,
	.query = pg_query,
	.one = pg_one,
	.next = pg_next,
	.end = pg_end,
	.integer = pg_int,
	.text = pg_text,
	.null = pg_null,
	.changed = pg_changed,
	.describe = pg_describe,
};
