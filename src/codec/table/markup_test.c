#include "base/buf.h"
#include "base/test.h"
#include "codec/table/markup.h"

// Tokens as "<name>", "</name>", "(name=value)" and texts; "!" where it is bad.
static const char *tokens(const char *in, bool html)
{
	static char text[4096];
	struct buf b = BUF_ON(text);
	struct markup m = markup_of(str_of(in), html);
	struct str name, value;
	enum markup_kind kind;

	while ((kind = markup_next(&m)) != MARKUP_END && kind != MARKUP_BAD) {
		if (kind == MARKUP_TEXT)
			buf_fmt(&b, "%s" STR_FMT "|", m.raw ? "raw " : "", STR_ARG(m.text));
		else
			buf_fmt(&b, kind == MARKUP_OPEN ? "<" STR_FMT ">" : "</" STR_FMT ">",
				STR_ARG(m.name));
		while (kind == MARKUP_OPEN && markup_attribute(&m.text, &name, &value))
			buf_fmt(&b, "(" STR_FMT "=" STR_FMT ")", STR_ARG(name), STR_ARG(value));
	}
	buf_str(&b, kind == MARKUP_BAD ? S("!") : S(""));
	buf_char(&b, '\0');
	CHECK(!b.over);
	return text;
}

struct token_case {
	const char *in, *out;
};

static void check_tokens(const struct token_case *c, size_t n, bool html)
{
	for (size_t i = 0; i < n; i++) {
		const char *out = tokens(c[i].in, html);

		if (strcmp(out, c[i].out) != 0)
			printf("# %s: %s, not %s\n", c[i].in, out, c[i].out);
		CHECK(strcmp(out, c[i].out) == 0);
	}
}

TEST("markup: XML is read strictly")
{
	static const struct token_case cases[] = {
		{ "", "" },
		{ "<a>x &amp; y</a>", "<a>x &amp; y|</a>" },
		{ "<?xml version=\"1.0\" encoding='u>'?>\n<a/>", "\n|<a></a>" },
		{ "<a b=\"1\" c:d = '>\"' />", "<a>(b=1)(c:d=>\")</a>" },
		{ "<a b='x/y'/>", "<a>(b=x/y)</a>" },
		{ "<ns:a><!-- <b> -- -->x</ns:a >", "<ns:a>x|</ns:a>" },
		{ "<a><![CDATA[<b>]]]]>&amp;</a>", "<a>raw <b>]]|&amp;|</a>" },
		{ "<a><![CDATA[]]></a>", "<a>raw |</a>" },
		{ "<br>x", "<br>x|" },
		{ "<script>a<b</script>", "<script>a|!" },
		{ "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", "!" },
		{ "<a>1 < 2</a>", "<a>1 |!" },
		{ "<a><1/></a>", "<a>!" },
		{ "<a", "!" },
		{ "<a b=\"c>", "!" },
		{ "<a b='<'/>", "!" },
		{ "<a></a", "<a>!" },
		{ "<a></></a>", "<a>!" },
		{ "<a></a b>", "<a>!" },
		{ "<a><!-- x", "<a>!" },
		{ "<a><![CDATA[x]]", "<a>!" },
		{ "<?xml", "!" },
		{ "<", "!" },
	};

	check_tokens(cases, COUNTOF(cases), false);
}

TEST("markup: HTML is read as it comes")
{
	static const struct token_case cases[] = {
		{ "<!DOCTYPE html><P>a<BR>b<br/>c", "<P>a|<BR></BR>b|<br></br>c|" },
		{ "<a href=/x/?a=b&c title='it''s' checked>", "<a>(href=/x/?a=b&c)(title=it)('s'=)"
							      "(checked=)" },
		{ "<a href=x/>y</a>", "<a>(href=x/)y|</a>" },
		{ "<div/>x", "<div>x|" },
		{ "<p title=it's>x</p>", "<p>(title=it's)x|</p>" },
		{ "<p title=a's><p title=b's>", "<p>(title=a's)<p>(title=b's)" },
		{ "<p title=\"open>x</p>", "<p>(title=\"open)x|</p>" },
		{ "a < b <3 c", "a |< b |<3 c|" },
		{ "<script>if (a<b) x=\"<td>\"</SCRIPT>y", "<script>raw if (a<b) x=\"<td>\"|"
							   "</SCRIPT>y|" },
		{ "<style></style>", "<style>raw |</style>" },
		{ "<script>open <td>", "<script>" },
		{ "<!-- a -->b<!x>c<?y>d</ z>e", "b|c|d|e|" },
		{ "<![CDATA[x]]>y", "y|" },
		{ "<td class = big>", "<td>(class=big)" },
		{ "<td =x>", "<td>(=x=)" },
		{ "x<", "x|<|" },
		{ "x<td", "x|" },
		{ "x</", "x|" },
		{ "<!-- x", "" },
	};

	check_tokens(cases, COUNTOF(cases), true);
}

TEST("markup: bytes that go on elsewhere give no token before it is whole")
{
	static const char *const parts[] = { "<",       "<a",        "<a b='>",     "</a", "<!",
					     "<!--x--", "<![CDATA[", "<![CDATA[]]", "<?x?" };

	for (size_t i = 0; i < COUNTOF(parts); i++) {
		struct markup m = markup_of(str_of(parts[i]), false);

		m.last = false;
		CHECK(markup_next(&m) == MARKUP_MORE);
		CHECK(m.p < m.end || m.in != MARKUP_IN_NOTHING);
	}
}

TEST("markup: a tag has a bound")
{
	size_t n = MARKUP_MAX_TAG + 8;
	char *p = malloc(n);
	struct markup m;

	CHECK(p != NULL);
	memset(p, ' ', n);
	memcpy(p, "<a b='", 6);
	p[n - 1] = '>';
	for (unsigned last = 0; last < 2; last++) {
		m = markup_of((struct str){ p, n }, false);
		m.last = last;
		CHECK(markup_next(&m) == MARKUP_BAD);
	}
	m = markup_of((struct str){ p, n }, false);
	memcpy(p, "</a  ", 5);
	p[5] = ' ';
	CHECK(markup_next(&m) == MARKUP_BAD);
	p[MARKUP_MAX_TAG - 1] = '>';
	CHECK(markup_next(&m) == MARKUP_CLOSE);
	free(p);
}

TEST("markup: entities are undone, and what is none of ours stays")
{
	static const struct {
		const char *in, *xml, *html;
	} cases[] = {
		{ "a&amp;b &lt;&gt;&quot;&apos;", "a&b <>\"'", "a&b <>\"'" },
		{ "&#65;&#x42;&#x1F3e5;", "AB\xf0\x9f\x8f\xa5", "AB\xf0\x9f\x8f\xa5" },
		{ "&#x80;&#2048;", "\xc2\x80\xe0\xa0\x80", "\xc2\x80\xe0\xa0\x80" },
		{ "&nbsp;|&#160;|&#xa0;", "&nbsp;|\xc2\xa0|\xc2\xa0", " | | " },
		{ "?a=1&b=2&copy=3;", "?a=1&b=2&copy=3;", "?a=1&b=2&copy=3;" },
		{ "&#0;&#xd800;&#x110000;&#99999999999;&#x;&#;&;&",
		  "&#0;&#xd800;&#x110000;"
		  "&#99999999999;&#x;&#;&;&",
		  "&#0;&#xd800;&#x110000;&#99999999999;&#x;&#;&;&" },
		{ "&amp;amp;", "&amp;", "&amp;" },
		{ "&#x0010ffff;&#x00010ffff;", "\xf4\x8f\xbf\xbf&#x00010ffff;",
		  "\xf4\x8f\xbf\xbf&#x00010ffff;" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct str in = str_of(cases[i].in);
		char out[64];

		CHECK(str_eq((struct str){ out, markup_text(in, false, out) },
			     str_of(cases[i].xml)));
		CHECK(str_eq((struct str){ out, markup_text(in, true, out) },
			     str_of(cases[i].html)));
	}
}

TEST("markup: the plain text of a stretch")
{
	static const struct {
		const char *in, *out;
		bool html;
	} cases[] = {
		{ " 192.0.2.<b>1</b><br>\n x ", "192.0.2.1 x", true },
		{ "<script>x</script>a<div>b</div>", "a b", true },
		{ "&nbsp;a&amp;b \t", "a&b", true },
		{ "a <![CDATA[<b> & ]]>&lt;", "a <b> & <", false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		char out[64];
		size_t n = markup_plain(str_of(cases[i].in), cases[i].html, out);

		CHECK(str_eq((struct str){ out, n }, str_of(cases[i].out)));
	}
}
