#include "codec/mail/smtp_reply.h"

#include "base/buf.h"

enum { CODE_LEAST = 200, CODE_MOST = 599, STATUS_MOST = 999, SHOWN = 60 };

// Only where it agrees with the code: a text may begin with a version number.
static bool read_status(struct str *text, unsigned code, struct smtp_status *out)
{
	struct str rest = *text, word = str_cut(&rest, ' '), kind = str_cut(&word, '.'),
		   subject = str_cut(&word, '.');
	uint64_t k, s, d;

	if (kind.n != 1 || subject.n > 3 || word.n > 3 || !str_to_uint(kind, 5, &k) ||
	    k != code / 100 || !str_to_uint(subject, STATUS_MOST, &s) ||
	    !str_to_uint(word, STATUS_MOST, &d))
		return false;
	*out = (struct smtp_status){ (unsigned)k, (unsigned)s, (unsigned)d };
	*text = rest;
	return true;
}

// What is not printable ASCII becomes a question mark: it ends in a store and at a terminal.
static void keep(struct smtp_reply *r, struct str text)
{
	if (r->n > 0 && text.n > 0 && r->n < sizeof r->text)
		r->text[r->n++] = ' ';
	for (size_t i = 0; i < text.n && r->n < sizeof r->text; i++)
		r->text[r->n++] = text.p[i] >= ' ' && text.p[i] <= '~' ? text.p[i] : '?';
}

static bool no_reply(struct str line, struct err *e)
{
	char shown[SHOWN];
	size_t n = line.n < sizeof shown ? line.n : sizeof shown;

	for (size_t i = 0; i < n; i++)
		shown[i] = line.p[i] >= ' ' && line.p[i] <= '~' ? line.p[i] : '?';
	return err_set(e, ERR_REMOTE, "\"%.*s\" is no answer of a mail server", (int)n, shown);
}

bool smtp_reply_line(struct smtp_reply *r, struct str line, struct err *e)
{
	struct str text = str_from(line, line.n < 4 ? line.n : 4);
	struct smtp_status status;
	uint64_t code;

	if (line.n < 3 || line.n > SMTP_REPLY_LINE ||
	    !str_to_uint(str_first(line, 3), CODE_MOST, &code) || code < CODE_LEAST ||
	    (line.n > 3 && line.p[3] != ' ' && line.p[3] != '-'))
		return no_reply(line, e);
	if (r->lines > 0 && code != r->code)
		return err_set(e, ERR_REMOTE, "an answer that begins with %u goes on with %u",
			       r->code, (unsigned)code);
	if (r->lines == SMTP_REPLY_LINES)
		return err_set(e, ERR_REMOTE, "an answer of over %d lines", SMTP_REPLY_LINES);
	r->lines++;
	r->code = (unsigned)code;
	if (read_status(&text, r->code, &status))
		r->status = r->status.kind == 0 ? status : r->status;
	keep(r, str_trim(text));
	r->whole = line.n == 3 || line.p[3] == ' ';
	return true;
}

struct smtp_status_text smtp_status_text(const struct smtp_status *s)
{
	struct smtp_status_text t = { "" };
	struct buf b = { .p = t.text, .cap = sizeof t.text - 1 };

	if (s->kind > 0)
		buf_fmt(&b, "%u.%u.%u ", s->kind, s->subject, s->detail);
	t.text[b.n] = '\0';
	return t;
}
