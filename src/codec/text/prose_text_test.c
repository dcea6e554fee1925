#include "base/test.h"
#include "codec/text/prose.h"

static char room[1 << 16];

static struct str text(const struct prose *p)
{
	static struct buf b;

	b = (struct buf)BUF_ON(room);
	prose_write_text(p, &b);
	CHECK(!b.over);
	return buf_view(&b);
}

static void is(const struct prose *p, const char *wanted)
{
	struct str got = text(p);

	if (!str_eq(got, str_of(wanted)))
		printf("# got:\n" STR_FMT "# wanted:\n%s", STR_ARG(got), wanted);
	CHECK(str_eq(got, str_of(wanted)));
}

TEST("text: each kind of block reads as a person would have typed it")
{
	autoarena a = { 0 };
	struct prose p;

	arena_init(&a, 1 << 20);
	prose_begin(&p, &a);
	prose_heading(&p, 1);
	prose_text(&p, S("Kritiek – één"));
	prose_paragraph(&p);
	prose_text(&p, S("Lees "));
	prose_strong(&p, S("nu"));
	prose_text(&p, S(": "));
	prose_link(&p, S("antwoord"), S("https://x.example/a/1"));
	prose_text(&p, S(" of "));
	prose_link(&p, S(""), S("https://x.example/"));
	prose_heading(&p, 2);
	prose_text(&p, S("Wat"));
	prose_pair(&p, S("Doe nu"));
	prose_text(&p, S("zet 13.1"));
	prose_pair(&p, S("Wat?"));
	prose_text(&p, S("VPN"));
	prose_code_block(&p, S("one\n\n  two\n"));
	prose_rule(&p);
	prose_heading(&p, 3);
	prose_text(&p, S("Groet"));
	prose_lines(&p);
	prose_text(&p, S("Z-CERT\n"));
	prose_link(&p, S("+31 33 1"), S("tel:+31331"));
	prose_text(&p, S("\n"));
	prose_link(&p, S("a@b.example"), S("mailto:a@b.example"));
	prose_text(&p, S("\n"));
	is(&p, "Kritiek – één\n"
	       "=============\n"
	       "\n"
	       "Lees nu: antwoord <https://x.example/a/1> of https://x.example/\n"
	       "\n"
	       "Wat\n"
	       "---\n"
	       "Doe nu: zet 13.1\n"
	       "Wat?    VPN\n"
	       "\n"
	       "    one\n"
	       "\n"
	       "      two\n"
	       "\n"
	       "----------------------------------------\n"
	       "\n"
	       "Groet\n"
	       "Z-CERT\n"
	       "+31 33 1\n"
	       "a@b.example\n");
}

TEST("text: a list counts on around a list within it, and begins anew behind another block")
{
	autoarena a = { 0 };
	struct prose p;

	arena_init(&a, 1 << 20);
	prose_begin(&p, &a);
	prose_number(&p, 2); // no item above it: it is of level 1
	prose_text(&p, S("one"));
	prose_bullet(&p, 2);
	prose_text(&p, S("in it"));
	prose_number(&p, 1);
	prose_text(&p, S("two"));
	prose_number(&p, 2);
	prose_text(&p, S("in two"));
	prose_paragraph(&p);
	prose_text(&p, S("between"));
	prose_number(&p, 1);
	prose_text(&p, S("anew"));
	is(&p, "1. one\n"
	       "   - in it\n"
	       "2. two\n"
	       "   1. in two\n"
	       "\n"
	       "between\n"
	       "\n"
	       "1. anew\n");
}

TEST("text: lines end by column 72, counted in characters, and hang below their first word")
{
	autoarena a = { 0 };
	struct prose p;

	arena_init(&a, 1 << 20);
	prose_begin(&p, &a);
	prose_paragraph(&p); // 72 columns, then one more
	prose_text(&p,
		   S("ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé éé"));
	prose_text(&p, S("  x"));
	prose_bullet(&p, 1);
	prose_text(&p,
		   S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b c"));
	prose_pair(&p, S("What"));
	prose_text(&p, S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa d"));
	prose_paragraph(&p); // an address is not broken, whatever its length
	prose_link(
		&p, S("a"),
		S("https://x.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	is(&p, "ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé éé\nx\n"
	       "\n"
	       "- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n  b c\n"
	       "\n"
	       "What: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n      d\n"
	       "\n"
	       "a\n<https://x.example/"
	       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa>\n");
}

TEST("text: a buffer that is too small is said to be, at every size")
{
	autoarena a = { 0 };
	struct prose p;
	size_t whole;

	arena_init(&a, 1 << 20);
	prose_begin(&p, &a);
	prose_heading(&p, 1);
	prose_text(&p, S("heading"));
	prose_bullet(&p, 1);
	for (size_t i = 0; i < 40; i++)
		prose_text(&p, S("word after "));
	whole = text(&p).n;
	for (size_t n = 0; n < whole; n++) {
		struct buf b = { .p = arena_new(&a, char, n + 1), .cap = n };

		prose_write_text(&p, &b);
		CHECK(b.over && b.n <= n);
	}
}
