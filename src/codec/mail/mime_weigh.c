#include "codec/mail/mime_weigh.h"

// Which paragraph of lines it is.
enum where { BODY, HEAD, INNER_HEAD };

struct scan {
	struct str known[MIME_WEIGH_KNOWN]; // boundaries, or how they begin
	size_t known_count;
	bool any; // each line "--" may be a boundary
	enum where where;
	bool holds_mail; // this head may be one of a mail inside, so that another head follows
	bool digest;     // of some multipart/digest the parts are mails though nothing says so
	uint64_t boundaries, heads, head_bytes;
};

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

// bchars of RFC 2046, without the blank.
static bool boundary_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) ||
	       str_has(S("'()+_,-./:=?"), c);
}

static bool has_nocase(struct str s, struct str part)
{
	for (; s.n >= part.n; str_skip(&s, 1))
		if (str_eq_nocase(str_first(s, part.n), part))
			return true;
	return false;
}

static bool is_known(const struct scan *s, struct str line)
{
	if (s->any)
		return true;
	str_skip(&line, 2);
	for (size_t i = 0; i < s->known_count; i++)
		if (str_has_prefix(line, s->known[i]))
			return true;
	return false;
}

// What stands behind "boundary=": one letter less is only one line more that counts. What is not
// plain there may be anything.
static void learn(struct scan *s, struct str value)
{
	struct str b = value;
	size_t n = 0;

	while (b.n > 0 && blank(b.p[0]))
		str_skip(&b, 1);
	if (str_starts(b, '"'))
		str_skip(&b, 1);
	while (n < b.n && boundary_letter(b.p[n]))
		n++;
	b = str_first(b, n);
	if (n == 0 || str_contains(b, S("=?")) || s->known_count == MIME_WEIGH_KNOWN)
		s->any = true;
	else
		s->known[s->known_count++] = b;
}

// What stands before a "=" of a head's line.
static void parameter(struct scan *s, struct str before, struct str value)
{
	static const struct str name = S("boundary");
	size_t n = before.n;

	while (n > 0 && blank(before.p[n - 1]))
		n--;
	while (n > 0 && digit(before.p[n - 1]))
		n--;
	if (n == 0 || str_has(S("*)\""), before.p[n - 1])) { // folded, RFC 2231, a comment
		s->any = true;
		return;
	}
	before.n = n;
	if (n >= name.n && str_eq_nocase(str_from(before, n - name.n), name))
		learn(s, value);
}

static void head_line(struct scan *s, struct str line)
{
	struct str rest = line;
	const char *at;

	s->heads++;
	s->head_bytes += line.n;
	if (!blank(line.p[0]) && !str_eq_nocase(str_first(line, 8), S("content-")))
		return;
	s->holds_mail = s->holds_mail || has_nocase(line, S("message"));
	s->digest = s->digest || has_nocase(line, S("digest"));
	while ((at = rest.n > 0 ? memchr(rest.p, '=', rest.n) : NULL) != NULL) {
		const size_t n = (size_t)(at - rest.p);

		parameter(s, (struct str){ line.p, (size_t)(at - line.p) }, str_from(rest, n + 1));
		str_skip(&rest, n + 1);
	}
}

// Does the line begin a part?
static bool step(struct scan *s, struct str line)
{
	const struct str bare = str_has_suffix(line, S("\r")) ? str_first(line, line.n - 1) : line;

	if (str_has_prefix(line, S("--")) && is_known(s, line)) {
		s->boundaries++;
		s->where = HEAD;
		s->holds_mail = false;
		return !str_has_suffix(bare, S("--"));
	}
	if (s->where != BODY && bare.n > 0) {
		head_line(s, line);
	} else if (s->where != BODY) {
		s->where = s->holds_mail || (s->digest && s->where == HEAD) ? INNER_HEAD : BODY;
		s->holds_mail = false;
	}
	return false;
}

static bool within(const struct scan *s)
{
	return s->boundaries <= MIME_WEIGH_BOUNDARIES && s->heads <= MIME_WEIGH_HEADS &&
	       s->head_bytes <= MIME_WEIGH_HEAD_BYTES;
}

void mime_weigh(struct str mail, struct mime_weight *out)
{
	struct scan s = { .where = HEAD };
	struct str rest = mail;

	*out = (struct mime_weight){ 0 };
	while (rest.n > 0) {
		const struct str line = str_cut(&rest, '\n');
		const bool part = step(&s, line);

		if (within(&s) && mail.n - rest.n <= MIME_WEIGH_MAIL)
			out->until = mail.n - rest.n;
		else
			out->left_out += part;
	}
}
