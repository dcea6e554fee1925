#include "task/tell/fill.h"

#include "base/time.h"
#include "codec/text/id.h"
#include "model/notice/travel.h"
#include "model/notice/week.h"
#include "model/notice/wish.h"
#include "store/alert.h"
#include "store/answer.h"
#include "store/cve.h"
#include "store/finding.h"
#include "store/key_team.h"
#include "store/letter.h"
#include "store/statement.h"
#include "task/tell/fill_event.h"
#include "task/tell/fill_key.h"

enum { NAMED = 20 }; // vulnerabilities that are named

struct work {
	const struct fill *f;
	struct db *d;
	struct arena *a;
	const struct message_row *m;
	struct filled *out;
	struct fill_feeds feeds;
	struct wish wish; // of who gets it
};

// ---- the page on which it is answered

bool fill_has_link(const struct home *h, const struct message_row *m, const struct filled *l)
{
	return !str_eq(h->portal, S("none")) && !l->letter.neutral &&
	       (m->kind == MESSAGE_RECEIPT || m->kind == MESSAGE_TEST ||
		(l->letter.findings.count > 0 && message_asks(m->kind)));
}

struct str fill_link(const struct home *h, enum message_kind kind, struct str token,
		     struct arena *a)
{
	struct str at = str_has_suffix(h->portal, S("/")) ? str_first(h->portal, h->portal.n - 1)
							  : h->portal;

	return arena_fmt(a, STR_FMT "/%c/" STR_FMT, STR_ARG(at), kind == MESSAGE_TEST ? 't' : 'a',
			 STR_ARG(token.n > 0 ? token : S("…")));
}

// ---- who

static struct str or_else(struct str s, struct str other)
{
	return s.n > 0 && !str_eq(s, S("none")) ? s : other;
}

static bool fill_reader(struct work *w, const struct delivery_row *x, struct err *e)
{
	const struct home *h = w->f->home;
	struct letter *l = &w->out->letter;
	autorows rows = NULL;
	struct letter_to to;
	struct str language;

	if (!letter_to(w->d, w->m->member, x->channel == CHANNEL_MAIL ? x->contact : 0, &rows, &to,
		       e))
		return false;
	language = or_else(to.language, or_else(to.member_language, h->language));
	l->member = arena_str(w->a, to.name);
	l->dutch = str_eq_nocase(language, S("nl"));
	l->expert =
		str_eq_nocase(to.expertise, S("expert")) || str_eq_nocase(to.expertise, S("high"));
	w->out->wishes = arena_str(w->a, to.wishes);
	wish_read(w->out->wishes, &w->wish);
	l->ref = w->wish.ref;
	l->separator = w->wish.semicolon ? ';' : ',';
	w->out->name = arena_str(w->a, to.contact);
	l->why = x->why;
	l->team = (struct letter_team){
		.name = h->team,
		.mail = or_else(h->mail.reply_to, or_else(h->mail.from, S(""))),
		.phone = or_else(h->phone, S("")),
		.fingerprint = w->f->fingerprint,
	};
	return true;
}

// ---- what

static bool fill_cves(struct work *w, int64_t finding, struct letter_finding *f, struct err *e)
{
	autorows r = NULL;
	struct cve_since c;
	unsigned n = 0;

	if (!cve_of(w->d, finding, &r, e))
		return false;
	while (cve_next_row(r, &c, e)) {
		if (c.exploited != TIME_NEVER && c.exploited <= w->out->letter.now &&
		    (f->exploited == 0 || c.exploited < f->exploited))
			f->exploited = c.exploited;
		if (n++ < NAMED)
			f->cves = f->cves.n == 0 ? arena_str(w->a, c.cve)
						 : arena_fmt(w->a, STR_FMT ", " STR_FMT,
							     STR_ARG(f->cves), STR_ARG(c.cve));
	}
	return e->kind == ERR_NONE;
}

static bool fill_company(struct work *w, int64_t finding, struct letter_finding *f, struct err *e)
{
	struct letter *l = &w->out->letter;
	struct letter_others others;
	struct letter_told told;

	if (!letter_others(w->d, f->issue, w->m->member, &others, e) ||
	    !letter_told(w->d, finding, w->m->id, &told, e))
		return false;
	f->others = others.others;
	f->first_day = others.since > l->now - TIME_DAY;
	f->fresh = !told.told;
	f->untrue = told.untrue;
	if (l->oldest == 0 || told.since < l->oldest)
		l->oldest = told.since;
	return true;
}

static void fill_advice(const struct work *w, struct letter_finding *f)
{
	const struct fill_advice *from = &w->f->advice;

	for (unsigned nl = 0; nl < 2 && from->find != NULL; nl++)
		f->advice[nl] = from->find(from->context, f->issue, nl != 0);
}

// A finding that has been told, or is to be, is told of as long as it is so; what was promised by a
// day, when that is over.
static bool still(enum message_kind kind, const struct message_part *p, int64_t now)
{
	enum finding_state state = p->state;

	if (kind == MESSAGE_REMINDER && state == FINDING_ACKNOWLEDGED)
		return p->until <= now;
	switch (kind) {
	case MESSAGE_CRITICAL:
	case MESSAGE_DIGEST:
	case MESSAGE_REMINDER:
	case MESSAGE_STILL_SEEN:
		return state == FINDING_OPEN || state == FINDING_TOLD;
	case MESSAGE_CLOSED:
		return state == FINDING_CLOSED;
	case MESSAGE_CORRECTION:
	case MESSAGE_ALERT:
	case MESSAGE_KEY:
	case MESSAGE_TEAM_KEY:
	case MESSAGE_RECEIPT:
	case MESSAGE_STATEMENT:
	case MESSAGE_TEST:
	case MESSAGE_KIND_COUNT:
		break;
	}
	return true;
}

static struct letter_finding finding_of(struct work *w, const struct message_part *p)
{
	const struct issue *row = issue_find(p->issue);
	struct str issue = arena_str(w->a, p->issue);
	char id[ID_TEXT];

	id_write('F', p->number, id);
	return (struct letter_finding){
		.id = arena_str(w->a, str_of(id)),
		.issue = issue,
		.title = row != NULL ? row->title : issue,
		.title_nl = row != NULL ? row->title_nl : issue,
		.class = p->class,
		.severity = p->severity,
		.state = p->state,
		.ended = p->ended,
		.seen = arena_str(w->a, p->seen),
		.first_seen = p->first_seen,
		.last_seen = p->last_seen,
		.later = p->later,
		.care = arena_str(w->a, p->care),
	};
}

struct parts {
	LIST(struct message_part) at;
};

// Whole, for other questions are asked of each.
static bool parts_of(struct work *w, struct parts *out, struct err *e)
{
	autorows r = NULL;
	struct message_part p;

	if (!message_findings(w->d, w->m->id, &r, e))
		return false;
	while (message_next_part(r, &p, e)) {
		p.issue = arena_str(w->a, p.issue);
		p.seen = arena_str(w->a, p.seen);
		p.care = arena_str(w->a, p.care);
		*list_add(&out->at, w->a) = p;
	}
	return e->kind == ERR_NONE;
}

// A supplier hears of what its mandates hold alone.
static bool may_know(const struct work *w, const struct delivery_row *x,
		     const struct letter_finding *f)
{
	struct mandate_case c = { f->issue, f->asset, f->seen };
	struct str written;

	return x->why != TO_SUPPLIER ||
	       wish_mandates(w->out->wishes, &c, home_moment(w->f->home), &written);
}

static bool fill_finding(struct work *w, const struct message_part *p, const struct delivery_row *x,
			 struct err *e)
{
	struct letter *l = &w->out->letter;
	struct letter_finding f = finding_of(w, p);
	struct fill_seen seen = { .tlp = TLP_CLEAR };

	if (!fill_evidence(&w->feeds, p->finding, w->a, &f, &seen, e))
		return false;
	if (seen.witnesses == 0 && l->kind != MESSAGE_CORRECTION) {
		*list_add(&w->out->withheld, w->a) = p->finding;
		return true;
	}
	if (!may_know(w, x, &f)) {
		w->out->unwished++;
		return true;
	}
	if (!fill_cves(w, p->finding, &f, e) || !fill_company(w, p->finding, &f, e))
		return false;
	fill_advice(w, &f);
	l->tlp = tlp_stricter(l->tlp, seen.tlp);
	if (travel_sensitivity(f.class, seen.sensitivity) > w->out->sensitivity)
		w->out->sensitivity = travel_sensitivity(f.class, seen.sensitivity);
	w->out->affected = w->out->affected || travel_affected(f.class, f.seen, x->address);
	*list_add(&l->findings, w->a) = f;
	*list_add(&w->out->told, w->a) = p->finding;
	return true;
}

static bool fill_findings(struct work *w, const struct delivery_row *x, struct err *e)
{
	struct parts all = { 0 };

	if (!parts_of(w, &all, e))
		return false;
	LIST_EACH (const struct message_part, p, &all.at) {
		if (!still(w->m->kind, p, w->out->letter.now))
			w->out->over++;
		else if (!wish_wants(&w->wish, w->m->kind, p->severity))
			w->out->unwished++;
		else if (!fill_finding(w, p, x, e))
			return false;
	}
	return true;
}

// ---- an officer's own text

static bool fill_alert(struct work *w, struct err *e)
{
	struct letter *l = &w->out->letter;
	struct alert_row x;

	if (!alert_by_id(w->d, w->m->alert, w->a, &x, e))
		return e->kind == ERR_NONE &&
		       err_set(e, ERR_SYSTEM, "the text of an alert is not in the store");
	if (!tlp_read(x.tlp, &l->tlp))
		l->tlp = TLP_AMBER_STRICT;
	l->title = x.title;
	l->title_nl = x.title_nl;
	l->body = x.body.n > 0 ? fill_text(x.body, w->a) : NULL;
	l->body_nl = x.body_nl.n > 0 ? fill_text(x.body_nl, w->a) : NULL;
	return true;
}

// ---- a receipt of answers

enum { ANSWERS = 512 };

static bool fill_receipt(struct work *w, struct err *e)
{
	struct answer_filter all = { .receipt = w->m->id, .most = ANSWERS };
	autorows r = NULL;
	struct answer_row x;
	char id[ID_TEXT];

	w->out->letter.tlp = TLP_AMBER_STRICT;
	if (!answer_list(w->d, &all, &r, e))
		return false;
	while (answer_next_row(r, &x, e)) {
		id_write('F', x.number, id);
		*list_add(&w->out->letter.answers, w->a) =
			(struct letter_answer){ .id = arena_str(w->a, str_of(id)),
						.answer = x.answer,
						.way = x.way,
						.state = x.state,
						.until = x.until,
						.who = arena_str(w->a, x.who) };
		*list_add(&w->out->told, w->a) = x.finding;
	}
	return e->kind == ERR_NONE;
}

// ---- a statement of a week

enum { TOLD = 512 };

static bool fill_told(struct work *w, const struct statement_of *of, struct err *e)
{
	struct letter_statement *s = &w->out->letter.statement;
	autorows r = NULL;
	struct statement_told x;
	char id[ID_TEXT];

	if (!statement_told(w->d, of, &r, e))
		return false;
	while (statement_next_told(r, &x, e)) {
		if (s->told.count == TOLD)
			continue; // read to its end
		id_write('N', x.number, id);
		*list_add(&s->told, w->a) = (struct letter_sent){ arena_str(w->a, str_of(id)),
								  x.kind, x.at, x.arrived };
	}
	return e->kind == ERR_NONE;
}

// Of the week before the message was made.
static bool fill_statement(struct work *w, struct err *e)
{
	struct letter_statement *s = &w->out->letter.statement;
	struct week week = week_before(w->m->made);
	struct statement_of of = { w->m->member, week.from, week.until };
	struct statement_covered covered;

	w->out->letter.tlp = TLP_AMBER_STRICT;
	if (!fill_told(w, &of, e) || !statement_covered(w->d, &of, &covered, e))
		return false;
	s->week = week.number;
	s->feeds = covered.feeds;
	s->assets = covered.assets;
	s->open = covered.open;
	return true;
}

bool fill_begin(const struct home *h, struct arena *a, struct fill *out, struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, home_moment(h) };
	struct team_key team = { 0 };

	*out = (struct fill){ .home = h };
	if (!team_key_now(h->db, &at, a, &team, e))
		return e->kind == ERR_NONE;
	if (team.expires > at.now)
		out->fingerprint = team.fingerprint;
	return true;
}

bool fill_letter(const struct fill *f, const struct message_row *m, const struct delivery_row *x,
		 struct arena *a, struct filled *out, struct err *e)
{
	struct work w = { f, f->home->db, a, m, out, { f->home, f->feeds }, { 0 } };
	char id[ID_TEXT];

	feed_shelf_rest(f->feeds);
	id_write('N', m->number, id);
	*out = (struct filled){ .letter = { .kind = m->kind,
					    .id = arena_str(a, str_of(id)),
					    .tlp = TLP_CLEAR,
					    .now = m->made,
					    .answer = m->answer,
					    .round = m->round } };
	if (!fill_reader(&w, x, e))
		return false;
	if (m->kind == MESSAGE_ALERT)
		return fill_alert(&w, e);
	if (m->kind == MESSAGE_KEY)
		return fill_key(f->home, m, a, &out->letter.key, e);
	if (m->kind == MESSAGE_TEAM_KEY)
		return fill_team_key(w.d, m, a, &out->letter.team_key, e);
	if (m->kind == MESSAGE_RECEIPT)
		return fill_receipt(&w, e);
	if (m->kind == MESSAGE_STATEMENT)
		return fill_statement(&w, e);
	if (m->kind == MESSAGE_TEST) // its link is its reader's own
		out->letter.tlp = TLP_AMBER_STRICT;
	return fill_findings(&w, x, e);
}
