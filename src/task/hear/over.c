// What came of a mail that was read: all of it in one transaction, or none.
#include "store/reach.h"
#include "task/hear/bounced.h"
#include "task/hear/hear.h"
#include "task/keys/take.h"

// Signed by them, and sent again by whoever has it: what it says was heard when it came first.
static bool know_replay(struct db *d, struct heard_mail *m, struct err *e)
{
	int64_t first;

	if (m->replay.n == 0)
		return true;
	if (!mail_signed(d, m->replay, m->row.id, &first, e))
		return false;
	if (first == m->row.id)
		return true;
	m->answers.count = 0;
	m->confirms = false;
	m->keys.at.count = 0;
	m->row.state = MAIL_OFFICER;
	m->row.proof = PROOF_NOTHING;
	m->row.says = arena_fmt(
		m->a, "mail %lld once more, with the same signature: nothing was done again",
		(long long)first);
	return true;
}

static bool give_answers(struct db *d, struct heard_mail *m, int64_t now, struct err *e)
{
	struct answer_from from = { .way = m->way, .delivery = m->row.delivery, .now = now };
	const struct answers what = { m->answers.at, m->answers.count };

	if (what.n == 0 || answer_give(d, &from, &what, m->done, e))
		return true;
	if (e->kind != ERR_INPUT && e->kind != ERR_ABSENT)
		return false;
	m->row.state = MAIL_OFFICER; // nothing was written of it
	m->row.says = S("an answer that cannot be taken as it is: read it");
	*e = (struct err){ 0 };
	return true;
}

static bool confirm(struct db *d, const struct heard_mail *m, int64_t now, struct err *e)
{
	return !m->confirms || reach_confirm(d, m->row.delivery, now, m->way, e);
}

// What came of the keys in it. They prove nothing before an officer has checked whose they are.
static bool take_theirs(const struct home *h, struct heard_mail *m, struct err *e)
{
	struct taking_keys t = { .address = m->row.sender, .named = true };
	const struct taken *news = NULL;

	if (m->keys.at.count == 0)
		return true;
	if (!take_each(h, &t, &m->keys, m->a, e)) {
		if (e->kind != ERR_INPUT && e->kind != ERR_ABSENT && e->kind != ERR_LIMIT)
			return false;
		*e = (struct err){ 0 };
	}
	LIST_EACH (const struct taken, x, &t.out)
		if (x->end != TAKE_SAME)
			news = x;
	if (news == NULL)
		return true;
	m->row.says = arena_fmt(m->a, "key %lld %s; " STR_FMT, (long long)news->row.id,
				news->end == TAKE_REVOKED ? "is revoked by its owner"
				: news->end == TAKE_NEW   ? "came, and waits for a check"
							  : "came anew",
				STR_ARG(m->row.says));
	if (m->row.kind == MAIL_REPORT)
		m->row.kind = MAIL_KEY;
	return true;
}

static bool lay(const struct home *h, const struct heard_mail *m, struct err *e)
{
	return m->report.feed.n == 0 || m->row.state != MAIL_DONE ||
	       report_lay(h, m->row.id, &m->report, m->a, e);
}

bool hear_over(const struct home *h, struct heard_mail *m, struct err *e)
{
	struct db *d = h->db;

	if (m->gone)
		return true;
	LIST_EACH (const struct hear_bounce, x, &m->bounces) {
		char room[8];
		struct buf code = BUF_ON(room);
		struct bounced b = { .delivery = x->delivery,
				     .failed = x->of.action == BOUNCE_FAILED,
				     .of_address = bounce_of_address(x->of.reason),
				     .code = x->of.status,
				     .says = m->row.says,
				     .mail = m->row.id,
				     .now = h->now };

		if (b.code.n == 0 && x->of.code > 0) {
			buf_uint(&code, x->of.code);
			b.code = buf_view(&code);
		}
		if (x->of.action != BOUNCE_DELIVERED && !bounced(d, &b, e))
			return false;
	}
	return know_replay(d, m, e) && give_answers(d, m, h->now, e) && confirm(d, m, h->now, e) &&
	       take_theirs(h, m, e) && mail_heard(d, &m->row, e) && lay(h, m, e);
}
