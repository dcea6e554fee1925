#include "store/job.h"

#include "base/buf.h"
#include "base/time.h"
#include "store/batch.h"
#include "store/statements.gen.h"

bool job_add(struct db *d, const struct job_row *j, bool *added, struct err *e)
{
	struct db_value args[] = { DB_I(j->kind), DB_T(j->place), DB_T(j->key), DB_I(j->due),
				   DB_I(j->made) };

	if (!db_run(d, STATEMENT_JOB_ADD, args, COUNTOF(args), e))
		return false;
	*added = db_changed(d) > 0;
	return true;
}

bool job_last(struct db *d, const struct job_row *j, enum job_state *out, struct err *e)
{
	struct db_value args[] = { DB_I(j->kind), DB_T(j->place), DB_T(j->key) };
	int64_t state = JOB_STATE_COUNT;

	if (!db_one(d, STATEMENT_JOB_LAST, args, COUNTOF(args), &state, e) && e->kind != ERR_NONE)
		return false;
	*out = (enum job_state)state;
	return true;
}

bool job_claim(struct db *d, const struct job_claim *c, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(c->kind),  DB_T(c->place),  DB_I(c->now),
				   DB_I(c->lease), DB_T(c->worker), DB_I(c->most) };

	return db_query(d, STATEMENT_JOB_CLAIM, args, COUNTOF(args), out, e);
}

bool job_over(struct db *d, const struct job_row *j, struct err *e)
{
	struct db_value args[] = {
		DB_I(j->id),    DB_T(j->worker), DB_I(j->state), DB_I(j->due),
		DB_I(j->ended), DB_I(j->failed), DB_T(j->error), DB_T(j->result),
	};

	return db_run(d, STATEMENT_JOB_OVER, args, COUNTOF(args), e);
}

bool job_renew(struct db *d, struct str worker, int64_t lease, struct err *e)
{
	struct db_value args[] = { DB_T(worker), DB_I(lease) };

	return db_run(d, STATEMENT_JOB_RENEW, args, COUNTOF(args), e);
}

bool job_lapse(struct db *d, int64_t now, int64_t *count, struct err *e)
{
	struct db_value args[] = { DB_I(now), DB_I(now + 2 * JOB_LEASE_SECONDS * TIME_SECOND) };

	if (!db_run(d, STATEMENT_JOB_LAPSE, args, COUNTOF(args), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool job_leave(struct db *d, struct str worker, struct err *e)
{
	return db_run(d, STATEMENT_JOB_LEAVE, &DB_T(worker), 1, e);
}

bool job_untouched(struct db *d, struct str worker, struct err *e)
{
	return db_run(d, STATEMENT_JOB_UNTOUCHED, &DB_T(worker), 1, e);
}

bool job_leave_all(struct db *d, struct err *e)
{
	return db_run(d, STATEMENT_JOB_LEAVE_ALL, NULL, 0, e);
}

bool job_soonest(struct db *d, enum job_kind kind, struct str place, int64_t *due, struct err *e)
{
	struct db_value args[] = { DB_I(kind), DB_T(place) };

	*due = TIME_NEVER;
	return db_one(d, STATEMENT_JOB_SOONEST, args, COUNTOF(args), due, e) || e->kind == ERR_NONE;
}

bool job_list(struct db *d, const struct job_filter *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { f->state < 0 ? DB_0 : DB_I(f->state),
				   f->kind < 0 ? DB_0 : DB_I(f->kind), DB_I(f->all),
				   DB_I(f->most) };

	return db_query(d, STATEMENT_JOB_LIST, args, COUNTOF(args), out, e);
}

bool job_next_row(struct db_rows *r, struct job_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct job_row){
		.id = db_int(r, 0),
		.kind = (enum job_kind)db_int(r, 1),
		.place = db_text(r, 2),
		.key = db_text(r, 3),
		.state = (enum job_state)db_int(r, 4),
		.due = db_int(r, 5),
		.lease = db_int(r, 6),
		.worker = db_text(r, 7),
		.tries = db_int(r, 8),
		.made = db_int(r, 9),
		.ended = db_int(r, 10),
		.failed = (enum err_kind)db_int(r, 11),
		.error = db_text(r, 12),
		.result = db_text(r, 13),
	};
	return true;
}

static bool one_row(struct db *d, unsigned statement, int64_t by, struct arena *a,
		    struct job_row *out, struct err *e)
{
	autorows r = NULL;
	struct str *texts[] = { &out->place, &out->key, &out->worker, &out->error, &out->result };

	if (!db_query(d, statement, &DB_I(by), 1, &r, e) || !job_next_row(r, out, e))
		return false;
	for (size_t i = 0; i < COUNTOF(texts); i++)
		*texts[i] = arena_str(a, *texts[i]);
	return true;
}

bool job_by_id(struct db *d, int64_t id, struct arena *a, struct job_row *out, struct err *e)
{
	return one_row(d, STATEMENT_JOB_BY_ID, id, a, out, e);
}

bool job_next(struct db *d, int64_t now, struct arena *a, struct job_row *out, struct err *e)
{
	return one_row(d, STATEMENT_JOB_NEXT, now, a, out, e);
}

bool status_last(struct db *d, struct status_last *out, struct err *e)
{
	struct db_value args[] = { DB_I(JOB_PARKED) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_STATUS_LAST, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct status_last){ .batch = db_int(r, 0),
				     .hit = db_int(r, 1),
				     .finding = db_int(r, 2),
				     .held = db_int(r, 3),
				     .unread = db_int(r, 4),
				     .stuck = db_int(r, 5),
				     .breakers = db_int(r, 6),
				     .candidates = db_int(r, 7) };
	return true;
}

static bool by_hand(struct db *d, unsigned statement, int64_t id, int64_t now, bool *was,
		    struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(now) };

	if (!db_run(d, statement, args, COUNTOF(args), e))
		return false;
	*was = db_changed(d) > 0;
	return true;
}

bool job_retry(struct db *d, int64_t id, int64_t now, bool *was, struct err *e)
{
	return by_hand(d, STATEMENT_JOB_RETRY, id, now, was, e);
}

bool job_retry_drop(struct db *d, struct str file, int64_t now, int64_t *count, struct err *e)
{
	char text[JOB_KEY_MOST];
	struct buf b = BUF_ON(text);
	struct db_value args[] = { DB_I(JOB_DROP), DB_0, DB_I(now) };

	*count = 0;
	buf_str(&b, file);
	buf_char(&b, ' ');
	args[1] = DB_T(buf_view(&b));
	if (b.over) // no such key
		return true;
	if (!db_run(d, STATEMENT_JOB_RETRY_DROP, args, COUNTOF(args), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool job_cancel(struct db *d, int64_t id, int64_t now, bool *was, struct err *e)
{
	return by_hand(d, STATEMENT_JOB_CANCEL, id, now, was, e);
}

bool job_cancel_key(struct db *d, enum job_kind kind, struct str key, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(kind), DB_T(key), DB_I(now) };

	return db_run(d, STATEMENT_JOB_CANCEL_KEY, args, COUNTOF(args), e);
}

bool job_pause(struct db *d, enum job_kind kind, struct err *e)
{
	struct db_value args[] = { DB_I(kind), DB_I(TIME_NEVER) };

	return db_run(d, STATEMENT_JOB_PAUSE, args, COUNTOF(args), e);
}

bool job_resume(struct db *d, enum job_kind kind, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(kind), DB_I(TIME_NEVER), DB_I(now) };

	return db_run(d, STATEMENT_JOB_RESUME, args, COUNTOF(args), e);
}

bool job_forget(struct db *d, int64_t before, struct err *e)
{
	return db_run(d, STATEMENT_JOB_FORGET, &DB_I(before), 1, e);
}

bool job_depth(struct db *d, int64_t now, struct job_depth *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_JOB_DEPTH, &DB_I(now), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct job_depth){ db_int(r, 0), db_int(r, 1), db_int(r, 2), db_int(r, 3),
				   db_int(r, 4) };
	return true;
}

bool worker_put(struct db *d, const struct worker_row *w, struct err *e)
{
	struct db_value args[] = { DB_T(w->node),     DB_T(w->role), DB_I(w->pid), DB_I(w->since),
				   DB_I(w->restarts), DB_I(w->beat), DB_T(w->said) };

	return db_run(d, STATEMENT_WORKER_PUT, args, COUNTOF(args), e);
}

bool worker_forget(struct db *d, struct str node, int64_t before, struct err *e)
{
	struct db_value args[] = { DB_T(node), DB_I(before) };

	return db_run(d, STATEMENT_WORKER_FORGET, args, COUNTOF(args), e);
}

bool worker_all(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_WORKER_ALL, NULL, 0, out, e);
}

bool worker_next_row(struct db_rows *r, struct worker_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct worker_row){
		.node = db_text(r, 0),
		.role = db_text(r, 1),
		.pid = db_int(r, 2),
		.since = db_int(r, 3),
		.restarts = db_int(r, 4),
		.beat = db_int(r, 5),
		.said = db_text(r, 6),
	};
	return true;
}
