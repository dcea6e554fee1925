#include "codec/text/brand.h"

#include "base/utf8.h"

// The plain letters of U+00C0 to U+017F, a character each; a blank is none of them.
static const char plain[] = "aaaaaaaceeeeiiiidnooooo ouuuuyts"  // À to ß
			    "aaaaaaaceeeeiiiidnooooo ouuuuyty"  // à to ÿ
			    "aaaaaaccccccccddddeeeeeeeeeegggg"  // Ā to ğ
			    "gggghhhhiiiiiiiiiiiijjkkklllllll"  // Ġ to Ŀ
			    "lllnnnnnnnnnoooooooorrrrrrssssss"  // ŀ to ş
			    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs"; // Š to ſ

enum { PLAIN_FROM = 0xc0, COMBINING = 0x300, COMBINING_END = 0x370 };

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// What a character adds to the key: a letter or digit, ' ' for what parts words, '\0' for
// what stands inside them ("b.v.", "o'brien", accents of their own).
static char fold(uint32_t c)
{
	if (c < 0x80) {
		char small = ascii_lower((char)c);

		return is_word(small) ? small : c == '.' || c == '\'' ? '\0' : ' ';
	}
	if (c >= PLAIN_FROM && c - PLAIN_FROM < sizeof plain - 1)
		return plain[c - PLAIN_FROM];
	return (c >= COMBINING && c < COMBINING_END) || c == 0x2019 ? '\0' : ' ';
}

static bool is_legal_form(struct str word)
{
	static const char *const forms[] = {
		"bv",  "nv",  "vof", "cv",   "stichting",  "st", "vereniging", "cooperatie",
		"inc", "ltd", "llc", "plc",  "gmbh",       "ag", "sa",         "sarl",
		"spa", "srl", "ua",  "coop", "foundation", "ev", "bvba",       "corp",
	};

	for (size_t i = 0; i < COUNTOF(forms); i++)
		if (str_eq(word, str_of(forms[i])))
			return true;
	return false;
}

static struct str last_word(struct str s)
{
	size_t at = s.n;

	while (at > 0 && s.p[at - 1] != ' ')
		at--;
	return str_from(s, at);
}

// Off both ends, but never all of it: a foundation called "Stichting" is that.
static struct str without_forms(struct str s)
{
	for (;;) {
		struct str rest = s, first = str_cut(&rest, ' '), last = last_word(s);

		if (rest.n > 0 && is_legal_form(first))
			s = rest;
		else if (last.n < s.n && is_legal_form(last))
			s.n -= last.n + 1;
		else
			return s;
	}
}

size_t brand_key(struct str s, char out[BRAND_TEXT])
{
	struct str key;
	size_t n = 0;

	while (s.n > 0) {
		uint32_t c;
		size_t length = utf8_next(s, &c);
		char f;

		if (length == 0)
			return 0;
		str_skip(&s, length);
		f = fold(c);
		if (f == '\0' || (f == ' ' && (n == 0 || out[n - 1] == ' ')))
			continue;
		if (n == BRAND_TEXT)
			return 0;
		out[n++] = f;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	key = without_forms((struct str){ out, n });
	memmove(out, key.p, key.n);
	return key.n >= BRAND_LEAST ? key.n : 0;
}
