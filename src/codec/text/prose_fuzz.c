// Any bytes as the calls that make a document: what is written is UTF-8 without a control or a
// mark that nobody sees, and has no tag that is not ours.
#include "base/utf8.h"
#include "codec/text/prose.h"
#include "codec/text/prose_word.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BYTES = 1 << 14, ROOM = 1 << 20 };

static void call(struct prose *p, char which, struct str text)
{
	struct str url = text, label = str_cut(&url, ' ');

	switch (which % 13) {
	case 0:
		prose_heading(p, (unsigned char)which / 13);
		break;
	case 1:
		prose_paragraph(p);
		break;
	case 2:
		prose_lines(p);
		break;
	case 3:
		prose_bullet(p, (unsigned char)which / 13);
		break;
	case 4:
		prose_number(p, (unsigned char)which / 13);
		break;
	case 5:
		prose_code_block(p, text);
		return;
	case 6:
		prose_pair(p, label);
		break;
	case 7:
		prose_rule(p);
		return;
	case 8:
		prose_strong(p, text);
		return;
	case 9:
		prose_code(p, text);
		return;
	case 10:
		prose_link(p, label, url);
		return;
	case 11:
		prose_foreign(p, (unsigned char)which % 4, text);
		return;
	default:
		break;
	}
	prose_text(p, text);
}

static void look(struct str s)
{
	while (s.n > 0) {
		uint32_t was, c;
		size_t n = utf8_next(s, &was);
		struct str one = str_first(s, n);

		if (n == 0)
			abort();
		c = prose_char(&one);
		if (c != was)
			abort();
		str_skip(&s, n);
	}
}

// Only the tags that the writer knows, and no quote that is not in one.
static void look_at_tags(struct str s)
{
	static const struct str tags[] = {
		S("!DOCTYPE"), S("html"),   S("head"), S("meta"),  S("title"), S("body"),
		S("div"),      S("h1"),     S("h2"),   S("h3"),    S("p"),     S("br"),
		S("ul"),       S("ol"),     S("li"),   S("table"), S("tr"),    S("th"),
		S("td"),       S("strong"), S("code"), S("pre"),   S("hr"),    S("a"),
	};

	while (s.n > 0) {
		struct str tag, name;
		bool known = false;

		if (str_contains(str_cut(&s, '<'), S("\"")))
			abort();
		if (s.n == 0)
			break;
		name = tag = str_cut(&s, '>');
		name = str_cut(&name, ' ');
		if (str_starts(name, '/'))
			str_skip(&name, 1);
		for (size_t i = 0; i < COUNTOF(tags); i++)
			known |= str_eq(name, tags[i]);
		if (!known || str_has(tag, '<'))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size < MAX_BYTES ? size : MAX_BYTES };
	struct str title = rest;
	autoarena a = { 0 };
	struct prose p, twice;
	struct buf b;

	arena_init(&a, (size_t)1 << 27);
	prose_begin(&p, &a);
	while (rest.n > 0) {
		struct str text = str_cut(&rest, '\0');

		if (text.n > 0)
			call(&p, text.p[0], str_from(text, 1));
	}
	prose_begin(&twice, &a);
	prose_add(&twice, &p);
	b = (struct buf){ .p = arena_new(&a, char, ROOM), .cap = ROOM };
	prose_write_text(&twice, &b);
	look(buf_view(&b));
	if (b.over)
		return 0;
	b = (struct buf){ .p = arena_new(&a, char, 8 * (size_t)ROOM), .cap = 8 * (size_t)ROOM };
	prose_write_html(&p, S("en"), title, &b);
	if (b.over)
		abort();
	look(buf_view(&b));
	look_at_tags(buf_view(&b));
	return 0;
}
