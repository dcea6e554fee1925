#include "codec/mail/smtp_write.h"

#include "codec/net/name.h"

enum { SHOWN = 60, STEP = 3 }; // a doubled dot and what follows, or the dot that ends it

static bool is_atom(char c)
{
	char low = ascii_lower(c);

	return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
	       str_has(S("!#$%&'*+-/=?^_`{|}~"), c);
}

static bool refuse(struct str s, const char *why, struct err *e)
{
	char shown[SHOWN];
	size_t n = s.n < sizeof shown ? s.n : sizeof shown;

	for (size_t i = 0; i < n; i++)
		shown[i] = s.p[i] >= ' ' && s.p[i] <= '~' ? s.p[i] : '?';
	return err_set(e, ERR_INPUT, "\"%.*s\" is no address that can be mailed: %s", (int)n, shown,
		       why);
}

static const char *wrong_local(struct str local)
{
	if (local.n == 0 || local.n > SMTP_MAX_LOCAL)
		return "before the @ stand 1 to 64 letters";
	for (size_t i = 0; i < local.n; i++) {
		if ((unsigned char)local.p[i] > '~')
			return "before the @ only ASCII goes to every server; ask for another "
			       "address";
		if (local.p[i] == '.' ? i == 0 || i + 1 == local.n || local.p[i - 1] == '.'
				      : !is_atom(local.p[i]))
			return "before the @ a sign stands that would need quotes";
	}
	return NULL;
}

static const char *wrong_domain(struct str domain)
{
	struct name name;

	for (size_t i = 0; i < domain.n; i++) {
		char c = ascii_lower(domain.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		      c == '_'))
			return "behind the @ stands no domain in ASCII";
	}
	return domain.n == 0 || domain.p[domain.n - 1] == '.' || !name_read(domain, NULL, &name)
		       ? "behind the @ stands no domain"
		       : NULL;
}

bool smtp_address(struct str s, struct str *domain, struct err *e)
{
	struct str rest = s, local = str_cut(&rest, '@');
	const char *why;

	if (local.n == s.n)
		return refuse(s, "it has no @", e);
	if (s.n > SMTP_MAX_ADDRESS)
		return refuse(s, "it is longer than 254 bytes", e);
	why = wrong_local(local);
	if (why == NULL)
		why = wrong_domain(rest);
	if (why != NULL)
		return refuse(s, why, e);
	*domain = rest;
	return true;
}

static bool wrong_line(size_t line, const char *why, struct err *e)
{
	return err_set(e, ERR_INPUT, "the message, line %zu: %s", line, why);
}

bool smtp_message(struct str bytes, struct err *e)
{
	struct str rest = bytes;

	if (bytes.n > SMTP_MAX_MESSAGE)
		return err_set(e, ERR_LIMIT, "the message has %zu bytes, at most %d go", bytes.n,
			       SMTP_MAX_MESSAGE);
	for (size_t n = 1; rest.n > 0; n++) {
		struct str line = str_cut(&rest, '\n');
		bool ended = line.p + line.n < bytes.p + bytes.n;

		if (!ended || line.n == 0 || line.p[line.n - 1] != '\r')
			return wrong_line(n, "it does not end in CRLF", e);
		line.n--;
		if (line.n > SMTP_MAX_TEXT_LINE)
			return wrong_line(n, "it is longer than 998 bytes", e);
		for (size_t i = 0; i < line.n; i++)
			if (line.p[i] == '\r' || line.p[i] == '\0' ||
			    (unsigned char)line.p[i] > 127)
				return wrong_line(n, "a byte in it is NUL, CR or not ASCII", e);
	}
	return bytes.n > 0 || err_set(e, ERR_INPUT, "the message is empty");
}

// Up to the line's end, and no further than b has room.
static void put_line(struct smtp_body *m, struct buf *b)
{
	size_t room = b->cap - b->n, most = m->rest.n < room ? m->rest.n : room;
	const char *end = memchr(m->rest.p, '\n', most);
	size_t n = end != NULL ? (size_t)(end - m->rest.p) + 1 : most;

	buf_add(b, m->rest.p, n);
	str_skip(&m->rest, n);
	m->inside = end == NULL;
}

bool smtp_body_next(struct smtp_body *m, struct buf *b)
{
	if (m->written)
		return false;
	while (m->rest.n > 0 && b->cap - b->n >= STEP) {
		if (!m->inside && m->rest.p[0] == '.')
			buf_char(b, '.');
		put_line(m, b);
	}
	if (m->rest.n == 0 && b->cap - b->n >= STEP) {
		buf_str(b, S(".\r\n"));
		m->written = true;
	}
	return true;
}
