#include "codec/mail/bounce.h"

#include "codec/mail/bounce_reason.h"
#include "codec/mail/mime_read.h"

// ---- a report (RFC 3464, 2)

struct reading {
	const struct heard_whole *h;
	struct arena *a;
	struct bounce *out;
};

static bool is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

// The next field, its lines as one; false: the group is over. An empty line ends it.
static bool next_field(struct reading *r, struct str *rest, struct str *name, struct str *value)
{
	struct str line;

	if (rest->n == 0)
		return false;
	line = str_cut(rest, '\n');
	if (is_blank(line))
		return false;
	*value = line;
	*name = str_trim(str_cut(value, ':'));
	*value = str_trim(*value);
	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t')) {
		struct str more = str_trim(str_cut(rest, '\n'));

		if (more.n > 0)
			*value = arena_fmt(r->a, STR_FMT " " STR_FMT, STR_ARG(*value),
					   STR_ARG(more));
	}
	return true;
}

// "rfc822; a@b.example", "<a@b.example>".
static struct str address_in(struct str s)
{
	struct str address;

	if (str_has(s, ';'))
		str_cut(&s, ';');
	s = str_trim(s);
	return mime_next_address(&s, &address) ? address : (struct str){ 0 };
}

static struct str behind_type(struct str s) // "smtp; 550 …"
{
	struct str rest = s, type = str_cut(&rest, ';');

	return rest.n > 0 && !str_has(str_trim(type), ' ') ? str_trim(rest) : s;
}

static bool read_group(struct reading *r, struct str *rest, struct bounce_recipient *out)
{
	struct str name, value, original = { 0 };
	bool any = false, said = false;

	*out = (struct bounce_recipient){ .action = BOUNCE_FAILED };
	while (next_field(r, rest, &name, &value)) {
		any = true;
		if (str_eq_nocase(name, S("Final-Recipient")))
			out->address = address_in(value);
		else if (str_eq_nocase(name, S("Original-Recipient")))
			original = address_in(value);
		else if (str_eq_nocase(name, S("Status")))
			out->status = bounce_status_in(value);
		else if (str_eq_nocase(name, S("Diagnostic-Code")))
			out->says = behind_type(value);
		else if (str_eq_nocase(name, S("Action"))) {
			said = true;
			out->action = str_has_prefix(value, S("delay"))  ? BOUNCE_DELAYED
				      : str_has_prefix(value, S("fail")) ? BOUNCE_FAILED
									 : BOUNCE_DELIVERED;
		}
	}
	if (out->address.n == 0)
		out->address = original;
	return any && (said || out->address.n > 0);
}

static void add(struct reading *r, struct bounce_recipient x)
{
	if (x.status.n == 0 || str_has_suffix(x.status, S(".0.0")))
		x.status = bounce_status_in(x.says).n > 0 ? bounce_status_in(x.says) : x.status;
	x.reason = bounce_reason_of(x.status, x.says);
	if (r->out->of.count < BOUNCE_RECIPIENTS)
		*list_add(&r->out->of, r->a) = x;
}

static bool is_group_over(const struct str *rest)
{
	return rest->n > 0;
}

static void read_report(struct reading *r, struct str text)
{
	struct str rest = str_first(text, BOUNCE_TEXT);

	while (is_group_over(&rest)) {
		struct bounce_recipient x;

		if (read_group(r, &rest, &x))
			add(r, x);
	}
}

// ---- free text

static const char *const senders[] = { "mailer-daemon", "postmaster",   "mail-daemon", "maildaemon",
				       "mdaemon",       "mailerdaemon", "mail.daemon", "daemon",
				       "bounce",        "mmdf",         "smtp",        "pp",
				       "mailadm",       "amer-mta" };

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
	"wurde nicht zugestellt",
	"échec de la remise",
	"returned to sender",
	"mail system error",
	"mail failure",
	"delivery delayed",
	"warning: could not",
	"delivery report",
	"returned message",
	"problem delivering",
	"unable to deliver",
	"email undeliverable",
	"mail not delivered",
	"bounced",
	"delivery was rejected",
	"error sending",
	"delayed",
	"undelivered",
	"devolvido",
	"status de entrega",
	"permanent error",
	"dsn",
	"service message",
	"mail error",
	"rejected",
	"there was an error sending",
};

static const char *const ends[] = {
	// where what was sent begins
	"--- below this line is a copy",  "----- original message",
	"------ this is a copy",          "the header of the original message",
	"--- the headers of the message", "----- message header follows",
	"------- the text of the",        "--- original message follows",
	"----- unsent message follows",   "--- enclosed is a copy",
	"--- mensagem original abaixo",   "----- header of the mail",
	"this is a copy of the message",  "received: from ",
	"----- message body follows",     "--- undelivered message follows",
	"content-type: message/rfc822",   "copy of original message follows",
	"your original message:",         "--original message--",
};

static bool holds(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str w = str_of(words[i]);

		for (size_t at = 0; at + w.n <= s.n; at++)
			if (str_eq_nocase((struct str){ s.p + at, w.n }, w))
				return true;
	}
	return false;
}

static bool is_daemon(struct str address)
{
	struct str local = str_cut(&address, '@');

	for (size_t i = 0; i < COUNTOF(senders); i++)
		if (str_eq_nocase(str_first(local, strlen(senders[i])), str_of(senders[i])))
			return true;
	return false;
}

static bool is_from_nobody(const struct heard_whole *h)
{
	struct str path = str_trim(h->field[HEARD_RETURN_PATH]);

	struct str from = h->field[HEARD_FROM], address;

	return str_eq(path, S("<>")) || from.n == 0 ||
	       is_daemon(mime_next_address(&from, &address) ? address : h->field[HEARD_FROM]);
}

// A daemon that says so in its subject, or by a code of RFC 3463 in what it says.
static bool is_told_so(const struct heard_whole *h, struct str says)
{
	struct str subject = h->field[HEARD_SUBJECT];

	if (h->field[HEARD_FAILED].n > 0)
		return true;
	return is_from_nobody(h) &&
	       (holds(subject, subjects, COUNTOF(subjects)) || bounce_status_in(says).n > 0 ||
		bounce_reason_of(S(""), says) != BOUNCE_UNSAID);
}

// As much of the text as is not what was sent.
static struct str own_words(struct str text)
{
	struct str rest = str_first(text, BOUNCE_TEXT);

	while (rest.n > 0) {
		struct str line = str_cut(&rest, '\n');

		if (holds(str_first(line, 80), ends, COUNTOF(ends)))
			return (struct str){ text.p, (size_t)(line.p - text.p) };
	}
	return str_first(text, BOUNCE_TEXT);
}

static bool is_delay(struct str says, const struct heard_whole *h)
{
	static const char *const words[] = { "will be retried",       "will keep trying",
					     "still being retried",   "warning message only",
					     "do not need to resend", "this is only a warning" };
	static const char *const subject[] = { "delayed", "warning: could not send",
					       "warning: message" };

	return holds(says, words, COUNTOF(words)) ||
	       holds(h->field[HEARD_SUBJECT], subject, COUNTOF(subject));
}

// The first address of a line that is not a daemon's.
static bool address_of_line(struct str line, struct str *out)
{
	if (!str_has(line, '@'))
		return false;
	while (line.n > 0) {
		struct str word = str_cut(&line, ' '), address;

		if (str_has(word, '@') && mime_next_address(&word, &address) &&
		    str_has(address, '@') && !is_daemon(address)) {
			*out = address;
			return true;
		}
	}
	return false;
}

static struct str first_address(struct str says)
{
	struct str address;

	while (says.n > 0)
		if (address_of_line(str_cut(&says, '\n'), &address))
			return address;
	return (struct str){ 0 };
}

static void read_text(struct reading *r, struct str says)
{
	struct str failed = r->h->field[HEARD_FAILED], address = { 0 };
	struct bounce_recipient x = { .says = says, .status = bounce_status_in(says) };

	x.action = is_delay(says, r->h) ? BOUNCE_DELAYED : BOUNCE_FAILED;
	if (failed.n > 0) {
		while (mime_next_address(&failed, &address)) {
			x.address = address;
			add(r, x);
		}
		return;
	}
	x.address = first_address(says);
	add(r, x);
}

// ---- both

static const struct heard_part *text_part(const struct heard_whole *h)
{
	const struct heard_part *p = heard_body(h);

	return p != NULL ? p : heard_find(h, S("text/plain"));
}

// A report that says little is helped by the words beside it.
static void help(struct reading *r, struct str says)
{
	LIST_EACH (struct bounce_recipient, x, &r->out->of)
		if (x->reason == BOUNCE_UNSAID || (x->says.n == 0 && x->reason == BOUNCE_POLICY)) {
			enum bounce_reason more = bounce_reason_of(S(""), says);

			x->reason = more != BOUNCE_UNSAID ? more : x->reason;
			if (x->says.n == 0)
				x->says = says;
		}
}

bool bounce_read(const struct heard_whole *h, struct arena *a, struct bounce *out)
{
	const struct heard_part *report = heard_find(h, S("message/delivery-status"));
	const struct heard_part *text = text_part(h);
	struct str says = text != NULL ? own_words(text->text) : (struct str){ 0 };
	struct reading r = { h, a, out };

	*out = (struct bounce){ 0 };
	out->complaint = heard_find(h, S("message/feedback-report")) != NULL;
	if (out->complaint)
		return true;
	if (report != NULL)
		read_report(&r, report->text);
	if (out->of.count > 0) {
		help(&r, says);
		return true;
	}
	if (!is_told_so(h, says) && report == NULL)
		return false;
	read_text(&r, says);
	return true;
}
