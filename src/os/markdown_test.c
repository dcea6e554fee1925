#include "base/test.h"
#include "os/markdown.h"

static struct arena a;

static bool read(struct str text, struct prose *p, struct err *e)
{
	if (a.start == NULL)
		arena_init(&a, 1 << 26);
	arena_empty(&a);
	prose_begin(p, &a);
	*e = (struct err){ 0 };
	return markdown_read(text, 10, p, e);
}

static struct str written(const struct prose *p)
{
	struct buf b = { .p = arena_new(&a, char, 1 << 16), .cap = 1 << 16 };

	prose_write_text(p, &b);
	return buf_view(&b);
}

TEST("markdown: what a mail can show is shown as it was meant")
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ "one\ntwo\n\nthree", "one two\n\nthree\n" },
		{ "one  \ntwo", "one\ntwo\n" },
		{ "*a* **b `c`** &amp; &lt;", "a b c & <\n" },
		{ "- a\n- b\n  - c\n- d", "- a\n- b\n  - c\n- d\n" },
		{ "1. a\n2. b\n\ntext\n\n1. c", "1. a\n2. b\n\ntext\n\n1. c\n" },
		{ "```\n<b>\n\n  x\n```", "    <b>\n\n      x\n" },
		{ "`<script>`", "<script>\n" },
		{ "[a `b` c](https://x.example/)", "a b c <https://x.example/>\n" },
		{ "<https://x.example/>", "https://x.example/\n" },
		{ "<mail@x.example>", "mail@x.example\n" },
		{ "a\n\n---\n\nb", NULL },
		{ "# Head\n\nb", NULL },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct err e;
		struct prose p;
		struct str out;

		CHECK(read(str_of(rows[i].in), &p, &e));
		out = written(&p);
		if (rows[i].out != NULL && !str_eq(out, str_of(rows[i].out)))
			printf("# row %zu: " STR_FMT "\n", i, STR_ARG(out));
		CHECK(rows[i].out == NULL || str_eq(out, str_of(rows[i].out)));
	}
}

TEST("markdown: what a mail cannot show is refused with its line")
{
	static const struct {
		const char *in, *says;
	} rows[] = {
		{ "a\n\n<div>\nx", "line 12: HTML is not taken" },
		{ "a\nb <i>c</i>", "line 11: HTML is not taken" },
		{ "<!-- x -->", "line 10: HTML is not taken" },
		{ "![x](https://x.example/i.png)", "line 10: a picture" },
		{ "> a", "line 10: a mail cannot show a quotation" },
		{ "[x](http://x.example/)", "line 10: a link goes to" },
		{ "[x](javascript:alert(1))", "line 10: a link goes to" },
		{ "[x](JavaScript:alert(1))", "line 10: a link goes to" },
		{ "[x](data:text/html,x)", "line 10: a link goes to" },
		{ "[x](/etc/passwd)", "line 10: a link goes to" },
		{ "a\n\n[x]\n\n[x]: ftp://x.example", "line 12: a link goes to" },
		{ "[<https://a.example>](https://b.example)", "line 10: a link cannot stand" },
		{ "- a\n\n  b", "line 12: an item of a list has one paragraph" },
		{ "- a\n\n  ```\n  b\n  ```", "line 12: an item of a list has one paragraph" },
		{ "- a\n  - b\n    - c", "line 12: lists stand in each other two deep" },
		{ "- - a", "line 10: an item of a list begins with its words" },
		{ "\xff", "line 10: it is no UTF-8" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct err e;
		struct prose p;

		CHECK(!read(str_of(rows[i].in), &p, &e));
		if (!str_has_prefix(str_of(e.text), str_of(rows[i].says)))
			printf("# row %zu: %s\n", i, e.text);
		CHECK(e.kind == ERR_INPUT && str_has_prefix(str_of(e.text), str_of(rows[i].says)));
	}
}

TEST("markdown: what is too long, or too deep, is refused")
{
	static char text[MARKDOWN_MAX_BYTES + 1];
	struct err e;
	struct prose p;

	memset(text, 'a', sizeof text);
	CHECK(read(str_first((struct str){ text, sizeof text }, MARKDOWN_MAX_BYTES), &p, &e));
	CHECK(!read((struct str){ text, sizeof text }, &p, &e) && e.kind == ERR_LIMIT);
	for (size_t i = 0; i < 40; i++) {
		memcpy(text + 3 * i, "*a ", 3);
		memcpy(text + 120 + 3 * i, "b* ", 3);
	}
	CHECK(!read(str_first((struct str){ text, sizeof text }, 240), &p, &e));
	CHECK(e.kind == ERR_INPUT);
	for (size_t i = 0; i < MARKDOWN_MAX_BYTES; i += 4)
		memcpy(text + i, "`a` ", 4);
	CHECK(!read(str_first((struct str){ text, sizeof text }, MARKDOWN_MAX_BYTES), &p, &e));
	CHECK(e.kind == ERR_LIMIT);
}
