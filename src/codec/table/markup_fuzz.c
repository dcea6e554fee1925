#include "codec/table/markup.h"

#include <assert.h>
#include <stdlib.h>

enum { CUTS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void check_plain(struct str s, bool html)
{
	char *out = malloc(s.n + 1);
	size_t n;

	assert(out != NULL);
	n = markup_text(s, html, out);
	assert(n <= s.n);
	n = markup_plain(s, html, out);
	assert(n <= s.n);
	assert(!html || n == 0 || (out[0] != ' ' && out[n - 1] != ' '));
	free(out);
}

static void check_attributes(struct str rest)
{
	struct str name, value, all = rest;

	while (markup_attribute(&rest, &name, &value)) {
		assert(name.n > 0 && name.p >= all.p && name.p + name.n <= all.p + all.n);
		assert(value.p >= name.p + name.n && value.p + value.n <= all.p + all.n);
		assert(rest.p >= value.p + value.n && rest.p + rest.n == all.p + all.n);
	}
}

// Tokens stand one behind the other, and each is there.
static enum markup_kind walk(struct str s, bool html)
{
	struct markup m = markup_of(s, html);
	enum markup_kind kind;
	const char *at = s.p;

	while ((kind = markup_next(&m)) > MARKUP_BAD) {
		assert(m.p >= at && m.p <= m.end && m.in <= MARKUP_IN_STYLE);
		at = m.p;
		if (kind == MARKUP_TEXT) {
			assert((m.text.n > 0 || m.raw) && m.text.p >= s.p &&
			       m.text.p + m.text.n <= s.p + s.n);
			continue;
		}
		assert(m.name.n > 0 && !str_has(m.name, '>') && (html || !str_has(m.name, '<')));
		if (kind == MARKUP_OPEN)
			check_attributes(m.text);
	}
	assert(kind != MARKUP_MORE && (kind == MARKUP_BAD || m.p == m.end));
	return kind;
}

// A tag off whole bytes and off bytes in parts is the same tag.
static bool next_tag(struct markup *m, enum markup_kind *kind)
{
	while ((*kind = markup_next(m)) == MARKUP_TEXT)
		;
	return *kind > MARKUP_BAD;
}

static void check_parts(struct str s, bool html, const uint8_t *cut)
{
	struct markup whole = markup_of(s, html), part = markup_of(s, html);
	enum markup_kind a, b;
	size_t next = 0;

	part.end = s.p + (s.n > 0 ? cut[next++] % s.n : 0);
	part.last = false;
	for (;;) {
		bool more = next_tag(&part, &b);

		if (b == MARKUP_MORE) {
			part.last = next == CUTS;
			part.end += part.last ? s.p + s.n - part.end
					      : (s.p + s.n - part.end) * cut[next] / 256;
			next += !part.last;
			continue;
		}
		assert(next_tag(&whole, &a) == more && a == b);
		if (!more)
			return;
		assert(part.start == whole.start && part.p == whole.p);
		assert(str_eq(part.name, whole.name));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s;

	if (n < CUTS)
		return 0;
	s = (struct str){ (const char *)p + CUTS, n - CUTS };
	for (unsigned html = 0; html < 2; html++) {
		walk(s, html);
		check_plain(s, html);
		check_parts(s, html, p);
	}
	return 0;
}
