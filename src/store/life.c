#include "store/life.h"

#include "base/buf.h"
#include "base/time.h"
#include "store/statements.gen.h"

bool change_add(struct db *d, const struct change_row *c, struct err *e)
{
	struct db_value args[] = {
		DB_I(c->finding),   DB_I(c->at),        DB_I(c->act),       DB_T(c->who),
		DB_I(c->was.state), DB_I(c->was.ended), DB_I(c->was.since), DB_I(c->was.until),
		DB_I(c->is.state),  DB_I(c->is.ended),  DB_I(c->is.until),  DB_T(c->reason),
		DB_I(c->batch),     DB_T(c->made),
	};

	return db_run(d, STATEMENT_CHANGE_ADD, args, COUNTOF(args), e);
}

bool change_of(struct db *d, int64_t finding, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_CHANGE_OF, &DB_I(finding), 1, out, e);
}

bool change_next_row(struct db_rows *r, struct change_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct change_row){
		.id = db_int(r, 0),
		.at = db_int(r, 1),
		.act = (enum life_act)db_int(r, 2),
		.who = db_text(r, 3),
		.was = { .state = (enum finding_state)db_int(r, 4),
			 .ended = (enum finding_end)db_int(r, 5),
			 .since = db_int(r, 6),
			 .until = db_int(r, 7) },
		.is = { .state = (enum finding_state)db_int(r, 8),
			.ended = (enum finding_end)db_int(r, 9),
			.since = db_int(r, 1),
			.until = db_int(r, 10) },
		.reason = db_text(r, 11),
		.batch = db_int(r, 12),
		.made = db_text(r, 13),
		.undone = db_int(r, 14) != 0,
	};
	return true;
}

bool change_last(struct db *d, int64_t finding, struct arena *a, struct change_row *out,
		 struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(DO_NOTE), DB_I(DO_UNDO), DB_I(DO_TELL) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_CHANGE_LAST, args, COUNTOF(args), &r, e) ||
	    !change_next_row(r, out, e))
		return false;
	out->finding = finding;
	out->who = arena_str(a, out->who);
	out->reason = arena_str(a, out->reason);
	out->made = arena_str(a, out->made);
	return true;
}

bool change_undone(struct db *d, int64_t id, struct err *e)
{
	return db_run(d, STATEMENT_CHANGE_UNDONE, &DB_I(id), 1, e);
}

bool finding_life(struct db *d, int64_t finding, const struct life *l, struct err *e)
{
	struct db_value args[] = {
		DB_I(finding),     DB_I(l->state), DB_I(l->ended),
		DB_I(l->reopened), DB_I(l->since), DB_I(l->until),
	};

	return db_run(d, STATEMENT_FINDING_LIFE, args, COUNTOF(args), e);
}

bool ends_due(struct db *d, enum issue_class class, int64_t last, struct db_rows **out,
	      struct err *e)
{
	struct db_value args[] = { DB_I(class), DB_I(last) };

	return db_query(d, STATEMENT_ENDS_DUE, args, COUNTOF(args), out, e);
}

bool ends_next_sources(struct db_rows *r, struct str *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = db_text(r, 0);
	return true;
}

bool ends_make(struct db *d, const struct end_group *g, const struct end_how *how, int64_t *count,
	       struct err *e)
{
	int64_t covered = how->all_coverage ? TIME_EVER : TIME_NEVER;
	struct db_value note[] = {
		DB_I(g->class),   DB_I(g->last), DB_T(g->sources), DB_I(g->udp),
		DB_I(how->now),   DB_I(DO_END),  DB_I(how->ended), DB_T(how->reason),
		DB_I(how->batch), DB_I(covered),
	};
	struct db_value make[] = {
		DB_I(g->class), DB_I(g->last),    DB_T(g->sources), DB_I(g->udp),
		DB_I(how->now), DB_I(how->ended), DB_I(covered),
	};

	if (!db_run(d, STATEMENT_ENDS_NOTE, note, COUNTOF(note), e) ||
	    !db_run(d, STATEMENT_ENDS_MAKE, make, COUNTOF(make), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool ends_uncovered(struct db *d, enum issue_class class, int64_t last, struct db_rows **out,
		    struct err *e)
{
	struct db_value args[] = { DB_I(class), DB_I(last), DB_I(TIME_NEVER) };

	return db_query(d, STATEMENT_ENDS_UNCOVERED, args, COUNTOF(args), out, e);
}

static struct life life_at(const struct db_rows *r, unsigned column)
{
	return (struct life){
		.state = (enum finding_state)db_int(r, column),
		.ended = (enum finding_end)db_int(r, column + 1),
		.reopened = db_int(r, column + 2),
		.since = db_int(r, column + 3),
		.until = db_int(r, column + 4),
	};
}

bool ends_next_uncovered(struct db_rows *r, struct living *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct living){
		.id = db_int(r, 0),
		.sources = db_text(r, 1),
		.udp = db_int(r, 2) != 0,
		.last_seen = db_int(r, 3),
		.asset = db_int(r, 4),
		.life = life_at(r, 5),
	};
	return true;
}

bool vanished_clear(struct db *d, struct err *e)
{
	return db_run(d, STATEMENT_VANISHED_CLEAR, NULL, 0, e);
}

bool vanished_find(struct db *d, enum issue_class class, int64_t since, struct err *e)
{
	struct db_value args[] = {
		DB_I(class),
		DB_I(since),
		DB_I(VANISHED_WITHIN_HOURS * TIME_HOUR),
		DB_I(VANISHED_FINDINGS),
		DB_I(VANISHED_MEMBERS),
	};

	return db_run(d, STATEMENT_VANISHED_FIND, args, COUNTOF(args), e);
}

bool accepted_open(struct db *d, int64_t now, int64_t *count, struct err *e)
{
	struct db_value note[] = { DB_I(now), DB_I(DO_TIME),
				   DB_T(S("the time until which it was accepted is over")),
				   DB_I(TIME_NEVER) };
	struct db_value make[] = { DB_I(now), DB_I(TIME_NEVER) };

	if (!db_run(d, STATEMENT_ACCEPTED_NOTE, note, COUNTOF(note), e) ||
	    !db_run(d, STATEMENT_ACCEPTED_OPEN, make, COUNTOF(make), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool living_after(struct db *d, int64_t after, int64_t most, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(after), DB_I(most) };

	return db_query(d, STATEMENT_HELD_THINGS, args, COUNTOF(args), out, e);
}

bool living_next_row(struct db_rows *r, struct living *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct living){
		.id = db_int(r, 0),
		.member = db_int(r, 1),
		.seen = db_text(r, 2),
		.class = (enum issue_class)db_int(r, 3),
		.asset = db_int(r, 4),
		.life = life_at(r, 5),
	};
	return true;
}

bool roster_ended(struct db *d, enum finding_end end, int64_t at, struct db_rows **out,
		  struct err *e)
{
	struct db_value args[] = { DB_I(end), DB_I(at) };

	return db_query(d, STATEMENT_ROSTER_ENDED, args, COUNTOF(args), out, e);
}

bool roster_next_ended(struct db_rows *r, struct living *f, struct change_row *c, struct err *e)
{
	if (!living_next_row(r, f, e))
		return false;
	*c = (struct change_row){
		.id = db_int(r, 10),
		.was = { .state = (enum finding_state)db_int(r, 11),
			 .ended = (enum finding_end)db_int(r, 12),
			 .since = db_int(r, 13),
			 .until = db_int(r, 14) },
	};
	return true;
}

bool finding_asset(struct db *d, int64_t finding, int64_t asset, struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(asset) };

	return db_run(d, STATEMENT_FINDING_ASSET, args, COUNTOF(args), e);
}
