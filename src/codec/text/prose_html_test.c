#include "base/test.h"
#include "codec/text/prose.h"

static char room[1 << 16];

// What stands between the page's head and foot.
static struct str body(const struct prose *p)
{
	static const struct str head = S("<div style=\"max-width:44em\">\n");
	static const struct str foot = S("</div>\n</body>\n</html>\n");
	struct buf b = BUF_ON(room);
	struct str s;
	size_t at = 0;

	prose_write_html(p, S("nl"), S("t"), &b);
	CHECK(!b.over);
	s = buf_view(&b);
	while (!str_has_prefix(str_from(s, at), head))
		at++;
	CHECK(str_has_suffix(s, foot));
	str_skip(&s, at + head.n);
	return str_first(s, s.n - foot.n);
}

static bool has(const struct prose *p, const char *part)
{
	struct str s = body(p);
	bool found = str_contains(s, str_of(part));

	if (!found)
		printf("# no %s in\n" STR_FMT, part, STR_ARG(s));
	return found;
}

TEST("HTML: words are text wherever they stand, and only addresses that are one become links")
{
	static const struct {
		const char *text, *url, *wanted;
	} rows[] = {
		{ "a<b>&\"'", "https://x.example/?a=1&b=2",
		  "<a href=\"https://x.example/?a=1&amp;b=2\">a&lt;b&gt;&amp;&quot;&#39;</a>" },
		{ "x", "javascript:alert(1)", ">x &lt;javascript:alert(1)&gt;</p>" },
		{ "x", "JavaScript://x.example/%0aalert(1)", ">x &lt;" },
		{ "x", "https://x.example/\" onload=\"",
		  ">x &lt;https://x.example/&quot; onload=" },
		{ "x", "https://x.example/\n", ">x &lt;https" },
		{ "x", "http:x.example", ">x &lt;http" },
		{ "x", "https:///x", ">x &lt;https" },
		{ "x", "data:text/html,x", ">x &lt;data" },
		{ "", "MAILTO:a@b.example",
		  "<a href=\"MAILTO:a@b.example\">MAILTO:a@b.example</a>" },
		{ "call", "tel:+31331", "<a href=\"tel:+31331\">call</a>" },
		{ "x", "", ">x</p>" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct prose p;

		prose_begin(&p, &a);
		prose_link(&p, str_of(rows[i].text), str_of(rows[i].url));
		CHECK(has(&p, rows[i].wanted));
	}
}

TEST("HTML: lists, tables and lines are opened and closed where they begin and end")
{
	autoarena a = { 0 };
	struct prose p;

	arena_init(&a, 1 << 20);
	prose_begin(&p, &a);
	prose_number(&p, 1);
	prose_text(&p, S("a"));
	prose_bullet(&p, 2);
	prose_text(&p, S("b"));
	prose_number(&p, 1);
	prose_strong(&p, S("c"));
	prose_bullet(&p, 1);
	prose_text(&p, S("d"));
	prose_pair(&p, S("<l>"));
	prose_text(&p, S("e"));
	prose_pair(&p, S("m"));
	prose_text(&p, S("f"));
	prose_lines(&p);
	prose_text(&p, S("g\n"));
	prose_text(&p, S("h\n"));
	CHECK(has(&p, "<li>a\n<ul style=\"margin:0 0 12px 0\">\n<li>b</li>\n</ul>\n</li>\n"
		      "<li><strong>c</strong></li>\n</ol>\n<ul style=\"margin:0 0 12px 0\">\n"
		      "<li>d</li>\n</ul>\n<table"));
	CHECK(has(&p, "&lt;l&gt;:</th>") && has(&p, ">e</td></tr>\n<tr>"));
	CHECK(has(&p, ">f</td></tr>\n</table>\n<p style=\"margin:0 0 12px 0\">g<br>\nh</p>\n"));
}

TEST("HTML: the page says its language and title, escaped, and has nothing from elsewhere")
{
	autoarena a = { 0 };
	struct buf b = BUF_ON(room);
	struct prose p;
	struct str s;

	arena_init(&a, 1 << 20);
	prose_begin(&p, &a);
	prose_code_block(&p, S("<img src=x>\n  y"));
	prose_heading(&p, 2);
	prose_text(&p, S("H"));
	prose_write_html(&p, S("nl\" x=\""), S("</title><script>"), &b);
	s = buf_view(&b);
	CHECK(str_contains(s, S("<html lang=\"nl&quot; x=&quot;\">")));
	CHECK(str_contains(s, S("<title>&lt;/title&gt;&lt;script&gt;</title>")));
	CHECK(str_contains(s, S(">&lt;img src=x&gt;\n  y</pre>")));
	CHECK(!str_contains(s, S("<img")) && !str_contains(s, S("<script")));
	CHECK(str_contains(s, S("<h2 ")) && str_contains(s, S(">H</h2>")));
}
