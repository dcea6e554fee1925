#include "codec/mail/relay.h"

#include "codec/net/address.h"
#include "codec/net/name.h"
#include "codec/wire/imap.h"

enum { PORT_SUBMISSION = 587, PORT_SMTPS = 465, PORT_IMAP = 143, PORT_IMAPS = 993 };

// ::1, and 127.0.0.0/8.
static bool is_loopback(struct address a)
{
	return (a.high == 0 && a.low == 1) || (address_is_v4(a) && (a.low >> 24 & 0xff) == 127);
}

static bool is_host(struct str s, bool six, bool *loopback)
{
	struct address a;
	struct name name;

	*loopback = str_eq_nocase(s, S("localhost"));
	if (address_read(s, &a)) {
		*loopback = is_loopback(a);
		return six != address_is_v4(a);
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
			return false;
	}
	return !six && name_read(s, NULL, &name);
}

struct scheme {
	struct str plain, tls; // "smtp://", "smtps://"
	uint16_t port, tls_port;
};

static bool read_place(struct str s, const struct scheme *of, struct relay *out)
{
	struct relay r = { .implicit = str_has_prefix(s, of->tls) };
	struct str rest = s;
	bool six;
	uint64_t port;

	if (!r.implicit && !str_has_prefix(s, of->plain))
		return false;
	str_skip(&rest, r.implicit ? of->tls.n : of->plain.n);
	six = str_starts(rest, '[');
	if (six) {
		if (!str_has(rest, ']'))
			return false;
		str_skip(&rest, 1);
		r.host = str_cut(&rest, ']');
		if (rest.n > 0 && rest.p[0] != ':')
			return false;
		str_skip(&rest, rest.n > 0);
	} else {
		r.host = str_cut(&rest, ':');
	}
	port = r.implicit ? of->tls_port : of->port;
	if (s.p[s.n - 1] == ':' || !is_host(r.host, six, &r.loopback) ||
	    (rest.n > 0 && (!str_to_uint(rest, UINT16_MAX, &port) || port == 0)))
		return false;
	r.port = (uint16_t)port;
	*out = r;
	return true;
}

bool relay_read(struct str s, struct relay *out)
{
	const struct scheme smtp = { S("smtp://"), S("smtps://"), PORT_SUBMISSION, PORT_SMTPS };

	return read_place(s, &smtp, out);
}

// Where the host ends: at the first "/" behind the scheme's two.
static struct str cut_folder(struct str *s)
{
	struct str rest = *s;
	struct str scheme = str_cut(&rest, '/');

	if (!str_starts(rest, '/'))
		return (struct str){ 0 };
	str_skip(&rest, 1);
	str_cut(&rest, '/');
	s->n -= rest.n + (s->p[s->n - rest.n - 1] == '/' && s->n - rest.n > scheme.n + 2);
	return rest;
}

bool mailbox_read(struct str s, struct mailbox *out)
{
	const struct scheme imap = { S("imap://"), S("imaps://"), PORT_IMAP, PORT_IMAPS };
	struct str folder = cut_folder(&s);

	out->folder = folder.n > 0 ? folder : S("INBOX");
	return imap_may_quote(out->folder) && read_place(s, &imap, &out->at);
}
