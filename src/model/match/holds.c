#include "model/match/holds.h"

#include "codec/net/url.h"

enum { VALUE_WORDS = 64, GROUPS = 8 };

#define X(id, word) word,
static const char *const words[HOLDS_KIND_COUNT] = { HOLDS_KINDS(X) };
#undef X

const char *holds_kind_word(enum holds_kind kind)
{
	return words[kind];
}

// ---- the writings of an address

// The first `bits` of an IPv4 address, whole numbers of it: "198.18." for /16 to /23.
static void add_v4(struct needles *n, uint32_t address, unsigned bits, struct arena *mem)
{
	char text[ADDRESS_TEXT];
	struct buf b = BUF_ON(text);

	for (unsigned i = 0; i < bits / 8; i++) {
		buf_uint(&b, address >> (24 - 8 * i) & 255);
		if (i < 3)
			buf_char(&b, '.');
	}
	if (!needles_add(n, buf_view(&b), mem))
		n->count = 0;
}

static unsigned group_of(struct address a, unsigned i)
{
	return (unsigned)((i < 4 ? a.high : a.low) >> (48 - 16 * (i % 4)) & 0xffff);
}

static void put_groups(struct buf *b, struct address a, unsigned from, unsigned to, bool wide)
{
	for (unsigned i = from; i < to; i++) {
		if (i > from)
			buf_char(b, ':');
		buf_fmt(b, wide ? "%04x" : "%x", group_of(a, i));
	}
}

// Of an IPv6 address zeros may be left out in many ways, but not a group between others that is
// not zero: the longest run of those stands in every writing, with or without leading zeros.
static void add_v6(struct needles *n, struct address a, unsigned bits, struct arena *mem)
{
	unsigned from = 0, to = 0;

	for (unsigned i = 0; i < bits / 16; i++) {
		unsigned k = i;

		while (k < bits / 16 && group_of(a, k) != 0)
			k++;
		if (k - i > to - from) {
			from = i;
			to = k;
		}
		i = k;
	}
	for (unsigned wide = 0; wide < 2 && to - from >= 2; wide++) {
		char text[ADDRESS_TEXT];
		struct buf b = BUF_ON(text);

		put_groups(&b, a, from, to, wide != 0);
		if (!needles_add(n, buf_view(&b), mem))
			n->count = 0;
	}
}

// Of an IPv4 address also as IPv6 writes it is the dotted one looked for: hexadecimal is not usual.
static void add_prefix(struct needles *n, struct prefix p, struct arena *a)
{
	if (!address_is_v4(p.base) || p.length < 96)
		add_v6(n, p.base, p.length, a);
	else if (p.length - 96 >= 8)
		add_v4(n, (uint32_t)p.base.low, p.length - 96, a);
}

// ---- reading what was typed

static struct str lower(struct str s, struct arena *a)
{
	char *out = arena_new(a, char, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		out[i] = ascii_lower(s.p[i]);
	return (struct str){ out, s.n };
}

static bool read_prefix(struct str typed, struct arena *a, struct holds *out, struct err *e)
{
	if (!prefix_read(typed, &out->prefix, e))
		return false;
	out->kind = HOLDS_PREFIX;
	add_prefix(&out->needles, out->prefix, a);
	return true;
}

static void read_address(struct address address, struct arena *a, struct holds *out)
{
	out->kind = HOLDS_ADDRESS;
	out->prefix = prefix_of(address, 128);
	add_prefix(&out->needles, out->prefix, a);
}

static void read_name(const struct name *name, struct str typed, struct arena *a, struct holds *out)
{
	struct needles *n = &out->needles;

	out->kind = HOLDS_NAME;
	out->text = arena_str(a, name_str(name));
	typed = lower(typed, a);
	if (!str_eq(typed, out->text) && str_has_prefix(out->text, S("xn--")))
		out->other = typed;
	if (str_contains(out->text, S(".xn--")))
		out->other = typed;
	if (!needles_add(n, out->text, a) || (out->other.n > 0 && !needles_add(n, out->other, a)))
		n->count = 0;
	if (out->other.n > 0)
		n->count = 0; // JSON may write its letters in ways that are not looked for
}

static bool read_text(struct str typed, struct arena *a, struct holds *out, struct err *e)
{
	if (typed.n < HOLDS_LEAST)
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is too short to be looked for",
			       STR_ARG(typed));
	if (typed.n > NEEDLE_BYTES)
		return err_set(e, ERR_INPUT, "more than %d bytes are not looked for",
			       (int)NEEDLE_BYTES);
	out->kind = HOLDS_TEXT;
	out->text = lower(typed, a);
	for (size_t i = 0; i < typed.n; i++) // what a format may write in another way
		if (typed.p[i] == '/' || typed.p[i] == '"' || typed.p[i] == '\\' ||
		    typed.p[i] == '&' || (unsigned char)typed.p[i] >= 0x80)
			return true;
	return needles_add(&out->needles, out->text, a);
}

static bool is_name(struct str s, name_idn idn, struct name *out)
{
	return !str_has(s, '@') && !str_has(s, ' ') && str_has(s, '.') && name_read(s, idn, out);
}

bool holds_read(struct str typed, name_idn idn, struct arena *a, struct holds *out, struct err *e)
{
	struct address address;
	struct name name;

	*out = (struct holds){ 0 };
	typed = str_trim(typed);
	if (address_read(typed, &address)) {
		read_address(address, a, out);
		return true;
	}
	if (str_has(typed, '/') && !str_contains(typed, S("://")))
		return read_prefix(typed, a, out, e);
	if (str_eq_nocase(str_first(typed, 2), S("AS")) && asn_read(typed, &out->asn)) {
		out->kind = HOLDS_ASN;
		return true;
	}
	if (is_name(typed, idn, &name)) {
		read_name(&name, typed, a, out);
		return true;
	}
	return read_text(typed, a, out, e);
}

// ---- does a value hold it?

static bool is_hex_or(char c, const char *more)
{
	c = ascii_lower(c);
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || str_has(str_of(more), c);
}

static bool is_word(char c)
{
	c = ascii_lower(c);
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

// "198.18.5.7:80", "2001:db8::1", "::ffff:198.18.5.7"; of a URL "://" is cut at both ends.
static bool reads_as(struct str word, struct address *out)
{
	struct str host = word, rest;

	if (address_read(word, out))
		return true;
	while (host.n > 0 && (host.p[0] == ':' || host.p[0] == '.'))
		str_skip(&host, 1);
	while (host.n > 0 && host.p[host.n - 1] == '.')
		host.n--;
	if (address_read(host, out))
		return true;
	rest = host;
	host = str_cut(&rest, ':');
	return address_read(host, out);
}

static bool has_address(struct str value, struct prefix p)
{
	unsigned n = 0;

	while (value.n > 0 && n < VALUE_WORDS) {
		size_t end = 0;
		struct address a;

		while (end < value.n && is_hex_or(value.p[end], ".:"))
			end++;
		if (end > 2 && reads_as(str_first(value, end), &a) && prefix_holds(p, a))
			return true;
		n += end > 2;
		str_skip(&value, end < value.n ? end + 1 : end);
	}
	return false;
}

static bool equal_at(struct str value, size_t at, struct str text)
{
	return str_eq_nocase(str_first(str_from(value, at), text.n), text);
}

// A name, or one below it: before it nothing, a dot, or what is no part of a name.
static bool has_name(struct str value, struct str name)
{
	if (name.n == 0)
		return false;
	for (size_t i = 0; i + name.n <= value.n; i++) {
		char before = i > 0 ? value.p[i - 1] : '\0';
		size_t end = i + name.n;
		char after = end < value.n ? value.p[end] : '\0';

		if (is_word(before) || before == '-' || before == '_' || is_word(after) ||
		    after == '-' || after == '_' || !equal_at(value, i, name))
			continue;
		if (after == '.' && end + 1 < value.n && is_word(value.p[end + 1]))
			continue;
		return true;
	}
	return false;
}

static bool has_text(struct str value, struct str text)
{
	for (size_t i = 0; i + text.n <= value.n; i++) {
		size_t end = i + text.n;

		if (!equal_at(value, i, text) ||
		    (i > 0 && is_word(value.p[i - 1]) && is_word(text.p[0])) ||
		    (end < value.n && is_word(value.p[end]) && is_word(text.p[text.n - 1])))
			continue;
		return true;
	}
	return false;
}

static bool has_asn(const struct event_field *f, uint32_t asn)
{
	uint32_t is;

	return (str_has_suffix(f->key, S(".asn")) || str_has_suffix(f->key, S("asn"))) &&
	       asn_read(f->value, &is) && is == asn;
}

static bool value_holds(const struct holds *h, const struct event_field *f)
{
	switch (h->kind) {
	case HOLDS_ADDRESS:
	case HOLDS_PREFIX:
		return has_address(f->value, h->prefix);
	case HOLDS_NAME:
		return has_name(f->value, h->text) || has_name(f->value, h->other);
	case HOLDS_ASN:
		return has_asn(f, h->asn);
	case HOLDS_TEXT:
		return has_text(f->value, h->text);
	case HOLDS_KIND_COUNT:
		break;
	}
	return false;
}

const struct event_field *holds_in(const struct holds *h, const struct event *event)
{
	LIST_EACH (const struct event_field, f, &event->fields)
		if (f->role != COLUMN_SECRET && f->kind != EVENT_TIME && value_holds(h, f))
			return f;
	return NULL;
}
