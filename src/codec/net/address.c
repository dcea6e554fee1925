#include "codec/net/address.h"

#include "codec/net/address_one.h"

static unsigned digit_of(char c) // 0 to 9; more where c is none
{
	return (unsigned)(unsigned char)c - (unsigned)'0';
}

// One number of a dotted quad at p: 0 to 255 without leading zeros. Returns the
// place behind it, NULL where there is none.
static inline const char *read_octet(const char *p, const char *end, uint32_t *out)
{
	unsigned v, d;

	if (p == end || (v = digit_of(*p)) > 9)
		return NULL;
	p++;
	if (p == end || (d = digit_of(*p)) > 9) {
		*out = *out << 8 | v;
		return p;
	}
	if (v == 0)
		return NULL;
	v = v * 10 + d;
	p++;
	if (p < end && (d = digit_of(*p)) <= 9) {
		v = v * 10 + d;
		p++;
	}
	*out = *out << 8 | v;
	return v <= 255 ? p : NULL;
}

bool address_quad_plain(const char *p, const char *end, uint32_t *out)
{
	uint32_t v = 0;

	for (unsigned part = 0; part < 4; part++) {
		if (part > 0 && (p == end || *p++ != '.'))
			return false;
		p = read_octet(p, end, &v);
		if (p == NULL)
			return false;
	}
	*out = v;
	return p == end;
}

static unsigned hex_of(char c)
{
	unsigned d = digit_of(c), letter = ((unsigned char)c | 0x20u) - (unsigned)'a';

	return d <= 9 ? d : letter < 6 ? letter + 10 : 16;
}

struct groups {
	uint16_t at[8];
	unsigned count, gap; // gap: how many groups stand before "::"; 9: no "::"
};

enum { NO_GAP = 9 };

// Groups of IPv6 text up to its end; false where the text is none.
static bool read_groups(const char *p, const char *end, struct groups *g)
{
	while (p < end) {
		const char *start = p;
		unsigned v = 0, h;
		uint32_t v4;

		for (; p < end && (h = hex_of(*p)) < 16 && p - start < 5; p++)
			v = v << 4 | h;
		if (p < end && *p == '.') { // the last 32 bits as a dotted quad
			if (g->count > 6 || !address_quad(start, end, &v4))
				return false;
			g->at[g->count++] = (uint16_t)(v4 >> 16);
			g->at[g->count++] = (uint16_t)v4;
			return true;
		}
		if (p == start || p - start > 4 || g->count == 8)
			return false;
		g->at[g->count++] = (uint16_t)v;
		if (p == end)
			return true;
		if (*p++ != ':' || p == end)
			return false;
		if (*p == ':') {
			if (g->gap != NO_GAP)
				return false;
			g->gap = g->count;
			p++;
		}
	}
	return true;
}

bool address_v6_plain(struct str s, struct address *out)
{
	struct groups g = { .gap = NO_GAP };
	const char *p = s.p, *end = s.p + s.n;
	uint16_t all[8] = { 0 };

	if (s.n >= 2 && p[0] == ':' && p[1] == ':') {
		g.gap = 0;
		p += 2;
	}
	if (!read_groups(p, end, &g) || (g.gap == NO_GAP ? g.count != 8 : g.count > 7))
		return false;
	for (unsigned i = 0; i < g.count; i++)
		all[i < g.gap ? i : 8 - g.count + i] = g.at[i];
	out->high =
		(uint64_t)all[0] << 48 | (uint64_t)all[1] << 32 | (uint64_t)all[2] << 16 | all[3];
	out->low =
		(uint64_t)all[4] << 48 | (uint64_t)all[5] << 32 | (uint64_t)all[6] << 16 | all[7];
	return true;
}

bool address_read_plain(struct str s, struct address *out)
{
	uint32_t v4;

	if (s.n < 2 || s.n >= ADDRESS_TEXT)
		return false;
	if (address_quad_plain(s.p, s.p + s.n, &v4)) {
		*out = address_v4(v4);
		return true;
	}
	return str_has(s, ':') && address_v6_plain(s, out);
}

bool address_read(struct str s, struct address *out)
{
	uint32_t v4;

	if (s.n < 2 || s.n >= ADDRESS_TEXT)
		return false;
	if (address_quad(s.p, s.p + s.n, &v4)) {
		*out = address_v4(v4);
		return true;
	}
	return address_v6(s, out);
}

// One number of a URL's IPv4 host: decimal, 0 octal, 0x hexadecimal.
static bool read_odd_number(struct str s, uint64_t *out)
{
	unsigned base = 10;
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	if (s.n >= 2 && s.p[0] == '0' && ascii_lower(s.p[1]) == 'x') {
		base = 16;
		str_skip(&s, 2);
	} else if (s.n >= 2 && s.p[0] == '0') {
		base = 8;
		str_skip(&s, 1);
	}
	for (size_t i = 0; i < s.n; i++) {
		unsigned d = hex_of(s.p[i]);

		if (d >= base || v > UINT32_MAX)
			return false;
		v = v * base + d;
	}
	*out = v;
	return true;
}

bool address_read_loose(struct str s, struct address *out)
{
	uint64_t part[4], v = 0;
	unsigned n = 0;

	if (address_read(s, out))
		return true;
	if (s.n > 0 && s.p[s.n - 1] == '.')
		s.n--;
	if (s.n == 0 || s.p[s.n - 1] == '.')
		return false;
	while (s.n > 0 && n < 4)
		if (!read_odd_number(str_cut(&s, '.'), &part[n++]))
			return false;
	if (s.n > 0)
		return false;
	for (unsigned i = 0; i + 1 < n; i++) {
		if (part[i] > 255)
			return false;
		v |= part[i] << (24 - 8 * i);
	}
	if (part[n - 1] >> (8 * (5 - n)) != 0)
		return false;
	*out = address_v4((uint32_t)(v | part[n - 1]));
	return true;
}

static unsigned group_of(struct address a, unsigned i)
{
	return (unsigned)((i < 4 ? a.high : a.low) >> (48 - 16 * (i % 4))) & 0xffff;
}

static void write_v4(struct buf *b, uint32_t n)
{
	for (unsigned i = 0; i < 4; i++) {
		if (i > 0)
			buf_char(b, '.');
		buf_uint(b, n >> (24 - 8 * i) & 255);
	}
}

static void write_group(struct buf *b, unsigned v)
{
	for (unsigned shift = 12; shift > 0; shift -= 4)
		if (v >> shift != 0)
			buf_char(b, "0123456789abcdef"[v >> shift & 15]);
	buf_char(b, "0123456789abcdef"[v & 15]);
}

// RFC 5952: lower case, the longest run of zero groups (the first of equals,
// two at least) as "::".
static void write_v6(struct buf *b, struct address a)
{
	unsigned best = 8, most = 1;

	for (unsigned i = 0; i < 8; i++) {
		unsigned n = 0;

		while (i + n < 8 && group_of(a, i + n) == 0)
			n++;
		if (n > most) {
			best = i;
			most = n;
		}
	}
	for (unsigned i = 0; i < 8; i++) {
		if (i == best) {
			buf_str(b, S("::"));
			i += most - 1;
			continue;
		}
		if (i > 0 && i != best + most)
			buf_char(b, ':');
		write_group(b, group_of(a, i));
	}
}

void address_write(struct buf *b, struct address a)
{
	if (address_is_v4(a))
		write_v4(b, (uint32_t)a.low);
	else
		write_v6(b, a);
}

void address_bytes(struct address a, unsigned char out[16])
{
	for (unsigned i = 0; i < 8; i++) {
		out[i] = (unsigned char)(a.high >> (56 - 8 * i));
		out[8 + i] = (unsigned char)(a.low >> (56 - 8 * i));
	}
}

struct address address_of_bytes(const unsigned char in[16])
{
	struct address a = { 0, 0 };

	for (unsigned i = 0; i < 8; i++) {
		a.high = a.high << 8 | in[i];
		a.low = a.low << 8 | in[8 + i];
	}
	return a;
}

bool address_is_tunnel(struct address a)
{
	return a.high >> 48 == 0x2002 || a.high >> 32 == 0x20010000 ||
	       (a.high == UINT64_C(0x0064ff9b00000000) && a.low >> 32 == 0) ||
	       a.high >> 16 == UINT64_C(0x0064ff9b0001);
}

static struct address host_mask(unsigned length) // the bits behind the first `length`
{
	return (struct address){
		length >= 64 ? 0 : UINT64_MAX >> length,
		length >= 128  ? 0
		: length <= 64 ? UINT64_MAX
			       : UINT64_MAX >> (length - 64),
	};
}

struct prefix prefix_of(struct address a, unsigned length)
{
	struct address host = host_mask(length);

	return (struct prefix){ { a.high & ~host.high, a.low & ~host.low }, length };
}

struct range prefix_range(struct prefix p)
{
	struct address host = host_mask(p.length);

	return (struct range){ p.base, { p.base.high | host.high, p.base.low | host.low } };
}

static struct address address_next(struct address a)
{
	return (struct address){ a.high + (a.low == UINT64_MAX), a.low + 1 };
}

bool prefix_cut(struct range *left, struct prefix *out)
{
	struct prefix p = { left->first, 128 };
	struct range whole = { left->first, left->first };

	if (address_order(left->first, left->last) > 0)
		return false;
	while (p.length > 0) {
		struct prefix wider = prefix_of(left->first, p.length - 1);
		struct range r = prefix_range(wider);

		if (address_order(r.first, left->first) != 0 ||
		    address_order(r.last, left->last) > 0)
			break;
		p = wider;
		whole = r;
	}
	if (address_order(whole.last, left->last) == 0)
		*left = (struct range){ { 0, 1 }, { 0, 0 } };
	else
		left->first = address_next(whole.last);
	*out = p;
	return true;
}

bool prefix_holds(struct prefix p, struct address a)
{
	return address_order(prefix_of(a, p.length).base, p.base) == 0;
}

bool prefix_read(struct str s, struct prefix *out, struct err *e)
{
	struct str whole = s, head = str_cut(&s, '/');
	bool bare = head.n == whole.n;
	struct address a;
	struct prefix p;
	unsigned family;
	uint64_t length;

	if (!address_read(head, &a))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no address or prefix",
			       STR_ARG(str_first(whole, 60)));
	family = address_is_v4(a) && !str_has(head, ':') ? 32 : 128;
	length = family;
	if (!bare && (!str_to_uint(s, family, &length) || (s.n > 1 && s.p[0] == '0')))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\": the length behind / must be 0 to %u",
			       STR_ARG(str_first(whole, 60)), family);
	p = prefix_of(a, (unsigned)length + 128 - family);
	if (address_order(p.base, a) != 0) {
		char text[ADDRESS_TEXT + 5];
		struct buf b = BUF_ON(text);

		prefix_write(&b, p);
		return err_set(e, ERR_INPUT,
			       "\"" STR_FMT "\" has host bits set; the prefix is " STR_FMT,
			       STR_ARG(str_first(whole, 60)), STR_ARG(buf_view(&b)));
	}
	*out = p;
	return true;
}

void prefix_write(struct buf *b, struct prefix p)
{
	address_write(b, p.base);
	buf_char(b, '/');
	buf_uint(b, address_is_v4(p.base) && p.length >= 96 ? p.length - 96 : p.length);
}

bool range_read(struct str s, struct range *out, struct err *e)
{
	struct str whole = s, first = str_trim(str_cut(&s, '-'));
	struct range r;

	if (!address_read(first, &r.first) || !address_read(str_trim(s), &r.last))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no range: write FIRST-LAST",
			       STR_ARG(str_first(whole, 90)));
	if (address_is_v4(r.first) != address_is_v4(r.last))
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" goes from IPv4 to IPv6",
			       STR_ARG(str_first(whole, 90)));
	if (address_order(r.first, r.last) > 0)
		return err_set(e, ERR_INPUT, "\"" STR_FMT "\" ends before it begins",
			       STR_ARG(str_first(whole, 90)));
	*out = r;
	return true;
}

void range_write(struct buf *b, struct range r)
{
	address_write(b, r.first);
	buf_char(b, '-');
	address_write(b, r.last);
}
