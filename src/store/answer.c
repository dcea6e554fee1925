#include "store/answer.h"

#include "base/time.h"
#include "store/statements.gen.h"

// ---- links

bool answer_link_add(struct db *d, const struct answer_link *l, struct err *e)
{
	struct db_value args[] = { DB_B(l->token), DB_I(l->delivery), DB_T(l->code),
				   DB_I(l->expires) };

	return db_run(d, STATEMENT_ANSWER_LINK_ADD, args, COUNTOF(args), e);
}

static bool place(struct db_rows *r, struct arena *a, struct answer_place *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct answer_place){
		.delivery = db_int(r, 0),
		.contact = db_int(r, 1),
		.address = arena_str(a, db_text(r, 2)),
		.arrived = db_int(r, 3),
		.code = arena_str(a, db_text(r, 4)),
		.message = db_int(r, 5),
	};
	return true;
}

bool answer_link_find(struct db *d, struct str token, int64_t now, struct arena *a,
		      struct answer_place *out, struct err *e)
{
	struct db_value args[] = { DB_B(token), DB_I(now) };
	autorows r = NULL;

	return db_query(d, STATEMENT_ANSWER_LINK_FIND, args, COUNTOF(args), &r, e) &&
	       place(r, a, out, e);
}

bool answer_delivery(struct db *d, int64_t delivery, struct arena *a, struct answer_place *out,
		     struct err *e)
{
	autorows r = NULL;

	return db_query(d, STATEMENT_ANSWER_DELIVERY, &DB_I(delivery), 1, &r, e) &&
	       place(r, a, out, e);
}

bool answer_head(struct db *d, const struct answer_place *p, struct arena *a,
		 struct answer_head *out, struct err *e)
{
	struct db_value args[] = { DB_I(p->message), DB_I(p->contact) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_ANSWER_HEAD, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct answer_head){
		.number = (uint32_t)db_int(r, 0),
		.kind = (enum message_kind)db_int(r, 1),
		.member = db_int(r, 2),
		.made = db_int(r, 3),
		.answer = db_int(r, 4),
		.name = arena_str(a, db_text(r, 5)),
		.language = arena_str(a, db_text(r, 6)),
	};
	return true;
}

// ---- of what a delivery told

bool delivery_parts_set(struct db *d, int64_t delivery, const int64_t *findings, size_t n,
			struct err *e)
{
	if (!db_run(d, STATEMENT_DELIVERY_PART_DROP, &DB_I(delivery), 1, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct db_value args[] = { DB_I(delivery), DB_I(findings[i]) };

		if (!db_run(d, STATEMENT_DELIVERY_PART_ADD, args, COUNTOF(args), e))
			return false;
	}
	return true;
}

bool answer_findings(struct db *d, int64_t delivery, const uint32_t *number, struct db_rows **out,
		     struct err *e)
{
	struct db_value args[] = { DB_I(delivery), number != NULL ? DB_I(*number) : DB_0 };

	return db_query(d, STATEMENT_ANSWER_FINDINGS, args, COUNTOF(args), out, e);
}

bool answer_next_finding(struct db_rows *r, struct answer_about *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct answer_about){
		.finding = db_int(r, 0),
		.number = (uint32_t)db_int(r, 1),
		.member = db_int(r, 2),
		.issue = db_text(r, 3),
		.seen = db_text(r, 4),
		.class = (enum issue_class)db_int(r, 5),
		.severity = (enum severity)db_int(r, 6),
		.state = (enum finding_state)db_int(r, 7),
		.last_seen = db_int(r, 8),
		.said = db_int(r, 9) < 0 ? ANSWER_COUNT : (enum answer)db_int(r, 9),
		.said_at = db_int(r, 10),
		.until = db_int(r, 11),
		.change = db_int(r, 12),
		.last = db_int(r, 13) < 0 ? ANSWER_STATE_COUNT : (enum answer_state)db_int(r, 13),
		.last_at = db_int(r, 14),
	};
	return true;
}

// ---- answers

bool answer_receipts(struct db *d, int64_t finding, int64_t since, int64_t *out, struct err *e)
{
	struct db_value args[] = { DB_I(finding), DB_I(since) };

	return db_one(d, STATEMENT_ANSWER_RECEIPTS, args, COUNTOF(args), out, e);
}

bool answer_add(struct db *d, struct answer_row *x, struct err *e)
{
	struct db_value args[] = { DB_I(x->finding), DB_I(x->message), DB_I(x->contact),
				   DB_I(x->answer),  DB_I(x->way),     DB_I(x->state),
				   DB_I(x->until),   DB_I(x->at),      DB_T(x->who),
				   DB_T(x->reason),  DB_I(x->change),  DB_I(x->receipt) };

	return db_one(d, STATEMENT_ANSWER_ADD, args, COUNTOF(args), &x->id, e);
}

bool answer_last(struct db *d, int64_t finding, struct arena *a, struct answer_row *out,
		 struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_ANSWER_LAST, &DB_I(finding), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct answer_row){
		.id = db_int(r, 0),
		.finding = finding,
		.change = db_int(r, 1),
		.answer = (enum answer)db_int(r, 2),
		.at = db_int(r, 3),
		.who = arena_str(a, db_text(r, 4)),
	};
	return true;
}

bool answer_undone(struct db *d, int64_t id, struct err *e)
{
	return db_run(d, STATEMENT_ANSWER_UNDONE, &DB_I(id), 1, e);
}

bool answer_list(struct db *d, const struct answer_filter *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { f->member.n > 0 ? DB_T(f->member) : DB_0,
				   f->finding != NULL ? DB_I(*f->finding) : DB_0,
				   f->receipt > 0 ? DB_I(f->receipt) : DB_0, DB_I(f->most) };

	return db_query(d, STATEMENT_ANSWER_LIST, args, COUNTOF(args), out, e);
}

bool answer_next_row(struct db_rows *r, struct answer_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct answer_row){
		.id = db_int(r, 0),
		.finding = db_int(r, 1),
		.number = (uint32_t)db_int(r, 2),
		.slug = db_text(r, 3),
		.issue = db_text(r, 4),
		.seen = db_text(r, 5),
		.answer = (enum answer)db_int(r, 6),
		.way = (enum answer_way)db_int(r, 7),
		.state = (enum answer_state)db_int(r, 8),
		.until = db_int(r, 9),
		.at = db_int(r, 10),
		.who = db_text(r, 11),
		.reason = db_text(r, 12),
		.of_message = db_int(r, 13) >= 0,
		.message_number = (uint32_t)db_int(r, 13),
	};
	return true;
}

bool answer_accuracy(struct db *d, struct str feed, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { feed.n > 0 ? DB_T(feed) : DB_0, DB_I(DO_CONFIRM),
				   DB_I(END_FALSE_ALARM), DB_I(END_NOT_OURS) };

	return db_query(d, STATEMENT_ANSWER_ACCURACY, args, COUNTOF(args), out, e);
}

bool answer_next_accuracy(struct db_rows *r, struct accuracy *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct accuracy){
		.feed = db_text(r, 0),
		.issue = db_text(r, 1),
		.told = db_int(r, 2),
		.disputed = db_int(r, 3),
		.wrong = db_int(r, 4),
		.ours = db_int(r, 5),
	};
	return true;
}
