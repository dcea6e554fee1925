#include "store/key_team.h"

#include "base/time.h"
#include "store/statements.gen.h"

bool team_key_add(struct db *d, struct team_key *k, struct err *e)
{
	struct db_value args[] = { DB_I(k->kind),      DB_T(k->fingerprint), DB_T(k->user),
				   DB_T(k->algorithm), DB_I(k->made),        DB_I(k->expires),
				   DB_T(k->who),       DB_I(k->since),       DB_T(k->armored) };

	return db_one(d, STATEMENT_TEAM_KEY_ADD, args, COUNTOF(args), &k->id, e);
}

bool team_key_end(struct db *d, const struct team_key_end *end, struct err *e)
{
	struct db_value args[] = { DB_I(end->kind), DB_I(end->at), DB_I(end->but) };

	return db_run(d, STATEMENT_TEAM_KEY_END, args, COUNTOF(args), e);
}

bool team_key_since(struct db *d, int64_t id, int64_t since, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(since) };

	return db_run(d, STATEMENT_TEAM_KEY_SIGNS, args, COUNTOF(args), e);
}

bool team_key_certified(struct db *d, int64_t id, struct str armored, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_T(armored) };

	return db_run(d, STATEMENT_TEAM_KEY_CHANGE, args, COUNTOF(args), e);
}

// Does it end what another was to take over, or is it what was to take over?
bool team_key_revoke(struct db *d, const struct team_key *k, int64_t now, struct err *e)
{
	struct db_value revoke[] = { DB_I(k->id), DB_I(now), DB_T(k->armored) };
	struct db_value goes_on[] = { DB_I(k->kind), DB_I(now) };
	struct db_value hurries[] = { DB_I(k->kind), DB_I(now), DB_I(TIME_NEVER) };

	if (!db_run(d, STATEMENT_TEAM_KEY_REVOKE, revoke, COUNTOF(revoke), e))
		return false;
	return k->since > now ? db_run(d, STATEMENT_TEAM_KEY_GOES_ON, goes_on, COUNTOF(goes_on), e)
			      : db_run(d, STATEMENT_TEAM_KEY_HURRIES, hurries, COUNTOF(hurries), e);
}

bool team_key_list(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_TEAM_KEY_LIST, NULL, 0, out, e);
}

bool team_key_next(struct db_rows *r, struct team_key *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct team_key){
		.id = db_int(r, 0),
		.kind = (enum key_kind)db_int(r, 1),
		.fingerprint = db_text(r, 2),
		.user = db_text(r, 3),
		.algorithm = db_text(r, 4),
		.made = db_int(r, 5),
		.expires = db_int(r, 6),
		.who = db_text(r, 7),
		.ended = db_int(r, 8),
		.armored = db_text(r, 9),
		.since = db_int(r, 10),
		.revoked = db_int(r, 11),
	};
	return true;
}

bool team_key_all(struct db *d, struct arena *a, struct team_keys *out, struct err *e)
{
	autorows r = NULL;
	struct team_key k;

	*out = (struct team_keys){ 0 };
	if (!team_key_list(d, &r, e))
		return false;
	while (team_key_next(r, &k, e)) {
		k.fingerprint = arena_str(a, k.fingerprint);
		k.user = arena_str(a, k.user);
		k.algorithm = arena_str(a, k.algorithm);
		k.who = arena_str(a, k.who);
		k.armored = arena_str(a, k.armored);
		*list_add(&out->at, a) = k;
	}
	return e->kind == ERR_NONE;
}

bool team_key_now(struct db *d, const struct team_key_at *at, struct arena *a, struct team_key *out,
		  struct err *e)
{
	struct db_value args[] = { DB_I(at->kind), DB_I(at->now) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_TEAM_KEY_NOW, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct team_key){ .id = db_int(r, 0),
				  .kind = at->kind,
				  .fingerprint = arena_str(a, db_text(r, 1)),
				  .expires = db_int(r, 2) };
	return true;
}

bool team_key_follows(struct db *d, const struct team_key_at *at, int64_t *since, int64_t *revoked,
		      struct err *e)
{
	struct db_value args[] = { DB_I(at->kind), DB_I(at->now) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_TEAM_KEY_NEXT, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*since = db_int(r, 0);
	*revoked = db_int(r, 1);
	return true;
}

// ---- the master key

bool master_key_set(struct db *d, const struct master_key *k, struct err *e)
{
	struct db_value args[] = { DB_T(k->fingerprint), DB_T(k->user), DB_I(k->at), DB_T(k->who),
				   DB_T(k->armored) };
	int64_t id;

	return db_run(d, STATEMENT_KEY_MASTER_END, &DB_I(k->at), 1, e) &&
	       db_one(d, STATEMENT_KEY_MASTER_ADD, args, COUNTOF(args), &id, e);
}

bool master_key_now(struct db *d, struct arena *a, struct master_key *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_KEY_MASTER_NOW, NULL, 0, &r, e) || !db_next(r, e))
		return false;
	*out = (struct master_key){ .fingerprint = arena_str(a, db_text(r, 0)),
				    .user = arena_str(a, db_text(r, 1)),
				    .at = db_int(r, 2),
				    .who = arena_str(a, db_text(r, 3)),
				    .armored = arena_str(a, db_text(r, 4)) };
	return true;
}

// ---- years

bool key_year_put(struct db *d, const struct key_year *y, struct err *e)
{
	struct db_value args[] = { DB_I(y->year), DB_I(y->key), DB_I(y->former),
				   DB_T(y->statement) };

	return db_run(d, STATEMENT_KEY_STEP_DROP, &DB_I(y->year), 1, e) &&
	       db_run(d, STATEMENT_KEY_TOLD_DROP, &DB_I(y->year), 1, e) &&
	       db_run(d, STATEMENT_KEY_YEAR_PUT, args, COUNTOF(args), e);
}

bool key_year_of(struct db *d, int year, struct arena *a, struct key_year *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_KEY_YEAR_OF, &DB_I(year), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct key_year){ .year = year,
				  .key = db_int(r, 0),
				  .former = db_int(r, 1),
				  .statement = arena_str(a, db_text(r, 2)) };
	return true;
}

bool key_year_list(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_KEY_YEAR_LIST, NULL, 0, out, e);
}

bool key_next_year(struct db_rows *r, struct key_year *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct key_year){ .year = (int)db_int(r, 0),
				  .key = db_int(r, 1),
				  .former = db_int(r, 2),
				  .statement = db_text(r, 3) };
	return true;
}

bool key_step_add(struct db *d, const struct key_step *s, struct err *e)
{
	struct db_value args[] = { DB_I(s->year), DB_I(s->step), DB_I(s->at), DB_T(s->who) };

	return db_run(d, STATEMENT_KEY_STEP_ADD, args, COUNTOF(args), e);
}

bool key_steps(struct db *d, int year, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_KEY_STEPS, &DB_I(year), 1, out, e);
}

bool key_next_step(struct db_rows *r, struct key_step *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct key_step){ .step = (enum year_step)db_int(r, 0),
				  .at = db_int(r, 1),
				  .who = db_text(r, 2) };
	return true;
}

// ---- who is told

bool key_correspondents(struct db *d, const struct key_telling *t, struct db_rows **out,
			struct err *e)
{
	struct db_value args[] = { DB_I(t->year), DB_I(t->now), DB_I(t->since) };

	return db_query(d, STATEMENT_KEY_CORRESPONDENTS, args, COUNTOF(args), out, e);
}

bool key_next_correspondent(struct db_rows *r, struct correspondent *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct correspondent){ .member = db_int(r, 0),
				       .contact = db_int(r, 1),
				       .role = db_text(r, 2),
				       .mail = db_text(r, 3),
				       .wishes = db_text(r, 4) };
	return true;
}

bool key_told_add(struct db *d, int64_t message, int year, struct err *e)
{
	struct db_value args[] = { DB_I(message), DB_I(year) };

	return db_run(d, STATEMENT_KEY_TOLD_ADD, args, COUNTOF(args), e);
}

bool key_told_count(struct db *d, int year, int64_t *told, int64_t *arrived, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_KEY_TOLD_COUNT, &DB_I(year), 1, &r, e) || !db_next(r, e))
		return false;
	*told = db_int(r, 0);
	*arrived = db_int(r, 1);
	return true;
}

bool key_told_of(struct db *d, int64_t message, struct arena *a, struct key_told *out,
		 struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_KEY_TOLD_OF, &DB_I(message), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct key_told){ .year = (int)db_int(r, 0),
				  .fingerprint = arena_str(a, db_text(r, 1)),
				  .armored = arena_str(a, db_text(r, 2)),
				  .since = db_int(r, 3),
				  .revoked = db_int(r, 4),
				  .former = arena_str(a, db_text(r, 5)),
				  .statement = arena_str(a, db_text(r, 6)) };
	return true;
}
