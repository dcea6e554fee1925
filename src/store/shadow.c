#include "store/shadow.h"

#include "store/statements.gen.h"

bool shadow_of(struct db *d, int64_t member, const struct shadow_day *day, struct db_rows **out,
	       struct err *e)
{
	struct db_value args[] = { DB_I(member),     DB_I(MESSAGE_SHADOW), DB_I(day->since),
				   DB_I(day->until), DB_I(DO_MORE),        DB_I(DO_NOTE),
				   DB_I(DO_UNDO),    DB_I(TIME_EVER) };

	return db_query(d, STATEMENT_SHADOW_OF, args, COUNTOF(args), out, e);
}

bool shadow_next_finding(struct db_rows *r, struct shadow_finding *out, struct err *e)
{
	int64_t plan;

	if (!db_next(r, e))
		return false;
	plan = db_int(r, 11);
	*out = (struct shadow_finding){
		.id = db_int(r, 0),
		.number = (uint32_t)db_int(r, 1),
		.issue = db_text(r, 2),
		.seen = db_text(r, 3),
		.severity = (enum severity)db_int(r, 12),
		.since = db_int(r, 6),
		.held = db_text(r, 5),
		.ended = (enum finding_end)db_int(r, 13),
		.timing = (enum notice_timing)db_int(r, 14),
		.due = db_int(r, 15),
		.is = { .state = (enum finding_state)db_int(r, 4),
			.held = db_text(r, 5).n > 0,
			.anew = db_int(r, 7),
			.on_its_way = db_int(r, 8) > 0,
			.made = db_int(r, 9),
			.that_day = db_int(r, 10) > 0,
			.planned = plan >= 0,
			.plan = plan >= 0 ? (enum notice_state)plan : NOTICE_PLANNED },
	};
	return true;
}

bool shadow_told(struct db *d, const struct shadow_day *day, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(MESSAGE_SHADOW), DB_I(day->since), DB_I(day->until) };

	return db_query(d, STATEMENT_SHADOW_TOLD, args, COUNTOF(args), out, e);
}

bool shadow_next_told(struct db_rows *r, struct shadow_told *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct shadow_told){ db_int(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3) };
	return true;
}

bool shadow_left(struct db *d, struct shadow_left *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_SHADOW_LEFT, &DB_I(MESSAGE_SHADOW), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct shadow_left){ db_int(r, 0), db_int(r, 1) };
	return true;
}

bool shadow_take(struct db *d, const struct message_row *m, int64_t finding, struct err *e)
{
	struct db_value args[] = { DB_I(m->id), DB_I(finding), DB_I(m->made),
				   DB_I(MESSAGE_SHADOW) };

	return db_run(d, STATEMENT_SHADOW_TAKE, args, COUNTOF(args), e) &&
	       db_run(d, STATEMENT_SHADOW_PART, args, 2, e);
}
