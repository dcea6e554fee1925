#include "store/scratch.h"

#include "store/asset.h"
#include "store/life.h"
#include "store/member.h"
#include "store/notice.h"
#include "store/statements.gen.h"
#include "store/store.h"

struct copy {
	struct db *from, *to;
	const struct scratch_of *of;
	struct arena *a;
};

static bool put_members(const struct copy *c, struct err *e)
{
	LIST_EACH (struct member, m, &c->of->roster->members) {
		struct db_value args[] = { DB_I(m->id), DB_T(m->slug), DB_I(m->since),
					   DB_I(m->until) };

		if (!db_run(c->to, STATEMENT_SCRATCH_MEMBER, args, COUNTOF(args), e) ||
		    !member_put(c->to, m, e))
			return false;
	}
	LIST_EACH (const struct member, m, &c->of->roster->members)
		if (!member_put_umbrellas(c->to, m, e))
			return false;
	return true;
}

static bool put_asset(const struct copy *c, struct asset *x, struct err *e)
{
	const struct roster *r = c->of->roster;
	struct asset_key key = { .text = x->value };
	struct err none;
	struct db_value args[] = {
		DB_I(x->id),
		x->member == ROSTER_NOBODY ? DB_0 : DB_I(r->members.at[x->member].id),
		DB_T(asset_kind_word((enum asset_kind)x->kind)),
		DB_T(x->value),
		DB_0,
		DB_I(x->since),
		DB_I(x->until),
	};

	if (!asset_key(x, c->of->idn, c->a, &key, &none)) // it was read when it came
		key.text = x->value;
	args[4] = DB_T(key.text);
	return db_run(c->to, STATEMENT_SCRATCH_ASSET, args, COUNTOF(args), e) &&
	       asset_put(c->to, 0, x, &key, e);
}

static bool put_assets(const struct copy *c, struct err *e)
{
	LIST_EACH (struct asset, x, &c->of->roster->assets)
		if (x->until > c->of->now && !put_asset(c, x, e))
			return false;
	return true;
}

static bool put_coverage(const struct copy *c, int64_t feed, struct str name, struct err *e)
{
	autorows r = NULL;
	struct coverage x;

	if (!coverage_all(c->from, name, &r, e))
		return false;
	while (coverage_next_row(r, &x, e)) {
		x.feed = feed;
		if (!coverage_put(c->to, &x, e))
			return false;
	}
	return e->kind == ERR_NONE;
}

static bool put_feeds(const struct copy *c, struct err *e)
{
	autorows r = NULL;

	if (!db_query(c->from, STATEMENT_FEED_ALL, NULL, 0, &r, e))
		return false;
	while (db_next(r, e)) {
		struct db_value args[] = { DB_I(db_int(r, 0)), DB_T(db_text(r, 1)) };

		if (!db_run(c->to, STATEMENT_SCRATCH_FEED, args, COUNTOF(args), e) ||
		    !put_coverage(c, args[0].i, args[1].s, e))
			return false;
	}
	return e->kind == ERR_NONE;
}

static bool put_alarms(const struct copy *c, struct err *e)
{
	autorows r = NULL;
	struct suppress s;

	if (!suppress_all(c->from, c->of->now, false, &r, e))
		return false;
	while (suppress_next_row(r, &s, e))
		if (!suppress_add(c->to, &s, e))
			return false;
	return e->kind == ERR_NONE;
}

static bool put_watched(const struct copy *c, struct err *e)
{
	static const enum watched_kind kinds[] = { WATCHED_FEED, WATCHED_MEMBER, WATCHED_ASSET };

	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		autorows r = NULL;
		struct watched x;

		if (!watched_all(c->from, kinds[i], &r, e))
			return false;
		while (watched_next(r, &x, e))
			if (!watched_put(c->to, kinds[i], x.last, x.since, e))
				return false;
		if (e->kind != ERR_NONE)
			return false;
	}
	return true;
}

static bool copy_all(const struct copy *c, struct err *e)
{
	if (!db_begin(c->to, e))
		return false;
	if (put_members(c, e) && put_assets(c, e) && put_feeds(c, e) && put_alarms(c, e) &&
	    put_watched(c, e))
		return db_commit(c->to, e);
	db_abort(c->to);
	return false;
}

bool scratch_open(const struct scratch_of *of, struct arena *a, struct db **out, struct err *e)
{
	struct copy c = { .from = of->from, .of = of, .a = a };
	autostore to = NULL;

	if (!store_open((struct db_place){ "", NULL }, STORE_MAKE, of->now, &to, e))
		return false;
	c.to = to;
	if (!copy_all(&c, e))
		return false;
	*out = TAKE(to, NULL);
	return true;
}

bool scratch_hear(struct db *scratch, struct db *from, int64_t after, int64_t until, struct err *e)
{
	struct db_value args[] = { DB_I(after), DB_I(until) };
	autorows r = NULL;

	if (!db_query(from, STATEMENT_HEARD_BETWEEN, args, COUNTOF(args), &r, e))
		return false;
	while (db_next(r, e)) {
		struct db_value row[] = { DB_I(db_int(r, 0)), DB_T(db_text(r, 1)),
					  DB_I(db_int(r, 2)), DB_I(db_int(r, 3)),
					  DB_I(db_int(r, 4)) };

		if (!db_run(scratch, STATEMENT_SCRATCH_HEARD, row, COUNTOF(row), e))
			return false;
	}
	return e->kind == ERR_NONE;
}

bool scratch_findings(struct db *scratch, struct db_rows **out, struct err *e)
{
	return db_query(scratch, STATEMENT_SCRATCH_FINDINGS, NULL, 0, out, e);
}

bool scratch_next_finding(struct db_rows *r, struct scratch_finding *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct scratch_finding){
		.slug = db_text(r, 0),
		.issue = db_text(r, 1),
		.seen = db_text(r, 2),
		.severity = (unsigned)db_int(r, 3),
		.state = (int)db_int(r, 4),
		.held = db_text(r, 5),
		.first_seen = db_int(r, 6),
		.last_seen = db_int(r, 7),
		.at_once = db_int(r, 8),
		.digest = db_int(r, 9),
	};
	return true;
}
