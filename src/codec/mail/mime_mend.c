#include "codec/mail/mime_mend.h"

enum { LOOKED_AT = 64 << 10 }; // bytes in which one LF is found in any other mail

static struct str without_mark(struct str mail)
{
	struct str rest = mail, line;

	if (str_has_prefix(mail, S("From ")) || str_has_prefix(mail, S(">From "))) {
		str_cut(&rest, '\n');
		return rest;
	}
	while (str_starts(rest, ' ') || str_starts(rest, '\t')) {
		mail = rest;
		line = str_cut(&rest, '\n');
		if (str_trim(line).n > 0)
			return mail;
	}
	return rest;
}

static bool only_cr(struct str mail)
{
	const struct str begin = str_first(mail, LOOKED_AT);

	return str_has(begin, '\r') && !str_has(begin, '\n');
}

static struct str with_lf(struct str mail, struct arena *a)
{
	char *p = arena_new(a, char, mail.n);

	memcpy(p, mail.p, mail.n);
	for (size_t i = 0; i < mail.n; i++)
		if (p[i] == '\r')
			p[i] = '\n';
	return (struct str){ p, mail.n };
}

// How many bytes of it are a head that a line "--…" ends; 0: it ends as it should, or is none.
static size_t head_until_boundary(struct str mail)
{
	struct str rest = mail, line = mail, first = str_cut(&line, '\n');
	const struct str key = str_cut(&first, ':');

	if (key.n == 0 || first.n == 0 || str_has(key, ' '))
		return 0;
	while (rest.n > 0 && !str_starts(rest, '\n') && !str_has_prefix(rest, S("\r\n"))) {
		if (str_has_prefix(rest, S("--")))
			return mail.n - rest.n;
		str_cut(&rest, '\n');
	}
	return 0;
}

static struct str with_blank(struct str mail, size_t at, struct arena *a)
{
	char *p = arena_new(a, char, mail.n + 1);

	memcpy(p, mail.p, at);
	p[at] = '\n';
	memcpy(p + at + 1, mail.p + at, mail.n - at);
	return (struct str){ p, mail.n + 1 };
}

struct str mime_mend(struct str mail, struct arena *a, bool *mended)
{
	const bool copies = mail.n <= MIME_MEND_BYTES;
	size_t at;

	if (copies && only_cr(mail)) {
		mail = with_lf(mail, a);
		*mended = true;
	}
	mail = without_mark(mail);
	at = copies ? head_until_boundary(mail) : 0;
	if (at > 0) {
		mail = with_blank(mail, at, a);
		*mended = true;
	}
	return mail;
}
