#include "codec/mail/sender.h"

#include "codec/mail/mime_read.h"
#include "codec/net/name.h"

struct str sender_end_says(enum sender_end end)
{
	static const char *const says[] = {
#define X(id, says) [id] = says,
		SENDER_ENDS(X)
#undef X
	};

	return str_of(says[end]);
}

// ---- one value of From

// Where its pieces are gathered: the name with its comments, and what may be an address.
struct pieces {
	struct str rest;
	char *name, *bare, *angle; // of SENDER_BYTES each
	size_t name_n, bare_n, angle_n;
	bool angled, over;
};

static void put(char *to, size_t *n, char c)
{
	if (*n < SENDER_BYTES)
		to[(*n)++] = c;
}

// Its text goes to the name: people see it as one. False: it never ends.
static bool comment(struct pieces *p)
{
	unsigned depth = 0;

	put(p->name, &p->name_n, ' ');
	do {
		char c = p->rest.p[0];

		str_skip(&p->rest, 1);
		if (c == '\\' && p->rest.n > 0) {
			c = p->rest.p[0];
			str_skip(&p->rest, 1);
		} else if (c == '(') {
			depth++;
			continue;
		} else if (c == ')') {
			depth--;
			continue;
		}
		put(p->name, &p->name_n, c);
	} while (depth > 0 && p->rest.n > 0);
	put(p->name, &p->name_n, ' ');
	return depth == 0;
}

static bool quoted(struct pieces *p)
{
	str_skip(&p->rest, 1);
	put(p->bare, &p->bare_n, '"'); // so that no address comes of it
	while (p->rest.n > 0) {
		char c = p->rest.p[0];

		str_skip(&p->rest, 1);
		if (c == '"')
			return true;
		if (c == '\\' && p->rest.n > 0) {
			c = p->rest.p[0];
			str_skip(&p->rest, 1);
		}
		put(p->name, &p->name_n, c);
	}
	return false;
}

static bool angle(struct pieces *p)
{
	if (p->angled)
		return false;
	p->angled = true;
	str_skip(&p->rest, 1);
	while (p->rest.n > 0 && p->rest.p[0] != '>') {
		put(p->angle, &p->angle_n, p->rest.p[0]);
		str_skip(&p->rest, 1);
	}
	if (p->rest.n == 0)
		return false;
	str_skip(&p->rest, 1);
	return true;
}

static enum sender_end gather(struct pieces *p)
{
	while (p->rest.n > 0) {
		char c = p->rest.p[0];
		bool good = true;

		if (c == ',')
			return SENDER_SEVERAL;
		if (c == ':' || c == ';' || c == '>' || c == '[' || c == '\0')
			return SENDER_BROKEN;
		if (c == '(') {
			good = comment(p);
		} else if (c == '"') {
			good = quoted(p);
		} else if (c == '<') {
			good = angle(p);
		} else {
			put(p->bare, &p->bare_n, c);
			put(p->name, &p->name_n, c);
			str_skip(&p->rest, 1);
		}
		if (!good)
			return SENDER_BROKEN;
	}
	return SENDER_ONE;
}

// RFC 5322, 3.2.3, of ASCII alone.
static bool is_atom(struct str s)
{
	static const char more[] = "!#$%&'*+-/=?^_`{|}~.";

	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    memchr(more, c, sizeof more - 1) == NULL)
			return false;
	}
	return s.n > 0 && s.p[0] != '.' && s.p[s.n - 1] != '.';
}

static bool is_domain(struct str s)
{
	struct name name;

	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_' &&
		    c != '.')
			return false;
	}
	return name_read(s, NULL, &name) && name.labels > 1 && name.n == s.n;
}

static bool is_inner(char c)
{
	return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || (c >= '0' && c <= '9') ||
	       (unsigned char)c >= 0x80;
}

// Length of an "@" here, also one that only looks so (U+FF20, U+FE6B); 0: none.
static size_t at_sign(struct str s)
{
	return str_starts(s, '@')                                                             ? 1
	       : str_has_prefix(s, S("\xef\xbc\xa0")) || str_has_prefix(s, S("\xef\xb9\xab")) ? 3
											      : 0;
}

static bool is_separator(char c)
{
	return c == '\0' || memchr(" \t\r\n\"'<>()[],;:", c, 14) != NULL;
}

// Does the name have an address in it that is not this one?
static bool misleads(struct str name, struct str address)
{
	for (size_t i = 1; i < name.n; i++) {
		size_t sign = at_sign(str_from(name, i)), start = i, end = i + sign;

		if (sign == 0 || end >= name.n || !is_inner(name.p[i - 1]) ||
		    !is_inner(name.p[end]))
			continue;
		while (start > 0 && !is_separator(name.p[start - 1]))
			start--;
		while (end < name.n && !is_separator(name.p[end]))
			end++;
		if (!str_eq_nocase((struct str){ name.p + start, end - start }, address))
			return true;
	}
	return false;
}

static void read_value(struct str value, struct arena *a, struct sender *out)
{
	struct pieces p = { .rest = str_first(value, SENDER_BYTES),
			    .name = arena_new(a, char, SENDER_BYTES),
			    .bare = arena_new(a, char, SENDER_BYTES),
			    .angle = arena_new(a, char, SENDER_BYTES) };
	struct str local, domain;

	out->end = value.n > SENDER_BYTES ? SENDER_BROKEN : gather(&p);
	if (out->end != SENDER_ONE)
		return;
	local = str_trim(p.angled ? (struct str){ p.angle, p.angle_n }
				  : (struct str){ p.bare, p.bare_n });
	out->address = domain = local;
	local = str_cut(&domain, '@');
	if (!is_atom(local) || !is_domain(domain)) {
		*out = (struct sender){ .end = SENDER_BROKEN };
		return;
	}
	out->domain = domain;
	out->name = str_trim(mime_words((struct str){ p.name, p.name_n }, a));
	if (misleads(out->name, out->address))
		out->end = SENDER_TRICK;
	if (!p.angled && str_eq(out->name, out->address))
		out->name = S("");
}

// ---- the head

// RFC 5322, 3.6, and RFC 2045: once each, and what is shown hangs on them.
static const char *const once[] = { "From", "Subject", "Content-Type",
				    "Content-Transfer-Encoding" };

void sender_read(struct str head, struct arena *a, struct sender *out)
{
	unsigned times[COUNTOF(once)] = { 0 };
	struct str name, value, from = { 0 };

	*out = (struct sender){ 0 };
	for (unsigned i = 0; i < SENDER_FIELDS && mime_next_field(&head, &name, &value); i++)
		for (size_t k = 0; k < COUNTOF(once); k++)
			if (str_eq_nocase(name, str_of(once[k])) && times[k]++ == 0 && k == 0)
				from = value;
	for (size_t k = 1; k < COUNTOF(once); k++)
		if (times[k] > 1)
			out->end = SENDER_DOUBLED;
	if (head.n > 0 && out->end == SENDER_ONE && mime_next_field(&head, &name, &value))
		out->end = SENDER_BROKEN; // so many that not all were looked at
	if (times[0] != 1)
		out->end = times[0] == 0 ? SENDER_NONE : SENDER_SEVERAL;
	else if (out->end == SENDER_ONE)
		read_value(from, a, out);
}
