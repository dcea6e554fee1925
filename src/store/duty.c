#include "store/duty.h"

#include "store/statements.gen.h"

// ---- officers

bool officer_add(struct db *d, struct officer_row *o, struct err *e)
{
	struct db_value args[] = { DB_T(o->name), DB_I(o->made) };

	return db_one(d, STATEMENT_OFFICER_ADD, args, COUNTOF(args), &o->id, e);
}

bool officer_list(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_OFFICER_LIST, NULL, 0, out, e);
}

bool officer_next(struct db_rows *r, struct officer_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct officer_row){ db_int(r, 0), db_text(r, 1), db_int(r, 2) };
	return true;
}

bool officer_drop(struct db *d, int64_t id, struct err *e)
{
	return db_run(d, STATEMENT_CHANNEL_DROP, &DB_I(id), 1, e) &&
	       db_run(d, STATEMENT_DUTY_DROP_OFFICER, &DB_I(id), 1, e) &&
	       db_run(d, STATEMENT_DUTY_DROP_BACKUP, &DB_I(id), 1, e) &&
	       db_run(d, STATEMENT_OFFICER_DROP, &DB_I(id), 1, e);
}

bool channel_put(struct db *d, int64_t officer, const struct channel_row *all, size_t n,
		 struct err *e)
{
	if (!db_run(d, STATEMENT_CHANNEL_DROP, &DB_I(officer), 1, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct db_value args[] = { DB_I(officer), DB_I((int64_t)i), DB_I(all[i].way),
					   DB_T(all[i].address) };

		if (!db_run(d, STATEMENT_CHANNEL_ADD, args, COUNTOF(args), e))
			return false;
	}
	return true;
}

bool channel_list(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_CHANNEL_LIST, NULL, 0, out, e);
}

bool channel_next(struct db_rows *r, struct channel_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct channel_row){ .id = db_int(r, 0),
				     .officer = db_int(r, 1),
				     .way = (enum page_way)db_int(r, 2),
				     .address = db_text(r, 3),
				     .tested = db_int(r, 4) };
	return true;
}

bool channel_tested(struct db *d, int64_t id, int64_t at, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(at) };

	return db_run(d, STATEMENT_CHANNEL_TESTED, args, COUNTOF(args), e);
}

// ---- times on duty

bool duty_add(struct db *d, struct duty_row *x, struct err *e)
{
	struct db_value args[] = { DB_I(x->officer), DB_I(x->backup), DB_I(x->since),
				   DB_I(x->until) };

	return db_one(d, STATEMENT_DUTY_ADD, args, COUNTOF(args), &x->id, e);
}

bool duty_list(struct db *d, int64_t now, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_DUTY_LIST, &DB_I(now), 1, out, e);
}

bool duty_next(struct db_rows *r, struct duty_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct duty_row){
		.id = db_int(r, 0),
		.officer = db_int(r, 1),
		.backup = db_int(r, 2),
		.since = db_int(r, 3),
		.until = db_int(r, 4),
		.tested = db_int(r, 5),
		.name = db_text(r, 6),
		.backup_name = db_text(r, 7),
	};
	return true;
}

bool duty_now(struct db *d, int64_t now, struct arena *a, struct duty_row *out, struct err *e)
{
	autorows r = NULL;
	struct duty_row x;

	*out = (struct duty_row){ 0 };
	if (!duty_list(d, now, &r, e))
		return false;
	while (duty_next(r, &x, e))
		if (x.since <= now && out->id == 0) {
			*out = x;
			out->name = arena_str(a, x.name);
			out->backup_name = arena_str(a, x.backup_name);
		}
	return e->kind == ERR_NONE;
}

bool duty_drop(struct db *d, int64_t id, struct err *e)
{
	return db_run(d, STATEMENT_DUTY_DROP, &DB_I(id), 1, e);
}

bool duty_tested(struct db *d, int64_t id, int64_t at, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(at) };

	return db_run(d, STATEMENT_DUTY_TESTED, args, COUNTOF(args), e);
}

// ---- pages

bool page_add(struct db *d, struct page_row *p, struct err *e)
{
	struct db_value args[] = { DB_I(p->kind), DB_I(p->thing), DB_I(p->severity), DB_I(p->made),
				   DB_I(p->duty) };

	p->id = 0;
	return db_one(d, STATEMENT_PAGE_ADD, args, COUNTOF(args), &p->id, e) || e->kind == ERR_NONE;
}

bool page_list(struct db *d, bool all, int64_t most, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(all), DB_I(most) };

	return db_query(d, STATEMENT_PAGE_LIST, args, COUNTOF(args), out, e);
}

bool page_next(struct db_rows *r, struct page_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct page_row){
		.id = db_int(r, 0),
		.kind = (int)db_int(r, 1),
		.thing = db_int(r, 2),
		.severity = (enum severity)db_int(r, 3),
		.made = db_int(r, 4),
		.duty = db_int(r, 5),
		.tries = (unsigned)db_int(r, 6),
		.next = db_int(r, 7),
		.ended = db_int(r, 8),
		.taker = db_text(r, 9),
	};
	return true;
}

bool page_tried(struct db *d, const struct page_row *p, struct err *e)
{
	struct db_value args[] = { DB_I(p->id), DB_I(p->duty), DB_I(p->tries), DB_I(p->next) };

	return db_run(d, STATEMENT_PAGE_TRIED, args, COUNTOF(args), e);
}

bool page_hurry(struct db *d, int64_t id, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(now) };

	return db_run(d, STATEMENT_PAGE_HURRY, args, COUNTOF(args), e);
}

bool page_end(struct db *d, int64_t id, int64_t at, struct str taker, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(at), DB_T(taker) };

	return db_run(d, STATEMENT_PAGE_END, args, COUNTOF(args), e);
}

bool try_add(struct db *d, int64_t page, int64_t officer, int64_t channel, int64_t made,
	     struct err *e)
{
	struct db_value args[] = { DB_I(page), DB_I(officer), DB_I(channel), DB_B(S("")),
				   DB_I(made) };

	return db_run(d, STATEMENT_TRY_ADD, args, COUNTOF(args), e);
}

bool try_waiting(struct db *d, int64_t most, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_TRY_WAITING, &DB_I(most), 1, out, e);
}

bool try_next_waiting(struct db_rows *r, struct try_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct try_row){
		.id = db_int(r, 0),
		.page = db_int(r, 1),
		.severity = (enum severity)db_int(r, 2),
		.kind = (int)db_int(r, 3),
		.way = (enum page_way)db_int(r, 4),
		.address = db_text(r, 5),
	};
	return true;
}

bool try_begun(struct db *d, int64_t id, struct str token, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_B(token) };

	return db_run(d, STATEMENT_TRY_BEGUN, args, COUNTOF(args), e);
}

bool try_over(struct db *d, int64_t id, enum page_try_state state, struct str says, struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(state), DB_T(says) };

	return db_run(d, STATEMENT_TRY_OVER, args, COUNTOF(args), e);
}

bool try_list(struct db *d, int64_t page, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_TRY_LIST, &DB_I(page), 1, out, e);
}

bool try_next(struct db_rows *r, struct try_row *out, struct err *e)
{
	int64_t way;

	if (!db_next(r, e))
		return false;
	way = db_int(r, 5);
	*out = (struct try_row){
		.id = db_int(r, 0),
		.made = db_int(r, 1),
		.state = (enum page_try_state)db_int(r, 2),
		.says = db_text(r, 3),
		.name = db_text(r, 4),
		.way = way < 0 ? PAGE_WAY_COUNT : (enum page_way)way,
		.address = db_text(r, 6),
	};
	return true;
}

bool try_by_token(struct db *d, struct str token, struct arena *a, struct try_link *out,
		  struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_TRY_BY_TOKEN, &DB_B(token), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct try_link){ .name = arena_str(a, db_text(r, 7)), .channel = db_int(r, 8) };
	out->page = (struct page_row){
		.id = db_int(r, 0),
		.kind = (int)db_int(r, 1),
		.thing = db_int(r, 2),
		.severity = (enum severity)db_int(r, 3),
		.made = db_int(r, 4),
		.ended = db_int(r, 5),
		.taker = arena_str(a, db_text(r, 6)),
	};
	return true;
}
