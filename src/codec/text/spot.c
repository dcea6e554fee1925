#include "codec/text/spot.h"

#include "base/buf.h"
#include "codec/net/address.h"
#include "codec/net/name.h"
#include "codec/net/url.h"

static const struct {
	struct str from, to;
} breaks[] = {
	{ { "[.]", 3 }, { ".", 1 } },   { { "(.)", 3 }, { ".", 1 } },
	{ { "{.}", 3 }, { ".", 1 } },   { { "[dot]", 5 }, { ".", 1 } },
	{ { "(dot)", 5 }, { ".", 1 } }, { { "\\.", 2 }, { ".", 1 } },
	{ { "[:]", 3 }, { ":", 1 } },   { { "[://]", 5 }, { "://", 3 } },
	{ { "[at]", 4 }, { "@", 1 } },  { { "(at)", 4 }, { "@", 1 } },
	{ { "[@]", 3 }, { "@", 1 } },   { { "[/]", 3 }, { "/", 1 } },
};

static size_t break_at(struct str s)
{
	size_t i = 0;

	while (i < COUNTOF(breaks) &&
	       !str_eq_nocase(str_first(s, breaks[i].from.n), breaks[i].from))
		i++;
	return i;
}

struct str spot_whole(struct str s, struct arena *a)
{
	struct buf b;
	bool hxxp = str_eq_nocase(str_first(s, 4), S("hxxp")), any = hxxp;

	for (size_t i = 0; i < s.n && !any; i++)
		any = break_at(str_from(s, i)) < COUNTOF(breaks);
	if (!any)
		return s;
	b = (struct buf){ .p = arena_new(a, char, s.n + 1), .cap = s.n + 1 };
	if (hxxp) {
		buf_str(&b, S("http"));
		str_skip(&s, 4);
	}
	while (s.n > 0) {
		size_t i = break_at(s);

		if (i < COUNTOF(breaks))
			buf_str(&b, breaks[i].to);
		else
			buf_char(&b, s.p[0]);
		str_skip(&s, i < COUNTOF(breaks) ? breaks[i].from.n : 1);
	}
	return buf_view(&b);
}

static bool is_name(struct str s)
{
	struct name n;
	bool letter = false;

	if (!str_has(s, '.') || !name_read(s, NULL, &n) || n.labels < 2)
		return false;
	for (size_t i = s.n; i > 0 && s.p[i - 1] != '.'; i--) // the last label
		letter |= ascii_lower(s.p[i - 1]) >= 'a' && ascii_lower(s.p[i - 1]) <= 'z';
	return letter;
}

static bool is_asn(struct str s)
{
	uint32_t asn;

	return s.n > 2 && str_eq_nocase(str_first(s, 2), S("AS")) && asn_read(s, &asn);
}

struct str spot_kind(struct str word)
{
	struct address address;
	struct prefix prefix;
	struct host host;
	struct name name;
	struct err e;

	if (word.n == 0 || word.n > SPOT_MAX_WORD)
		return S("");
	if (address_read(word, &address) || (str_has(word, '/') && prefix_read(word, &prefix, &e)))
		return S("address");
	if (url_host(word, NULL, &host) != HOST_NONE)
		return S("url");
	if (str_has(word, '@'))
		return mail_domain(word, NULL, &name) && name.labels > 1 ? S("mail") : S("");
	if (is_asn(word))
		return S("asn");
	return is_name(word) ? S("name") : S("");
}

// What may stand around a word in prose and is no part of it.
static struct str bare(struct str s)
{
	static const struct str before = { "<(\"'`[{*", 8 }, after = { ">)\"'`]},;.!?*:", 14 };

	while (s.n > 0 && str_has(before, s.p[0]) && break_at(s) == COUNTOF(breaks))
		str_skip(&s, 1);
	while (s.n > 0 && str_has(after, s.p[s.n - 1])) {
		size_t i = s.n > 6 ? s.n - 6 : 0;
		bool broken = false;

		for (; i < s.n && !broken; i++)
			broken = break_at(str_from(s, i)) < COUNTOF(breaks) &&
				 i + breaks[break_at(str_from(s, i))].from.n == s.n;
		if (broken)
			break;
		s.n--;
	}
	return s;
}

// "192.0.2.1:443": an address and a port.
static struct str without_port(struct str s)
{
	struct address a;
	size_t colon = s.n;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ':')
			colon = i;
	return colon < s.n && address_read(str_first(s, colon), &a) && address_is_v4(a)
		       ? str_first(s, colon)
		       : s;
}

static bool next_word(struct str *rest, struct str *out)
{
	size_t n = 0;

	while (rest->n > 0 && str_has(S(" \t\r\n,;|"), rest->p[0]))
		str_skip(rest, 1);
	while (n < rest->n && !str_has(S(" \t\r\n,;|"), rest->p[n]))
		n++;
	*out = str_first(*rest, n);
	str_skip(rest, n);
	return n > 0;
}

// "-", "*", ">>", "1)", "2.": what a list or a quotation puts before a line.
static bool is_bullet(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (!str_has(S("-*>+#.)0123456789"), word.p[i]))
			return word.n >= 2 && (unsigned char)word.p[0] >= 0x80;
	return word.n <= 4;
}

static struct str kind_of(struct str *word, struct arena *a)
{
	*word = without_port(spot_whole(bare(*word), a));
	return spot_kind(*word);
}

static bool all_are(struct str line, struct arena *a)
{
	struct str word;

	while (next_word(&line, &word))
		if (!is_bullet(word) && kind_of(&word, a).n == 0)
			return false;
	return true;
}

// Four numbers with dots between.
static bool is_almost(struct str word)
{
	unsigned dots = 0;

	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] != '.' && (word.p[i] < '0' || word.p[i] > '9'))
			return false;
		dots += word.p[i] == '.';
	}
	return dots == 3;
}

unsigned spot_cells(struct str line, struct arena *a, struct cells *out)
{
	struct str rest = line, word;
	bool first = true, all;
	unsigned almost = 0;

	if (line.n > SPOT_MAX_LINE)
		return 0;
	all = all_are(line, a);
	while (next_word(&rest, &word)) {
		struct str kind;

		if (first && is_bullet(word) && spot_kind(bare(word)).n == 0)
			continue;
		kind = kind_of(&word, a);
		if (kind.n > 0 &&
		    (first || all || str_eq(kind, S("address")) || str_eq(kind, S("url"))))
			cells_add(out, a, (struct cell){ kind, word, CELL_TEXT });
		almost += kind.n == 0 && is_almost(word);
		first = false;
	}
	return almost;
}
