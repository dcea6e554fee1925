#include "store/key.h"

#include "store/statements.gen.h"

bool key_add(struct db *d, struct key_row *k, struct err *e)
{
	struct db_value args[] = { DB_T(k->address), DB_I(k->kind),       DB_T(k->fingerprint),
				   DB_T(k->user),    DB_T(k->mails),      DB_T(k->algorithm),
				   DB_I(k->made),    DB_I(k->is.expires), DB_I(k->is.state),
				   DB_I(k->origin),  DB_I(k->came),       DB_B(k->bytes) };

	return db_one(d, STATEMENT_KEY_ADD, args, COUNTOF(args), &k->id, e);
}

bool key_change(struct db *d, const struct key_row *k, struct err *e)
{
	struct db_value args[] = { DB_I(k->id),         DB_T(k->user),     DB_T(k->mails),
				   DB_I(k->is.expires), DB_I(k->is.state), DB_B(k->bytes) };

	return db_run(d, STATEMENT_KEY_CHANGE, args, COUNTOF(args), e);
}

bool key_drop(struct db *d, int64_t id, struct err *e)
{
	return db_run(d, STATEMENT_KEY_DROP_CHECKS, &DB_I(id), 1, e) &&
	       db_run(d, STATEMENT_KEY_DROP, &DB_I(id), 1, e);
}

bool key_drop_idle(struct db *d, int64_t *count, struct err *e)
{
	if (!db_run(d, STATEMENT_KEY_DROP_IDLE_CHECKS, NULL, 0, e) ||
	    !db_run(d, STATEMENT_KEY_DROP_IDLE, NULL, 0, e))
		return false;
	*count = db_changed(d);
	return true;
}

bool key_list(struct db *d, const struct key_filter *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { f->address.n > 0 ? DB_T(f->address) : DB_0,
				   f->member.n > 0 ? DB_T(f->member) : DB_0 };

	return db_query(d, STATEMENT_KEY_LIST, args, COUNTOF(args), out, e);
}

bool key_next_row(struct db_rows *r, struct key_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct key_row){
		.id = db_int(r, 0),
		.address = db_text(r, 1),
		.kind = (enum key_kind)db_int(r, 2),
		.fingerprint = db_text(r, 3),
		.user = db_text(r, 4),
		.mails = db_text(r, 5),
		.algorithm = db_text(r, 6),
		.made = db_int(r, 7),
		.is = { (enum key_state)db_int(r, 9), db_int(r, 8), db_int(r, 10) },
		.origin = (enum key_origin)db_int(r, 11),
		.came = db_int(r, 12),
	};
	return true;
}

bool key_bytes(struct db *d, int64_t id, struct arena *a, struct str *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_KEY_BYTES, &DB_I(id), 1, &r, e) || !db_next(r, e))
		return false;
	*out = arena_str(a, db_text(r, 0));
	return true;
}

bool key_usable_of(struct db *d, struct str address, int64_t now, struct db_rows **out,
		   struct err *e)
{
	struct db_value args[] = { DB_T(address), DB_I(now) };

	return db_query(d, STATEMENT_KEY_USABLE, args, COUNTOF(args), out, e);
}

bool key_next_usable(struct db_rows *r, struct key_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct key_row){
		.id = db_int(r, 0),
		.kind = (enum key_kind)db_int(r, 1),
		.fingerprint = db_text(r, 2),
		.bytes = db_text(r, 3),
	};
	return true;
}

struct key_row key_kept(const struct key_row *k, struct arena *a)
{
	struct key_row kept = *k;

	kept.address = arena_str(a, k->address);
	kept.fingerprint = arena_str(a, k->fingerprint);
	kept.user = arena_str(a, k->user);
	kept.mails = arena_str(a, k->mails);
	kept.algorithm = arena_str(a, k->algorithm);
	kept.bytes = arena_str(a, k->bytes);
	return kept;
}

bool key_check(struct db *d, const struct key_check *c, struct err *e)
{
	struct db_value become[] = { DB_I(c->key), DB_I(c->state), DB_I(c->until) };
	struct db_value args[] = { DB_I(c->key),   DB_I(c->at),     DB_T(c->who),
				   DB_I(c->state), DB_I(c->method), DB_T(c->evidence),
				   DB_I(c->until) };

	return db_run(d, STATEMENT_KEY_CHECK_ADD, args, COUNTOF(args), e) &&
	       db_run(d, STATEMENT_KEY_BECOME, become, COUNTOF(become), e);
}

bool key_checks(struct db *d, int64_t key, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_KEY_CHECK_LIST, &DB_I(key), 1, out, e);
}

bool key_next_check(struct db_rows *r, struct key_check *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct key_check){ .at = db_int(r, 0),
				   .who = db_text(r, 1),
				   .state = (enum key_state)db_int(r, 2),
				   .method = (int)db_int(r, 3),
				   .evidence = db_text(r, 4),
				   .until = db_int(r, 5) };
	return true;
}

bool key_troubles(struct db *d, int64_t soon, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_KEY_TROUBLES, &DB_I(soon), 1, out, e);
}

bool key_next_trouble(struct db_rows *r, struct key_row *out, int64_t *spare, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct key_row){
		.id = db_int(r, 0),
		.address = db_text(r, 1),
		.fingerprint = db_text(r, 2),
		.is = { (enum key_state)db_int(r, 4), db_int(r, 3), db_int(r, 5) },
	};
	*spare = db_int(r, 6);
	return true;
}

// ---- asking their owners

bool key_chased(struct db *d, const struct key_chase_when *w, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(w->now), DB_I(w->soon), DB_I(w->shadow) };

	return db_query(d, STATEMENT_KEY_CHASED, args, COUNTOF(args), out, e);
}

bool key_next_chased(struct db_rows *r, struct key_chased *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct key_chased){
		.key = db_int(r, 0),
		.is = { (enum key_state)db_int(r, 2), db_int(r, 1), db_int(r, 3) },
		.said = (enum key_chase)db_int(r, 4),
		.member = db_int(r, 5),
		.contact = db_int(r, 6),
		.role = db_text(r, 7),
		.mail = db_text(r, 8),
		.wishes = db_text(r, 9),
	};
	return true;
}

bool key_chase_add(struct db *d, int64_t message, const struct key_chased *k, enum key_chase step,
		   struct err *e)
{
	struct db_value args[] = { DB_I(message), DB_I(k->key), DB_I(step), DB_I(k->is.expires) };

	return db_run(d, STATEMENT_KEY_CHASE_ADD, args, COUNTOF(args), e);
}

bool key_chase_of(struct db *d, int64_t message, int64_t now, struct arena *a,
		  struct key_meant *out, struct err *e)
{
	struct db_value args[] = { DB_I(message), DB_I(now) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_KEY_CHASE_OF, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct key_meant){
		.fingerprint = arena_str(a, db_text(r, 0)),
		.is = { (enum key_state)db_int(r, 2), db_int(r, 1), db_int(r, 3) },
		.expires = db_int(r, 4),
		.other = db_int(r, 5) > 0,
	};
	return true;
}

bool key_reach(struct db *d, int64_t now, struct key_reach *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_KEY_REACH, &DB_I(now), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct key_reach){ db_int(r, 0), db_int(r, 1) };
	return true;
}
