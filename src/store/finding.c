#include "store/finding.h"

#include "store/statements.gen.h"

bool finding_last(struct db *d, int64_t *id, struct err *e)
{
	return db_one(d, STATEMENT_FINDING_LAST, NULL, 0, id, e);
}

bool finding_by_key(struct db *d, struct finding_row *f, struct arena *a, struct err *e)
{
	struct db_value args[] = { DB_I(f->member), DB_T(f->issue), DB_T(f->seen) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_FINDING_BY_KEY, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	f->id = db_int(r, 0);
	f->strength = (enum strength)db_int(r, 1);
	f->life.state = (enum finding_state)db_int(r, 2);
	f->first_seen = db_int(r, 3);
	f->last_seen = db_int(r, 4);
	f->sightings = db_int(r, 5);
	f->sources = arena_str(a, db_text(r, 6));
	f->held = arena_str(a, db_text(r, 7));
	f->life.ended = (enum finding_end)db_int(r, 8);
	f->life.reopened = db_int(r, 9);
	f->life.since = db_int(r, 10);
	f->life.until = db_int(r, 11);
	f->print = arena_str(a, db_text(r, 12));
	f->asset = db_int(r, 13);
	return true;
}

bool finding_any(struct db *d, const struct finding_range *r, bool *any, struct err *e)
{
	struct db_value args[] = { DB_I(r->member), DB_T(r->issue), DB_T(r->low), DB_T(r->high) };
	int64_t id;

	*any = db_one(d, STATEMENT_FINDING_ANY, args, COUNTOF(args), &id, e);
	return *any || e->kind == ERR_NONE;
}

bool finding_add(struct db *d, const struct finding_row *f, bool *taken, struct err *e)
{
	struct db_value args[] = {
		DB_I(f->id),         DB_I(f->number),     DB_I(f->member),    DB_T(f->issue),
		DB_T(f->seen),       DB_I(f->class),      DB_I(f->severity),  DB_I(f->strength),
		DB_I(f->life.state), DB_I(f->first_seen), DB_I(f->last_seen), DB_I(f->found),
		DB_I(f->sightings),  DB_T(f->sources),    DB_T(f->held),      DB_T(f->print),
		DB_I(f->asset),      DB_I(f->retro),
	};

	if (!db_run(d, STATEMENT_FINDING_ADD, args, COUNTOF(args), e))
		return false;
	*taken = db_changed(d) == 0;
	return true;
}

bool finding_refresh(struct db *d, const struct finding_row *f, struct err *e)
{
	struct db_value args[] = {
		DB_I(f->id),         DB_I(f->strength),
		DB_I(f->life.state), DB_I(f->first_seen),
		DB_I(f->last_seen),  DB_I(f->sightings),
		DB_T(f->sources),    DB_T(f->held),
		DB_I(f->life.ended), DB_I(f->life.reopened),
		DB_I(f->life.since), DB_I(f->life.until),
		DB_T(f->print),      DB_I(f->asset),
	};

	return db_run(d, STATEMENT_FINDING_REFRESH, args, COUNTOF(args), e);
}

bool sighting_any(struct db *d, const struct sighting_row *s, bool *any, struct err *e)
{
	struct db_value args[] = { DB_I(s->finding), DB_I(s->feed), DB_I(s->day) };
	int64_t batch;

	*any = db_one(d, STATEMENT_SIGHTING_ANY, args, COUNTOF(args), &batch, e);
	return *any || e->kind == ERR_NONE;
}

static bool put_sighting(struct db *d, unsigned statement, const struct sighting_row *s,
			 struct err *e)
{
	struct db_value args[] = {
		DB_I(s->finding),
		DB_I(s->feed),
		DB_I(s->day),
		DB_I(s->batch),
		DB_I((int64_t)s->events),
		DB_I(s->last),
		DB_I((int64_t)s->record),
		DB_I((int64_t)s->place),
		DB_I((int64_t)s->length),
	};

	return db_run(d, statement, args, COUNTOF(args), e);
}

bool sighting_add(struct db *d, const struct sighting_row *s, struct err *e)
{
	return put_sighting(d, STATEMENT_SIGHTING_ADD, s, e);
}

bool sighting_again(struct db *d, const struct sighting_row *s, struct err *e)
{
	return put_sighting(d, STATEMENT_SIGHTING_AGAIN, s, e);
}

bool sighting_voided(struct db *d, int64_t finding, int64_t batch, bool *out, struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(batch) };
	int64_t count = 0;

	*out = false;
	if (!db_one(d, STATEMENT_SIGHTING_VOIDED, args, COUNTOF(args), &count, e))
		return false;
	*out = count > 0;
	return true;
}

bool evidence_add(struct db *d, const struct evidence_row *v, struct err *e)
{
	struct db_value args[] = {
		DB_I(v->finding),        DB_I(v->feed),
		DB_I(v->batch),          DB_I((int64_t)v->record),
		DB_I((int64_t)v->place), DB_I((int64_t)v->length),
		DB_I(v->time),           DB_I(v->asset),
		DB_T(v->asset_value),    DB_T(v->enclosing),
		DB_I(v->rule),           DB_T(v->event),
		DB_T(v->warned),         DB_I(v->verdict),
	};

	return db_run(d, STATEMENT_EVIDENCE_ADD, args, COUNTOF(args), e);
}

bool finding_list(struct db *d, const struct finding_filter *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = {
		f->member.n > 0 ? DB_T(f->member) : DB_0,
		f->issue.n > 0 ? DB_T(f->issue) : DB_0,
		f->state >= 0 ? DB_I(f->state) : DB_0,
		f->severity >= 0 ? DB_I(f->severity) : DB_0,
		f->feed.n > 0 ? DB_T(f->feed) : DB_0,
		f->held != HELD_OR_NOT ? DB_I(f->held == HELD_ONLY) : DB_0,
		DB_I(f->all),
	};

	return db_query(d, STATEMENT_FINDING_LIST, args, COUNTOF(args), out, e);
}

bool finding_held(struct db *d, const struct finding_filter *f, int64_t *out, struct err *e)
{
	struct db_value args[] = {
		f->member.n > 0 ? DB_T(f->member) : DB_0,
		f->issue.n > 0 ? DB_T(f->issue) : DB_0,
		f->state >= 0 ? DB_I(f->state) : DB_0,
		f->severity >= 0 ? DB_I(f->severity) : DB_0,
		f->feed.n > 0 ? DB_T(f->feed) : DB_0,
	};

	return db_one(d, STATEMENT_FINDING_HELD, args, COUNTOF(args), out, e);
}

bool finding_next_row(struct db_rows *r, struct finding_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct finding_row){
		.id = db_int(r, 0),
		.number = (uint32_t)db_int(r, 1),
		.slug = db_text(r, 2),
		.issue = db_text(r, 3),
		.seen = db_text(r, 4),
		.class = (unsigned)db_int(r, 5),
		.severity = (unsigned)db_int(r, 6),
		.strength = (enum strength)db_int(r, 7),
		.life = { .state = (enum finding_state)db_int(r, 8),
			  .ended = (enum finding_end)db_int(r, 16),
			  .reopened = db_int(r, 17),
			  .since = db_int(r, 18),
			  .until = db_int(r, 19) },
		.first_seen = db_int(r, 9),
		.last_seen = db_int(r, 10),
		.found = db_int(r, 11),
		.sightings = db_int(r, 12),
		.sources = db_text(r, 13),
		.name = db_text(r, 14),
		.held = db_text(r, 15),
		.member = db_int(r, 20),
		.print = db_text(r, 21),
		.asset = db_int(r, 22),
		.retro = db_int(r, 23),
	};
	return true;
}

void finding_keep_texts(struct finding_row *f, struct arena *a)
{
	f->slug = arena_str(a, f->slug);
	f->name = arena_str(a, f->name);
	f->issue = arena_str(a, f->issue);
	f->seen = arena_str(a, f->seen);
	f->sources = arena_str(a, f->sources);
	f->held = arena_str(a, f->held);
	f->print = arena_str(a, f->print);
}

bool finding_by_number(struct db *d, uint32_t number, struct arena *a, struct finding_row *out,
		       struct err *e)
{
	struct db_value args[] = { DB_I(number) };
	struct finding_row f;
	autorows r = NULL;

	if (!db_query(d, STATEMENT_FINDING_PUBLIC, args, COUNTOF(args), &r, e) ||
	    !finding_next_row(r, &f, e))
		return false;
	finding_keep_texts(&f, a);
	*out = f;
	return true;
}

bool evidence_of(struct db *d, int64_t finding, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(finding) };

	return db_query(d, STATEMENT_EVIDENCE_OF, args, COUNTOF(args), out, e);
}

bool evidence_next_row(struct db_rows *r, struct evidence_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct evidence_row){
		.feed_name = db_text(r, 0),
		.type = db_text(r, 1),
		.file = db_text(r, 2),
		.archive = db_text(r, 3),
		.arrived = db_int(r, 4),
		.record = (uint64_t)db_int(r, 5),
		.place = (uint64_t)db_int(r, 6),
		.length = (uint64_t)db_int(r, 7),
		.time = db_int(r, 8),
		.asset = db_int(r, 9),
		.asset_value = db_text(r, 10),
		.enclosing = db_text(r, 11),
		.rule = (enum claim_rule)db_int(r, 12),
		.event = db_text(r, 13),
		.asset_kind = db_text(r, 14),
		.since = db_int(r, 15),
		.until = db_int(r, 16),
		.warned = db_text(r, 17),
		.verdict = (enum hold_why)db_int(r, 18),
	};
	return true;
}

bool sighting_days(struct db *d, int64_t finding, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_SIGHTING_DAYS, &DB_I(finding), 1, out, e);
}

bool sighting_next_day(struct db_rows *r, struct sighting_day *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct sighting_day){ db_text(r, 0), db_int(r, 1), (uint64_t)db_int(r, 2) };
	return true;
}

bool sighting_all(struct db *d, int64_t finding, int64_t most, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(most) };

	return db_query(d, STATEMENT_SIGHTING_ALL, args, COUNTOF(args), out, e);
}

bool sighting_next_seen(struct db_rows *r, struct sighting_seen *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct sighting_seen){
		.feed = db_text(r, 0),
		.day = db_int(r, 1),
		.type = db_text(r, 2),
		.file = db_text(r, 3),
		.archive = db_text(r, 4),
		.batch = db_int(r, 5),
		.events = (uint64_t)db_int(r, 6),
		.record = (uint64_t)db_int(r, 7),
		.place = (uint64_t)db_int(r, 8),
		.length = (uint64_t)db_int(r, 9),
		.voided = db_int(r, 10) != 0,
	};
	return true;
}
