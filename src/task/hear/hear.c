#include "task/hear/hear.h"

#include "base/time.h"
#include "codec/mail/auto.h"
#include "codec/text/id.h"
#include "codec/text/reply.h"
#include "model/answer/said.h"
#include "model/key/key.h"
#include "model/reach/reach.h"
#include "os/file.h"
#include "os/mime.h"
#include "store/answer.h"
#include "store/reach.h"
#include "task/hear/keep.h"
#include "task/hear/open.h"

struct work {
	const struct home *h;
	struct mime_reader *reader;
	struct proof proof;
	struct arena *a;
	struct str bytes;
	struct heard_whole heard;
	struct heard_mail *out;
	struct mail_about about; // .delivery 0: of no mail of ours, as far as is known
	struct str sender;       // in lower case; empty: none, or several
};

static void become(struct work *w, enum mail_state state, enum mail_kind kind, struct str says)
{
	w->out->row.state = state;
	w->out->row.kind = kind;
	w->out->row.says = says;
}

// ---- what it is about

static struct str own_domain(const struct home *h)
{
	struct str from = h->mail.from;

	if (str_eq(from, S("none")))
		return (struct str){ 0 };
	str_cut(&from, '@');
	return from;
}

// "N-9WKD47-K.TAG@DOMAIN": the Message-ID of one of ours (task/tell/write.c), wherever it stands.
static bool tag_in(struct str text, struct str domain, struct str *tag)
{
	enum { ID = ID_TEXT - 1, WHOLE = ID + 1 + DELIVERY_TAG + 1 };
	uint32_t number;

	for (size_t i = 0; domain.n > 0 && i + WHOLE + domain.n <= text.n; i++) {
		struct str at = str_from(text, i);

		if (at.p[0] != 'N' || at.p[ID] != '.' || at.p[WHOLE - 1] != '@' ||
		    !id_read(str_first(at, ID), 'N', &number) ||
		    !str_eq_nocase((struct str){ at.p + WHOLE, domain.n }, domain))
			continue;
		*tag = (struct str){ at.p + ID + 1, DELIVERY_TAG };
		return true;
	}
	return false;
}

static bool about_tag(struct work *w, struct str text, struct err *e)
{
	struct str tag;

	if (w->about.delivery > 0 || !tag_in(text, own_domain(w->h), &tag))
		return true;
	return mail_about_tag(w->h->db, tag, w->a, &w->about, e) || e->kind == ERR_NONE;
}

// The last of References is what is answered; a text inside it is what came back.
static bool find_about(struct work *w, struct err *e)
{
	const struct heard_whole *h = &w->heard;
	uint32_t number;

	if (!about_tag(w, h->field[HEARD_IN_REPLY_TO], e) ||
	    !about_tag(w, h->field[HEARD_REFERENCES], e))
		return false;
	LIST_EACH (const struct heard_part, p, &h->parts)
		if (!about_tag(w, p->text, e))
			return false;
	if (w->about.delivery == 0 && w->sender.n > 0 &&
	    said_number(h->field[HEARD_SUBJECT], 'N', &number))
		return mail_about_number(w->h->db, number, w->sender, w->a, &w->about, e) ||
		       e->kind == ERR_NONE;
	return true;
}

// ---- who

static bool find_writer(struct work *w, struct err *e)
{
	struct mail_row *row = &w->out->row;
	struct mail_about who;

	row->proof = w->proof.level;
	w->out->replay = w->proof.replay;
	row->delivery = w->about.delivery;
	row->member = w->about.member;
	if (w->sender.n == 0)
		return true;
	if (!mail_writer(w->h->db, w->sender, w->a, &who, e))
		return e->kind == ERR_NONE;
	row->contact = who.contact;
	if (row->member == 0)
		row->member = who.member;
	return true;
}

// May who wrote answer for the member that was told: the mail was theirs, or they are one of its people?
static bool may_answer(const struct work *w, const struct mail_about *who)
{
	char lower[KEY_ADDRESS];

	return str_eq(key_address(w->about.address, lower), w->sender) ||
	       (who->contact > 0 && who->member == w->about.member);
}

// ---- bounces

static struct str bounce_says(struct work *w, const struct bounce_recipient *x)
{
	struct str first = str_trim(x->says);

	first = str_trim(str_cut(&first, '\n'));
	return arena_fmt(w->a, STR_FMT "%s" STR_FMT "%s" STR_FMT,
			 STR_ARG(bounce_reason_word(x->reason)), x->status.n > 0 ? " " : "",
			 STR_ARG(x->status), first.n > 0 ? ": " : "",
			 STR_ARG(str_first(first, 200)));
}

static void read_bounce(struct work *w, const struct bounce *b)
{
	const struct bounce_recipient *worst = NULL;

	if (b->complaint) {
		become(w, MAIL_OFFICER, MAIL_COMPLAINT,
		       S("somebody called a mail of ours spam: ask whether it is wanted"));
		return;
	}
	LIST_EACH (const struct bounce_recipient, x, &b->of) {
		if (worst == NULL || x->action < worst->action)
			worst = x;
		if (w->about.delivery > 0)
			*list_add(&w->out->bounces, w->a) =
				(struct hear_bounce){ w->about.delivery, *x };
	}
	if (worst == NULL || w->about.delivery == 0) {
		become(w, MAIL_OFFICER, MAIL_BOUNCE,
		       S("a mail did not arrive, and it does not say which of ours"));
		return;
	}
	become(w, MAIL_DONE,
	       worst->action == BOUNCE_FAILED    ? MAIL_BOUNCE
	       : worst->action == BOUNCE_DELAYED ? MAIL_DELAY
						 : MAIL_RECEIPT,
	       bounce_says(w, worst));
}

// ---- answers

struct told {
	LIST(uint32_t) findings; // of the delivery, that can be answered still
};

static bool told_of(struct work *w, struct told *out, struct err *e)
{
	autorows r = NULL;
	struct answer_about x;

	if (!answer_findings(w->h->db, w->about.delivery, NULL, &r, e))
		return false;
	while (answer_next_finding(r, &x, e))
		*list_add(&out->findings, w->a) = x.number;
	return e->kind == ERR_NONE;
}

static bool is_told(const struct told *t, uint32_t finding)
{
	LIST_EACH (const uint32_t, f, &t->findings)
		if (*f == finding)
			return true;
	return false;
}

static void add_answer(struct work *w, const struct said *s, const struct said_one *one,
		       uint32_t finding)
{
	*list_add(&w->out->answers, w->a) = (struct answer_one){ .finding = finding,
								 .answer = one->answer,
								 .until = one->until,
								 .reason = s->reason,
								 .code = S("") };
}

// All of it, or nothing: half an answer is no answer.
static bool take_said(struct work *w, const struct said *s, const struct told *t)
{
	LIST_EACH (const struct said_one, one, &s->at) {
		if (one->all ? t->findings.count != 1 : !is_told(t, one->finding)) {
			w->out->answers.count = 0;
			return false;
		}
		add_answer(w, s, one, one->all ? t->findings.at[0] : one->finding);
	}
	return true;
}

static struct str new_text(struct work *w)
{
	const struct heard_part *p = heard_body(&w->heard);

	if (p == NULL)
		return S("");
	return reply_new(str_eq(p->type, S("text/html")) ? reply_html(p->text, w->a) : p->text,
			 w->a);
}

// Words of their own to a notice of one finding say at least that it was read.
static void own_words(struct work *w, struct said *s, const struct told *t)
{
	if (t->findings.count == 1)
		add_answer(w, s, &(struct said_one){ .answer = ANSWER_SEEN, .until = TIME_NEVER },
			   t->findings.at[0]);
	become(w, MAIL_OFFICER, MAIL_ANSWER,
	       t->findings.count == 1
		       ? S("an answer in their own words: counted as seen, read what it says")
		       : S("an answer that names no finding: read which it means"));
}

static bool read_answer(struct work *w, const struct mail_about *who, struct err *e)
{
	struct said s = said_read(new_text(w), home_moment(w->h), w->a);
	struct told t = { 0 };

	if (!told_of(w, &t, e))
		return false;
	if (!may_answer(w, who)) {
		become(w, MAIL_OFFICER, MAIL_ANSWER,
		       S("an answer of somebody who is no contact of the member that was told"));
		return true;
	}
	if (w->out->row.proof == PROOF_NOTHING) {
		become(w, MAIL_OFFICER, MAIL_ANSWER,
		       S("an answer, but nothing proves who wrote it: call them"));
		return true;
	}
	w->out->way = w->out->row.proof == PROOF_SIGNED ? BY_SIGNED : BY_MAIL;
	if (!s.anything)
		own_words(w, &s, &t);
	else if (!s.clear || !take_said(w, &s, &t))
		become(w, MAIL_OFFICER, MAIL_ANSWER,
		       S("an answer that is not plain: read which finding it means, and what"));
	else
		become(w, MAIL_DONE, MAIL_ANSWER,
		       arena_fmt(w->a, STR_FMT "%s",
				 STR_ARG(answer_word(w->out->answers.at[0].answer, false)),
				 w->out->answers.count > 1 ? ", and more" : ""));
	return true;
}

// ---- contact tests

// Whatever it says, it was read at the address that was asked: no proof says that better than what it answers.
static void read_test(struct work *w)
{
	char lower[KEY_ADDRESS];

	if (!str_eq(key_address(w->about.address, lower), w->sender)) {
		become(w, MAIL_OFFICER, MAIL_ANSWER,
		       S("an answer to a contact test, from another address than was asked"));
		return;
	}
	w->out->confirms = true;
	w->out->way = w->out->row.proof == PROOF_SIGNED ? BY_SIGNED : BY_MAIL;
	if (reach_is_plain(new_text(w)))
		become(w, MAIL_DONE, MAIL_ANSWER, S("the contact test reached them"));
	else
		become(w, MAIL_OFFICER, MAIL_ANSWER,
		       S("the contact test reached them, and they say more: read it"));
}

static bool read_reply(struct work *w, const struct mail_about *who, struct err *e)
{
	struct reach_row test;

	if (reach_of(w->h->db, w->about.delivery, &test, e)) {
		read_test(w);
		return true;
	}
	return e->kind == ERR_NONE && read_answer(w, who, e);
}

// ---- all of it

static const struct {
	enum mail_state state;
	enum mail_kind kind;
	const char *says;
} autos[] = {
	[AUTO_REPLY] = { MAIL_DONE, MAIL_AUTO, "a machine answered; nobody has read ours by that" },
	[AUTO_RECEIPT] = { MAIL_DONE, MAIL_RECEIPT,
			   "a mail of ours was shown, says their program" },
	[AUTO_LIST] = { MAIL_DONE, MAIL_LIST, "of a mailing list, or mass mail" },
	[AUTO_LOOP] = { MAIL_OFFICER, MAIL_LOOP, "our own mail came back: who sends it on to us?" },
	[AUTO_SPAM] = { MAIL_DONE, MAIL_SPAM, "our mail server says that it is spam" },
};

// ---- reports of feeds

static bool may_be_laid(struct work *w, const struct report *r)
{
	struct str why = r->why;

	if (w->proof.level == PROOF_NOTHING)
		why = S("nothing proves who sent it: look at it, and if it is well, 'waker mail "
			"put'");
	else if (why.n == 0 && open_trouble(&w->proof).n > 0)
		why = open_trouble(&w->proof);
	if (why.n > 0)
		become(w, MAIL_OFFICER, MAIL_FEED,
		       arena_fmt(w->a, "a report of " STR_FMT ", but " STR_FMT, STR_ARG(r->feed),
				 STR_ARG(why)));
	return why.n == 0;
}

static bool read_report(struct work *w, bool *is, struct err *e)
{
	struct report *r = &w->out->report;

	if (!report_of(w->h, w->sender, &w->heard, w->a, r, e)) {
		if (e->kind == ERR_SYSTEM)
			return false;
		*is = true;
		become(w, MAIL_OFFICER, MAIL_FEED,
		       arena_fmt(w->a, "a report of a feed, but %s", e->text));
		*e = (struct err){ 0 };
		return true;
	}
	*is = r->feed.n > 0;
	if (*is && may_be_laid(w, r))
		become(w, MAIL_DONE, MAIL_FEED,
		       arena_fmt(w->a, "%zu file%s for " STR_FMT, r->files.count,
				 r->files.count == 1 ? "" : "s", STR_ARG(r->feed)));
	return true;
}

// ---- keys

enum { KEY_FILES = 8 }; // of a mail; more are nobody's way to send one

// Of a contact's mail whose sender is proven: who has no key there yet should not have to ask.
static void find_keys(struct work *w)
{
	struct mail_keys all = { 0 };

	if (w->out->row.contact == 0 || w->out->row.proof == PROOF_NOTHING)
		return;
	mail_keys(w->out->inside, w->a, &all);
	LIST_EACH (const struct str, k, &all.at)
		if (k->n <= GPG_MOST_BYTES && w->out->keys.at.count < KEY_FILES)
			*list_add(&w->out->keys.at, w->a) = arena_str(w->a, *k);
}

static bool understand(struct work *w, struct err *e)
{
	struct mail_about who = { 0 };
	enum auto_kind machine = auto_kind(&w->heard, own_domain(w->h));
	bool report = false;

	if (!find_about(w, e) || !find_writer(w, e) || !read_report(w, &report, e))
		return false;
	if (report) // a machine may send it, as many do
		return true;
	if (bounce_read(&w->heard, w->a, &w->out->bounce)) {
		read_bounce(w, &w->out->bounce);
		return true;
	}
	if (machine != AUTO_NOT) {
		become(w, autos[machine].state, autos[machine].kind, str_of(autos[machine].says));
		return true;
	}
	who.contact = w->out->row.contact;
	if (who.contact > 0 && !mail_writer(w->h->db, w->sender, w->a, &who, e) &&
	    e->kind != ERR_NONE)
		return false;
	if (open_trouble(&w->proof).n > 0) {
		become(w, MAIL_OFFICER, w->about.delivery > 0 ? MAIL_ANSWER : MAIL_REPORT,
		       arena_fmt(w->a, "it is sealed or signed, and cannot be opened: " STR_FMT,
				 STR_ARG(open_trouble(&w->proof))));
		return true;
	}
	find_keys(w);
	if (w->about.delivery > 0)
		return read_reply(w, &who, e);
	become(w, MAIL_OFFICER, MAIL_REPORT, S("somebody writes to us: read it"));
	return true;
}

static bool read_bytes(struct work *w, struct err *e)
{
	const struct opening o = { w->h, w->reader, w->bytes };
	struct mail_row *row = &w->out->row;
	const struct err *trouble;

	if (!mime_reader_read(w->reader, w->bytes, w->a, &w->heard, e))
		return false;
	trouble = mime_reader_trouble(w->reader);
	if (trouble == NULL && !open_mail(&o, w->a, &w->heard, &w->proof, e))
		return false;
	w->out->inside = w->proof.layers.whole ? w->proof.layers.inside : w->bytes;
	w->sender = w->proof.address;
	row->sender = w->sender.n > 0 ? w->sender : w->heard.field[HEARD_FROM];
	row->subject = w->heard.field[HEARD_SUBJECT];
	row->message = w->heard.field[HEARD_MESSAGE_ID];
	if (trouble == NULL)
		return understand(w, e);
	become(w, MAIL_OFFICER, MAIL_UNKNOWN,
	       arena_fmt(w->a, "it cannot be read: %s", trouble->text));
	return true;
}

static void no_text_is_null(struct mail_row *row)
{
	struct str *const texts[] = { &row->sender, &row->subject, &row->message, &row->says };

	for (size_t i = 0; i < COUNTOF(texts); i++)
		if (texts[i]->p == NULL)
			*texts[i] = S("");
}

bool hear_bytes_of(const struct hearing *h, struct str bytes, struct arena *a,
		   struct heard_mail *out, struct err *e)
{
	struct work w = { .h = h->home, .reader = h->reader, .a = a, .bytes = bytes, .out = out };
	bool good;

	*out = (struct heard_mail){ .row = out->row, .a = a };
	good = read_bytes(&w, e);
	out->whole = w.heard;
	out->done = arena_new(a, struct answer_done, out->answers.count + 1);
	no_text_is_null(&out->row);
	return good;
}

static bool stage(const struct hearing *h, const struct heard_mail *m, struct arena *a,
		  struct err *e)
{
	const struct report_mail from = { h->home, h->reader, m->inside, m->row.id };

	return m->report.feed.n == 0 || m->row.state != MAIL_DONE ||
	       report_stage(&from, &m->report, a, e);
}

bool hear_mail(const struct hearing *h, int64_t mail, struct arena *a, struct heard_mail *out,
	       struct err *e)
{
	automapped bytes = { 0 };

	*out = (struct heard_mail){ 0 };
	if (!mail_by_id(h->home->db, mail, a, &out->row, e))
		return e->kind == ERR_NONE && (out->gone = true);
	out->gone = out->row.state != MAIL_WAITS;
	return out->gone || (hear_bytes(h->home, &out->row, a, &bytes, e) &&
			     hear_bytes_of(h, bytes, a, out, e) && stage(h, out, a, e));
}
