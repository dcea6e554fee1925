#include "store/mail_in.h"

#include "store/statements.gen.h"

// ---- mails

static struct str sum_of(const struct mail_row *m)
{
	return (struct str){ (const char *)m->sum, sizeof m->sum };
}

bool mail_add(struct db *d, struct mail_row *m, bool *known, struct err *e)
{
	struct db_value args[] = { DB_I(m->came), DB_I(m->way), DB_B(sum_of(m)), DB_T(m->archive),
				   DB_I(m->bytes) };

	*known = !db_one(d, STATEMENT_MAIL_ADD, args, COUNTOF(args), &m->id, e);
	if (*known && e->kind != ERR_NONE)
		return false;
	return !*known || db_one(d, STATEMENT_MAIL_BY_SUM, &DB_B(sum_of(m)), 1, &m->id, e);
}

bool mail_heard(struct db *d, const struct mail_row *m, struct err *e)
{
	struct db_value args[] = { DB_I(m->id),       DB_I(m->state),   DB_I(m->kind),
				   DB_T(m->sender),   DB_T(m->subject), DB_T(m->message),
				   DB_I(m->delivery), DB_I(m->contact), DB_I(m->member),
				   DB_I(m->proof),    DB_T(m->says) };

	return db_run(d, STATEMENT_MAIL_HEARD, args, COUNTOF(args), e);
}

bool mail_signed(struct db *d, struct str replay, int64_t mail, int64_t *first, struct err *e)
{
	struct db_value args[] = { DB_T(replay), DB_I(mail) };

	if (db_one(d, STATEMENT_MAIL_SIGNED, args, COUNTOF(args), first, e))
		return true;
	return e->kind == ERR_NONE && db_one(d, STATEMENT_MAIL_SIGNED_BY, args, 1, first, e);
}

bool mail_read_by(struct db *d, int64_t id, int64_t at, struct str who, struct str says,
		  struct err *e)
{
	struct db_value args[] = { DB_I(id), DB_I(at), DB_T(who), DB_T(says) };

	return db_run(d, STATEMENT_MAIL_READ, args, COUNTOF(args), e);
}

bool mail_list(struct db *d, const struct mail_filter *f, struct db_rows **out, struct err *e)
{
	struct db_value args[] = { f->state >= 0 ? DB_I(f->state) : DB_0,
				   f->member.n > 0 ? DB_T(f->member) : DB_0, DB_I(f->most) };

	return db_query(d, STATEMENT_MAIL_LIST, args, COUNTOF(args), out, e);
}

bool mail_next_row(struct db_rows *r, struct mail_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct mail_row){
		.id = db_int(r, 0),
		.came = db_int(r, 1),
		.way = (enum mail_way)db_int(r, 2),
		.archive = db_text(r, 3),
		.bytes = db_int(r, 4),
		.state = (enum mail_state)db_int(r, 5),
		.kind = (enum mail_kind)db_int(r, 6),
		.sender = db_text(r, 7),
		.subject = db_text(r, 8),
		.message = db_text(r, 9),
		.delivery = db_int(r, 10),
		.contact = db_int(r, 11),
		.member = db_int(r, 12),
		.proof = (enum mail_proof)db_int(r, 13),
		.says = db_text(r, 14),
		.read = db_int(r, 15),
		.reader = db_text(r, 16),
		.slug = db_text(r, 17),
	};
	return true;
}

bool mail_by_id(struct db *d, int64_t id, struct arena *a, struct mail_row *out, struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_MAIL_BY_ID, &DB_I(id), 1, &r, e) || !mail_next_row(r, out, e))
		return false;
	out->archive = arena_str(a, out->archive);
	out->sender = arena_str(a, out->sender);
	out->subject = arena_str(a, out->subject);
	out->message = arena_str(a, out->message);
	out->says = arena_str(a, out->says);
	out->reader = arena_str(a, out->reader);
	out->slug = arena_str(a, out->slug);
	return true;
}

bool mail_count(struct db *d, enum mail_state state, int64_t *out, struct err *e)
{
	return db_one(d, STATEMENT_MAIL_COUNT, &DB_I(state), 1, out, e);
}

// ---- what it is about

static bool about(struct db_rows *r, struct arena *a, struct mail_about *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct mail_about){
		.delivery = db_int(r, 0),
		.message = db_int(r, 1),
		.contact = db_int(r, 2),
		.member = db_int(r, 3),
		.address = arena_str(a, db_text(r, 4)),
	};
	return true;
}

bool mail_about_tag(struct db *d, struct str tag, struct arena *a, struct mail_about *out,
		    struct err *e)
{
	autorows r = NULL;

	return db_query(d, STATEMENT_MAIL_ABOUT_TAG, &DB_T(tag), 1, &r, e) && about(r, a, out, e);
}

bool mail_about_number(struct db *d, uint32_t number, struct str address, struct arena *a,
		       struct mail_about *out, struct err *e)
{
	struct db_value args[] = { DB_I(number), address.n > 0 ? DB_T(address) : DB_0 };
	autorows r = NULL;

	return db_query(d, STATEMENT_MAIL_ABOUT_NUMBER, args, COUNTOF(args), &r, e) &&
	       about(r, a, out, e);
}

bool mail_writer(struct db *d, struct str address, struct arena *a, struct mail_about *out,
		 struct err *e)
{
	autorows r = NULL;

	if (!db_query(d, STATEMENT_MAIL_WRITER, &DB_T(address), 1, &r, e) || !db_next(r, e))
		return false;
	*out = (struct mail_about){ .contact = db_int(r, 0),
				    .member = db_int(r, 1),
				    .address = arena_str(a, address) };
	return true;
}

// ---- addresses to which none arrives

bool trouble_put(struct db *d, const struct trouble_row *t, struct err *e)
{
	struct db_value args[] = { DB_T(t->address), DB_I(t->last), DB_I(t->hard), DB_I(t->until),
				   DB_T(t->code),    DB_T(t->says), DB_I(t->mail) };

	return db_run(d, STATEMENT_TROUBLE_PUT, args, COUNTOF(args), e);
}

bool trouble_list(struct db *d, int64_t now, struct db_rows **out, struct err *e)
{
	return db_query(d, STATEMENT_TROUBLE_LIST, &DB_I(now), 1, out, e);
}

bool trouble_next_row(struct db_rows *r, struct trouble_row *out, struct err *e)
{
	if (!db_next(r, e))
		return false;
	*out = (struct trouble_row){
		.address = db_text(r, 0),
		.since = db_int(r, 1),
		.last = db_int(r, 2),
		.times = db_int(r, 3),
		.hard = db_int(r, 4) != 0,
		.until = db_int(r, 5),
		.code = db_text(r, 6),
		.says = db_text(r, 7),
		.mail = db_int(r, 8),
		.slug = db_text(r, 9),
	};
	return true;
}

bool trouble_of(struct db *d, struct str address, int64_t now, struct arena *a,
		struct trouble_row *out, struct err *e)
{
	struct db_value args[] = { DB_T(address), DB_I(now) };
	autorows r = NULL;

	if (!db_query(d, STATEMENT_TROUBLE_OF, args, COUNTOF(args), &r, e) || !db_next(r, e))
		return false;
	*out = (struct trouble_row){ .address = address,
				     .until = db_int(r, 0),
				     .code = arena_str(a, db_text(r, 1)),
				     .says = arena_str(a, db_text(r, 2)) };
	return true;
}

bool trouble_end(struct db *d, struct str address, bool *was, struct err *e)
{
	if (!db_run(d, STATEMENT_TROUBLE_END, &DB_T(address), 1, e))
		return false;
	*was = db_changed(d) > 0;
	return true;
}
