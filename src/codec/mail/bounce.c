#include "codec/mail/bounce.h"

#include "codec/mail/auto.h"
#include "codec/mail/bounce_reason.h"
#include "codec/mail/bounce_report.h"
#include "codec/mail/bounce_text.h"
#include "codec/mail/bounce_word.h"
#include "codec/mail/mime_read.h"

struct reading {
	const struct heard_whole *h;
	struct arena *a;
	struct bounce *out;
	struct bounce_text text;
	struct str folded; // its words
};

// ---- is it one

static const char *const subjects[] = {
	"undeliver",
	"failure notice",
	"delivery fail",
	"delivery status",
	"returned mail",
	"delivery notification",
	"mail delivery",
	"delivery problem",
	"delivery error",
	"non-delivery",
	"nondeliver",
	"unzustellbar",
	"onbestelbaar",
	"failed mail",
	"message status",
	"not delivered",
	"message delayed",
	"delivery has failed",
	"could not send",
	"message delivery",
	"nicht zugestellt",
	"échec de la",
	"returned to sender",
	"mail system error",
	"mail failure",
	"delivery delayed",
	"warning: could not",
	"delivery report",
	"returned message",
	"problem delivering",
	"unable to deliver",
	"failed delivery",
	"mail failed",
	"bounced",
	"delivery was rejected",
	"error sending",
	"delayed mail",
	"warning: message",
	"bounce notification",
	"devolvido",
	"status de entrega",
	"permanent error",
	"notify: see transcript",
	"mail error",
	"blocked by our",
	"non recapitabile",
	"niet bezorgd",
	"niet afgeleverd",
};

static bool subject_says(const struct reading *r)
{
	struct str folded = bounce_fold(r->h->field[HEARD_SUBJECT], r->a);

	for (size_t i = 0; i < COUNTOF(subjects); i++)
		if (bounce_holds(folded, str_of(subjects[i])))
			return true;
	return false;
}

static struct str writer(const struct heard_whole *h)
{
	struct str from = h->field[HEARD_FROM], address;

	return mime_next_address(&from, &address) ? address : h->field[HEARD_FROM];
}

// From nobody, as bounces are (RFC 5321, 4.5.5), or from one who writes nothing else.
static bool is_from_server(const struct heard_whole *h)
{
	return str_eq(str_trim(h->field[HEARD_RETURN_PATH]), S("<>")) ||
	       h->field[HEARD_FROM].n == 0 || auto_is_server(writer(h));
}

// An answer of a machine comes from nobody, too, and may have any words ("I have a new address"):
// what is no report must say by its subject or its first sentences what it is.
static bool is_told_so(const struct reading *r)
{
	bool server = is_from_server(r->h);

	if (r->h->field[HEARD_FAILED].n > 0)
		return true;
	if (!server && !auto_is_daemon(writer(r->h)))
		return false;
	if (bounce_text_opens(r->folded))
		return true;
	return server && !auto_subject(r->h->field[HEARD_SUBJECT]) && subject_says(r);
}

// ---- parts

// Not of a mail inside, which may be anybody's.
static bool is_own(const struct heard_whole *h, const struct heard_part *p)
{
	for (int32_t i = p->parent; i >= 0; i = h->parts.at[i].parent)
		if (str_eq(h->parts.at[i].type, S("message/rfc822")))
			return false;
	return true;
}

static bool has_own(const struct heard_whole *h, struct str type)
{
	LIST_EACH (const struct heard_part, p, &h->parts)
		if (str_eq(p->type, type) && is_own(h, p))
			return true;
	return false;
}

static struct str own_text(const struct heard_whole *h)
{
	const struct heard_part *p = heard_body(h);

	if (p != NULL)
		return p->text;
	LIST_EACH (const struct heard_part, x, &h->parts)
		if (str_eq(x->type, S("text/plain")) && is_own(h, x))
			return x->text;
	return (struct str){ 0 };
}

static void read_reports(struct reading *r)
{
	LIST_EACH (const struct heard_part, p, &r->h->parts)
		if (str_eq(p->type, S("message/delivery-status")) && is_own(r->h, p))
			bounce_report(p->text, r->a, r->out);
}

// ---- the mail that came back

static struct str id_of(struct str value)
{
	struct str s = str_trim(value);

	if (str_starts(s, '<')) {
		str_skip(&s, 1);
		s = str_cut(&s, '>');
	}
	return s;
}

static struct str sent_head(const struct reading *r)
{
	LIST_EACH (const struct heard_part, p, &r->h->parts)
		if (p->text.n > 0 && is_own(r->h, p) &&
		    (str_eq(p->type, S("message/rfc822")) ||
		     str_eq(p->type, S("text/rfc822-headers"))))
			return mime_cut(str_first(p->text, BOUNCE_TEXT)).head;
	return mime_cut(r->text.sent).head;
}

static void read_sent(struct reading *r)
{
	struct str head = sent_head(r), to = mime_field(head, S("To"), r->a), address;

	r->out->message = id_of(mime_field(head, S("Message-ID"), r->a));
	r->out->subject = mime_field(head, S("Subject"), r->a);
	r->out->ref = mime_field(head, S("X-Waker-Ref"), r->a);
	if (r->out->of.count == 1 && r->out->of.at[0].address.n == 0 &&
	    mime_next_address(&to, &address))
		r->out->of.at[0].address = address; // nobody else is named
}

// ---- all of it

static void take_failed(struct reading *r)
{
	struct str failed = r->h->field[HEARD_FAILED], address;

	while (mime_next_address(&failed, &address) && r->out->of.count < BOUNCE_RECIPIENTS) {
		struct str says = bounce_text_about(r->text.says, address);

		*list_add(&r->out->of, r->a) = (struct bounce_recipient){
			.address = address,
			.says = says,
			.status = bounce_status_in(says),
			.code = bounce_reply_in(says),
		};
	}
}

static void read_text(struct reading *r)
{
	bool waits = r->h->field[HEARD_FAILED].n == 0 && bounce_text_waits(r->folded);

	take_failed(r);
	if (r->out->of.count == 0)
		bounce_text_recipients(r->h, r->text.says, r->a, r->out);
	if (r->out->of.count == 0)
		*list_add(&r->out->of, r->a) = (struct bounce_recipient){ 0 };
	LIST_EACH (struct bounce_recipient, x, &r->out->of)
		x->action = waits ? BOUNCE_DELAYED : BOUNCE_FAILED;
}

static void say_more(struct bounce_recipient *x, struct str says)
{
	if (x->says.n == 0)
		x->says = str_trim(says);
	if (x->status.n == 0 || str_has_suffix(x->status, S(".0.0")))
		x->status = bounce_status_in(says).n > 0 ? bounce_status_in(says) : x->status;
	if (x->code == 0)
		x->code = bounce_reply_in(says);
}

// By its own words, else by those about it in the text, else by the whole text where it is alone.
static void find_reason(struct reading *r, struct bounce_recipient *x)
{
	struct str about = bounce_text_about(r->text.says, x->address);

	bool said = x->says.n > 0;

	x->reason = bounce_reason_of(x->status, x->code, x->says, r->a);
	say_more(x, about);
	if (x->reason == BOUNCE_UNSAID || !said)
		x->reason = bounce_reason_of(x->status, x->code, about, r->a);
	if (x->reason == BOUNCE_UNSAID && r->out->of.count == 1) {
		say_more(x, r->text.says);
		x->reason = bounce_reason_of(x->status, x->code, r->text.says, r->a);
	}
	if (x->reason == BOUNCE_UNSAID && r->out->of.count == 1) // "Returned mail: User unknown"
		x->reason = bounce_reason_of(S(""), 0, r->h->field[HEARD_SUBJECT], r->a);
	x->temporary = str_starts(x->status, '4') || (x->status.n == 0 && x->code / 100 == 4);
}

bool bounce_read(const struct heard_whole *h, struct arena *a, struct bounce *out)
{
	struct reading r = { .h = h, .a = a, .out = out, .text = bounce_text_cut(own_text(h)) };
	bool report = has_own(h, S("message/delivery-status"));

	*out = (struct bounce){ .complaint = has_own(h, S("message/feedback-report")) };
	r.folded = bounce_fold(r.text.says, a);
	if (!out->complaint) {
		read_reports(&r);
		if (out->of.count == 0 && !report && !is_told_so(&r))
			return false;
		if (out->of.count == 0)
			bounce_report(bounce_report_in(r.text.says), a, out);
		if (out->of.count == 0)
			read_text(&r);
		LIST_EACH (struct bounce_recipient, x, &out->of)
			find_reason(&r, x);
	}
	read_sent(&r);
	return true;
}
