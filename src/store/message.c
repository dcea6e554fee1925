#include "store/message.h"

#include "base/time.h"
#include "model/finding/life.h"
#include "store/statements.gen.h"

// ---- whether anything leaves

bool telling(struct db *d, struct arena *a, struct telling *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_TELLING, NULL, 0, &r, e))
		return false;
	if (!db_next(r, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_SYSTEM, "the store has lost whether anything leaves");
	*out = (struct telling){
		.mode = (enum tell_mode)db_int(r, 0),
		.stopped = db_int(r, 1),
		.who = arena_str(a, db_text(r, 2)),
		.reason = arena_str(a, db_text(r, 3)),
		.at = db_int(r, 4),
	};
	return true;
}

bool telling_set(struct db *d, const struct telling *t, struct err *e)
{
	struct db_value args[] = { DB_I(t->mode), DB_I(t->stopped), DB_T(t->who), DB_T(t->reason),
				   DB_I(t->at) };

	return db_run(d, STATEMENT_TELLING_SET, args, COUNTOF(args), e);
}

bool telling_begins(struct db *d, struct err *e)
{
	return db_run(d, STATEMENT_MESSAGE_SHADOW_LET, &DB_I(MESSAGE_SHADOW), 1, e);
}

// ---- messages

bool message_due(struct db *d, int64_t now, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_MESSAGE_DUE, &DB_I(now), 1, out, e);
}

bool message_next_wanted(struct db_rows *r, struct message_wanted *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct message_wanted){ db_int(r, 0), (enum urgency)db_int(r, 1),
					(enum severity)db_int(r, 2) };
	return true;
}

bool message_add(struct db *d, struct message_row *m, bool *taken, struct err *e)
{
	struct db_value args[] = {
		DB_I(m->number), DB_I(m->member), DB_I(m->kind),  DB_I(m->urgency),
		DB_I(m->state),  DB_I(m->made),   DB_I(m->due),   DB_I(m->answer),
		DB_I(m->round),  DB_I(m->recall), DB_I(m->alert),
	};

	*taken = !db_one(d, STATEMENT_MESSAGE_ADD, args, COUNTOF(args), &m->id, e);
	return e->kind == ERR_NONE;
}

bool message_take(struct db *d, const struct message_row *m, int64_t now, struct err *e)
{
	struct db_value args[] = { DB_I(m->id), DB_I(m->member), DB_I(m->urgency), DB_I(now) };

	return db_run(d, STATEMENT_MESSAGE_PARTS, args, COUNTOF(args), e) &&
	       db_run(d, STATEMENT_MESSAGE_TAKE, args, COUNTOF(args), e);
}

bool message_part_add(struct db *d, int64_t message, int64_t finding, struct err *e)
{
	struct db_value args[] = { DB_I(message), DB_I(finding), DB_I(0) };

	return db_run(d, STATEMENT_MESSAGE_PART_ADD, args, COUNTOF(args), e);
}

bool message_thread(struct db *d, int64_t message, int64_t thread, struct err *e)
{
	struct db_value args[] = { DB_I(message), DB_I(thread != 0 ? thread : message) };

	return db_run(d, STATEMENT_MESSAGE_THREAD, args, COUNTOF(args), e);
}

bool message_list(struct db *d, const struct message_filter *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { f->member.n > 0 ? DB_T(f->member) : DB_0,
				   f->state >= 0 ? DB_I(f->state) : DB_0,
				   f->alert > 0 ? DB_I(f->alert) : DB_0, DB_I(f->most) };

	return db_query(d, STATEMENT_MESSAGE_LIST, args, COUNTOF(args), out, e);
}

bool message_next_row(struct db_rows *r, struct message_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct message_row){
		.id = db_int(r, 0),
		.number = (uint32_t)db_int(r, 1),
		.member = db_int(r, 2),
		.kind = (enum message_kind)db_int(r, 3),
		.urgency = (enum urgency)db_int(r, 4),
		.state = (enum message_state)db_int(r, 5),
		.made = db_int(r, 6),
		.due = db_int(r, 7),
		.answer = db_int(r, 8),
		.thread = db_int(r, 9),
		.round = db_int(r, 10),
		.recall = db_int(r, 11),
		.alert = db_int(r, 12),
		.slug = db_text(r, 13),
		.parts = db_int(r, 14),
		.worst = (enum severity)db_int(r, 15),
		.arrived = db_int(r, 16),
		.deliveries = db_int(r, 17),
		.least = (enum finding_state)db_int(r, 18),
		.until = db_int(r, 19),
	};
	return true;
}

static bool one_message(struct db *d, const struct db_value by[2], struct arena *a,
			struct message_row *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_MESSAGE_ONE, by, 2, &r, e) || !message_next_row(r, out, e))
		return false;
	out->slug = arena_str(a, out->slug);
	return true;
}

bool message_by_number(struct db *d, uint32_t number, struct arena *a, struct message_row *out,
		       struct err *e)
{
	return one_message(d, (struct db_value[]){ DB_I(number), DB_0 }, a, out, e);
}

bool message_by_id(struct db *d, int64_t id, struct arena *a, struct message_row *out,
		   struct err *e)
{
	return one_message(d, (struct db_value[]){ DB_0, DB_I(id) }, a, out, e);
}

bool message_become(struct db *d, const struct message_row *m, struct err *e)
{
	struct db_value args[] = { DB_I(m->id), DB_I(m->state), DB_I(m->due) };

	return db_run(d, STATEMENT_MESSAGE_BECOME, args, COUNTOF(args), e);
}

bool message_counts(struct db *d, int64_t message, struct message_counts *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_MESSAGE_COUNTS, &DB_I(message), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct message_counts){ db_int(r, 0), db_int(r, 1), db_int(r, 2), db_int(r, 3),
					db_int(r, 4) };
	return true;
}

bool message_tell(struct db *d, const struct message_row *m, enum severity lowest,
		  const struct message_told *how, struct err *e)
{
	struct db_value args[] = { DB_I(m->id),      DB_I(how->now),    DB_I(DO_TELL),
				   DB_I(TIME_NEVER), DB_T(how->reason), DB_I(lowest) };
	struct db_value which[] = { DB_I(m->id), DB_I(lowest) };

	return db_run(d, STATEMENT_MESSAGE_TELL_NOTE, args, COUNTOF(args), e) &&
	       db_run(d, STATEMENT_MESSAGE_TELL, which, COUNTOF(which), e);
}

bool message_findings(struct db *d, int64_t message, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_MESSAGE_FINDINGS, &DB_I(message), 1, out, e);
}

bool message_next_part(struct db_rows *r, struct message_part *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct message_part){
		.finding = db_int(r, 0),
		.number = (uint32_t)db_int(r, 1),
		.issue = db_text(r, 2),
		.seen = db_text(r, 3),
		.class = (enum issue_class)db_int(r, 4),
		.severity = (enum severity)db_int(r, 5),
		.state = (enum finding_state)db_int(r, 6),
		.first_seen = db_int(r, 7),
		.last_seen = db_int(r, 8),
		.why = (enum urgency_rule)db_int(r, 9),
		.care = db_text(r, 10),
		.ended = (enum finding_end)db_int(r, 11),
		.until = db_int(r, 12),
		.later = db_int(r, 13) != 0,
	};
	return true;
}

bool message_unanswered(struct db *d, int64_t now, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(now) };

	return db_query(d, STATEMENT_MESSAGE_UNANSWERED, args, COUNTOF(args), out, e);
}

bool message_next_unanswered(struct db_rows *r, struct message_open *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct message_open){
		.finding = db_int(r, 0),
		.member = db_int(r, 1),
		.severity = (enum severity)db_int(r, 2),
		.until = db_int(r, 3),
		.last = db_int(r, 4),
		.round = db_int(r, 5),
		.thread = db_int(r, 6),
	};
	return true;
}

bool message_over(struct db *d, int64_t after, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_MESSAGE_OVER, &DB_I(after), 1, out, e);
}

bool message_next_over(struct db_rows *r, struct message_open *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct message_open){ .finding = db_int(r, 0),
				      .member = db_int(r, 1),
				      .last = db_int(r, 2),
				      .thread = db_int(r, 3) };
	return true;
}

bool message_wrong(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_MESSAGE_WRONG, NULL, 0, out, e);
}

bool message_next_wrong(struct db_rows *r, struct message_open *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct message_open){ .finding = db_int(r, 0),
				      .member = db_int(r, 1),
				      .recall = db_int(r, 2),
				      .thread = db_int(r, 3) };
	return true;
}

bool message_soonest(struct db *d, int64_t *due, struct err *e)
{
	*due = TIME_NEVER;
	return db_one(d, STATEMENT_NOTICE_SOONEST, &DB_I(TIME_NEVER), 1, due, e) ||
	       e->kind == ERR_NONE;
}

// ---- to whom

bool message_contacts(struct db *d, const struct message_row *m, struct db_rows **out,
		      struct err *e)
{
	struct db_value args[] = { DB_I(m->member), DB_I(m->id) };

	return db_query(d, STATEMENT_MESSAGE_CONTACTS, args, COUNTOF(args), out, e);
}

bool message_next_contact(struct db_rows *r, struct reachable *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct reachable){ db_int(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3) };
	return true;
}

// ---- deliveries

bool delivery_add(struct db *d, struct delivery_row *x, struct err *e)
{
	struct db_value args[] = {
		DB_I(x->message), DB_I(x->contact), DB_I(x->channel),
		DB_T(x->address), DB_I(x->why),     DB_I(x->form),
		DB_I(x->state),   DB_I(x->made),    DB_T(x->tag),
	};

	return db_one(d, STATEMENT_DELIVERY_ADD, args, COUNTOF(args), &x->id, e);
}

bool delivery_of(struct db *d, int64_t message, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_DELIVERY_OF, &DB_I(message), 1, out, e);
}

bool delivery_next_row(struct db_rows *r, struct delivery_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct delivery_row){
		.id = db_int(r, 0),
		.message = db_int(r, 1),
		.contact = db_int(r, 2),
		.channel = (enum channel)db_int(r, 3),
		.address = db_text(r, 4),
		.why = (enum delivery_why)db_int(r, 5),
		.form = (enum form)db_int(r, 6),
		.state = (enum delivery_state)db_int(r, 7),
		.made = db_int(r, 8),
		.changed = db_int(r, 9),
		.tries = db_int(r, 10),
		.doubts = db_int(r, 11),
		.code = db_int(r, 12),
		.said = db_text(r, 13),
		.tag = db_text(r, 14),
	};
	return true;
}

bool delivery_by_id(struct db *d, int64_t id, struct arena *a, struct delivery_row *out,
		    struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_DELIVERY_BY_ID, &DB_I(id), 1, &r, e) ||
	    !delivery_next_row(r, out, e))
		return false;
	out->address = arena_str(a, out->address);
	out->said = arena_str(a, out->said);
	out->tag = arena_str(a, out->tag);
	return true;
}

bool delivery_become(struct db *d, const struct delivery_row *x, struct err *e)
{
	struct db_value args[] = {
		DB_I(x->id),    DB_I(x->state),  DB_I(x->form), DB_I(x->changed),
		DB_I(x->tries), DB_I(x->doubts), DB_I(x->code), DB_T(x->said),
	};

	return db_run(d, STATEMENT_DELIVERY_BECOME, args, COUNTOF(args), e);
}

bool delivery_cancel(struct db *d, int64_t message, int64_t now, int64_t *count, struct err *e)
{
	struct db_value args[] = { DB_I(message), DB_I(now) };

	if (!db_run(d, STATEMENT_DELIVERY_CANCEL, args, COUNTOF(args), e))
		return false;
	*count = db_changed(d);
	return true;
}

bool delivery_thread(struct db *d, const struct delivery_row *x, int64_t thread,
		     struct db_rows **out, struct err *e)
{
	struct db_value args[] = { DB_I(x->id), DB_I(thread), DB_I(x->contact) };

	return db_query(d, STATEMENT_DELIVERY_THREAD, args, COUNTOF(args), out, e);
}

bool delivery_next_thread(struct db_rows *r, uint32_t *number, struct str *tag, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*number = (uint32_t)db_int(r, 0);
	*tag = db_text(r, 1);
	return true;
}

bool delivery_seal(struct db *d, int64_t delivery, struct str bytes, struct err *e)
{
	struct db_value args[] = { DB_I(delivery), DB_B(bytes) };

	return db_run(d, STATEMENT_DELIVERY_SEAL, args, COUNTOF(args), e);
}

bool delivery_sealed(struct db *d, int64_t delivery, struct arena *a, struct str *bytes,
		     struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_DELIVERY_SEALED, &DB_I(delivery), 1, &r, e) || !db_next(r, e))
		return false;
	*bytes = arena_str(a, db_text(r, 0));
	return true;
}

bool delivery_unseal(struct db *d, int64_t delivery, struct err *e)
{
	return db_run(d, STATEMENT_DELIVERY_UNSEAL, &DB_I(delivery), 1, e);
}

bool message_part_move(struct db *d, int64_t from, int64_t to, int64_t finding, struct err *e)
{
	struct db_value args[] = { DB_I(from), DB_I(to), DB_I(finding) };

	return db_run(d, STATEMENT_MESSAGE_PART_MOVE, args, COUNTOF(args), e) &&
	       db_run(d, STATEMENT_MESSAGE_NOTICE_MOVE, args, COUNTOF(args), e);
}

bool delivery_sealed_to(struct db *d, struct str address, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_DELIVERY_SEALED_TO, &DB_T(address), 1, out, e);
}

bool delivery_signed(struct db *d, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_DELIVERY_SIGNED, NULL, 0, out, e);
}

bool delivery_next_sealed(struct db_rows *r, int64_t *id, enum urgency *urgency, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*id = db_int(r, 0);
	*urgency = (enum urgency)db_int(r, 1);
	return true;
}
