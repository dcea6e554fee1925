#include "base/test.h"
#include "ui/web/pages.gen.h"

static struct str written(char *room, size_t n, enum page_place place, struct str value)
{
	struct page p = { .b = { .p = room, .cap = n } };

	page_text(&p, place, value);
	CHECK(!p.b.over);
	return buf_view(&p.b);
}

TEST("page: a value is what it is in each place, and never more than text")
{
	static const struct {
		enum page_place place;
		struct str value, is;
	} rows[] = {
		{ PLACE_TEXT, S("a < b & c > d"), S("a &lt; b &amp; c &gt; d") },
		{ PLACE_TEXT, S("<script>alert('x')</script>"),
		  S("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;") },
		{ PLACE_TEXT, S("één\ntwee"), S("één\ntwee") },
		{ PLACE_TEXT, S("a\0b\x1b[1m"),
		  S("a\xef\xbf\xbd"
		    "b\xef\xbf\xbd[1m") },
		{ PLACE_TEXT, S("\xff\xc0\xaf"), S("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") },
		{ PLACE_TEXT, S("exe.\xe2\x80\xaegpj"), S("exe.\xef\xbf\xbdgpj") },
		{ PLACE_ATTRIBUTE, S("\" onclick=\"x"), S("&#34; onclick=&#34;x") },
		{ PLACE_ATTRIBUTE, S("' & <"), S("&#39; &amp; &lt;") },
		{ PLACE_PATH, S("abcXYZ019-._~"), S("abcXYZ019-._~") },
		{ PLACE_PATH, S("../x?y#z"), S("..%2Fx%3Fy%23z") },
		{ PLACE_PATH, S("+31 33 é\"<"), S("+31%2033%20%C3%A9%22%3C") },
	};
	char room[256];

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(str_eq(written(room, sizeof room, rows[i].place, rows[i].value), rows[i].is));
}

TEST("page: a word has its values where they stand, escaped like all else, in each language")
{
	const struct page_slot slots[] = { { S("id"), S("N-1<") }, { S("day"), S("Monday") } };
	char room[512];

	for (unsigned i = 0; i < PAGE_LANGUAGES; i++) {
		struct page p = { .b = BUF_ON(room), .language = (enum page_language)i };
		struct str is;

		page_word(&p, WORD_CHECK_YES, PLACE_TEXT, slots, COUNTOF(slots));
		is = buf_view(&p.b);
		CHECK(str_contains(is, S("N-1&lt;")) && str_contains(is, S("Monday")));
		CHECK(!str_has(is, '{') && !str_has(is, '}') && !str_has(is, '<'));
	}
}

TEST("page: what does not fit is told, and nothing is written beyond it")
{
	char room[8] = "1234567";
	struct page p = { .b = { .p = room, .cap = 4 } };

	page_text(&p, PLACE_TEXT, S("<<<<"));
	CHECK(p.b.over && room[4] == '5');
}
