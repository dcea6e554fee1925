#include "store/notice.h"

#include "base/arena.h"
#include "store/statements.gen.h"

bool notice_marks(struct db *d, struct notice_marks *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_NOTICE_MARKS, NULL, 0, &r, e))
		return false;
	if (!db_next(r, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_SYSTEM, "the store has lost up to where all is planned");
	*out = (struct notice_marks){ db_int(r, 0), db_int(r, 1), db_int(r, 2), db_int(r, 3),
				      db_int(r, 4), db_int(r, 5), db_int(r, 6) };
	return true;
}

bool notice_marked(struct db *d, const struct notice_marks *m, struct err *e)
{
	struct db_value args[] = { DB_I(m->newest_finding), DB_I(m->newest_change) };

	return db_run(d, STATEMENT_NOTICE_MARKED, args, COUNTOF(args), e);
}

bool watched_put(struct db *d, enum watched_kind kind, int64_t last, int64_t since, struct err *e)
{
	struct db_value args[] = { DB_I(kind), DB_I(last), DB_I(since) };

	return db_run(d, STATEMENT_WATCHED_PUT, args, COUNTOF(args), e);
}

bool watched_since(struct db *d, enum watched_kind kind, int64_t thing, int64_t *since,
		   struct err *e)
{
	struct db_value args[] = { DB_I(kind), DB_I(thing) };

	*since = TIME_EVER;
	return db_one(d, STATEMENT_WATCHED_SINCE, args, COUNTOF(args), since, e) ||
	       e->kind == ERR_NONE;
}

bool watched_all(struct db *d, enum watched_kind kind, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_WATCHED_ALL, &DB_I(kind), 1, out, e);
}

bool watched_next(struct db_rows *r, struct watched *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct watched){ db_int(r, 0), db_int(r, 1) };
	return true;
}

bool notice_new(struct db *d, const struct notice_marks *m, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_NOTICE_NEW, &DB_I(m->finding), 1, out, e);
}

bool notice_changed(struct db *d, const struct notice_marks *m, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(m->finding), DB_I(m->change), DB_I(DO_NOTE),
				   DB_I(DO_TELL) };

	return db_query(d, STATEMENT_NOTICE_CHANGED, args, COUNTOF(args), out, e);
}

bool notice_next_occasion(struct db_rows *r, bool changed, struct occasion *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct occasion){
		.finding = db_int(r, 0),
		.member = db_int(r, 1),
		.issue = db_text(r, 2),
		.class = (enum issue_class)db_int(r, 3),
		.severity = (enum severity)db_int(r, 4),
		.strength = (enum strength)db_int(r, 5),
		.state = (enum finding_state)db_int(r, 6),
		.last_seen = db_int(r, 7),
		.held = db_text(r, 8).n > 0,
		.asset = db_int(r, 9),
		.care = db_text(r, 10).n > 0,
		.news = changed ? urgency_news((enum life_act)db_int(r, 11),
					       (enum finding_state)db_int(r, 12))
				: NEWS_NEW,
		.said = (enum urgency)db_int(r, 13),
	};
	return true;
}

bool notice_add(struct db *d, const struct notice_row *n, struct err *e)
{
	struct db_value args[] = {
		DB_I(n->finding), DB_I(n->member), DB_T(n->issue), DB_I(n->urgency), DB_I(n->rule),
		DB_I(n->timing),  DB_I(n->due),    DB_I(n->batch), DB_I(n->made),
	};

	return db_run(d, STATEMENT_NOTICE_ADD, args, COUNTOF(args), e);
}

bool notice_drop(struct db *d, int64_t finding, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(now), DB_I(TIME_NEVER) };

	return db_run(d, STATEMENT_NOTICE_DROP, args, COUNTOF(args), e);
}

bool notice_unsay(struct db *d, int64_t finding, int64_t batch, int64_t now, int64_t *count,
		  struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(batch), DB_I(now), DB_I(TIME_NEVER) };

	if (!db_run(d, STATEMENT_NOTICE_UNSAY, args, COUNTOF(args), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool notice_void(struct db *d, const struct notice_marks *m, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(m->change), DB_I(now), DB_I(TIME_NEVER) };

	return db_run(d, STATEMENT_NOTICE_VOID, args, COUNTOF(args), e);
}

bool notice_list(struct db *d, struct str member, bool all, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { member.n > 0 ? DB_T(member) : DB_0, DB_I(all) };

	return db_query(d, STATEMENT_NOTICE_LIST, args, COUNTOF(args), out, e);
}

bool notice_next_row(struct db_rows *r, struct notice_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct notice_row){
		.id = db_int(r, 0),
		.finding = db_int(r, 1),
		.member = db_int(r, 2),
		.issue = db_text(r, 3),
		.urgency = (enum urgency)db_int(r, 4),
		.rule = (enum urgency_rule)db_int(r, 5),
		.timing = (enum notice_timing)db_int(r, 6),
		.due = db_int(r, 7),
		.breaker = db_int(r, 8),
		.batch = db_int(r, 9),
		.made = db_int(r, 10),
		.state = (enum notice_state)db_int(r, 11),
		.slug = db_text(r, 12),
		.number = (uint32_t)db_int(r, 13),
		.seen = db_text(r, 14),
		.severity = (enum severity)db_int(r, 15),
		.broke = (enum breaker_why)db_int(r, 16),
		.count = { db_int(r, 17), db_int(r, 18), db_int(r, 19) },
		.corrected = db_int(r, 20),
	};
	return true;
}

bool notice_undated(struct db *d, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(TIME_NEVER), DB_I(TIME_EVER) };

	return db_query(d, STATEMENT_NOTICE_UNDATED, args, COUNTOF(args), out, e);
}

bool notice_next_undated(struct db_rows *r, struct undated *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct undated){ db_int(r, 0), db_int(r, 1) };
	return true;
}

bool notice_date(struct db *d, int64_t member, const struct flood_when *when, struct err *e)
{
	struct db_value args[] = { DB_I(member), DB_I(when->due), DB_I(when->timing),
				   DB_I(TIME_NEVER) };

	return db_run(d, STATEMENT_NOTICE_DATE, args, COUNTOF(args), e);
}

// ---- the breaker

bool notice_rising(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_NOTICE_RISING, &DB_I(TIME_NEVER), 1, out, e);
}

bool notice_next_rising(struct db_rows *r, struct str *issue, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*issue = db_text(r, 0);
	return true;
}

bool notice_count(struct db *d, struct str issue, int64_t now, struct flood_count *out,
		  struct err *e)
{
	int64_t since = now - BREAKER_HOURS * TIME_HOUR;
	struct db_value reach[] = { DB_T(issue), DB_I(since) };
	struct db_value usual[] = { DB_T(issue), DB_I(since - BREAKER_DAYS * TIME_DAY), DB_I(since),
				    DB_I(TIME_DAY), DB_I(TIME_NEVER) };

	return db_one(d, STATEMENT_NOTICE_REACH, reach, COUNTOF(reach), &out->told, e) &&
	       db_one(d, STATEMENT_NOTICE_USUAL, usual, COUNTOF(usual), &out->usual, e) &&
	       db_one(d, STATEMENT_MEMBER_COUNT, &DB_I(now), 1, &out->everybody, e);
}

bool breaker_add(struct db *d, struct breaker_row *b, struct err *e)
{
	struct db_value args[] = {
		DB_T(b->issue),           DB_I(b->at),          DB_I(b->count.told),
		DB_I(b->count.everybody), DB_I(b->count.usual), DB_I(b->why),
	};

	return db_one(d, STATEMENT_BREAKER_ADD, args, COUNTOF(args), &b->id, e);
}

bool breaker_reach(struct db *d, int64_t breaker, int64_t members, struct err *e)
{
	struct db_value args[] = { DB_I(breaker), DB_I(members) };

	return db_run(d, STATEMENT_BREAKER_REACH, args, COUNTOF(args), e);
}

bool breaker_last(struct db *d, struct str issue, struct arena *a, struct breaker_row *out,
		  struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_BREAKER_LAST, &DB_T(issue), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct breaker_row){
		.id = db_int(r, 0),
		.issue = arena_str(a, db_text(r, 1)),
		.at = db_int(r, 2),
		.count = { db_int(r, 3), db_int(r, 4), db_int(r, 5) },
		.why = (enum breaker_why)db_int(r, 6),
		.state = (enum breaker_state)db_int(r, 7),
		.decided = db_int(r, 8),
		.who = arena_str(a, db_text(r, 9)),
		.reason = arena_str(a, db_text(r, 10)),
	};
	return true;
}

bool breaker_decide(struct db *d, const struct breaker_row *b, struct err *e)
{
	struct db_value args[] = { DB_I(b->id), DB_I(b->state), DB_I(b->decided), DB_T(b->who),
				   DB_T(b->reason) };

	return db_run(d, STATEMENT_BREAKER_DECIDE, args, COUNTOF(args), e);
}

bool notice_hold(struct db *d, const struct breaker_row *b, int64_t now, int64_t *count,
		 struct err *e)
{
	struct db_value args[] = { DB_T(b->issue), DB_I(b->id), DB_I(now), DB_I(TIMING_HELD),
				   DB_I(TIME_NEVER) };

	if (!db_run(d, STATEMENT_NOTICE_HOLD, args, COUNTOF(args), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool notice_let(struct db *d, int64_t breaker, enum notice_state state, int64_t *count,
		struct err *e)
{
	struct db_value args[] = { DB_I(breaker), DB_I(state) };

	if (!db_run(d, STATEMENT_NOTICE_LET, args, COUNTOF(args), e))
		return false;
	*count = db_changed(d);
	return true;
}
