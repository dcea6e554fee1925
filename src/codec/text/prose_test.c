#include "base/test.h"
#include "codec/text/prose.h"
#include "codec/text/prose_word.h"

TEST("prose: what a stranger wrote has no controls, ends of lines or turned directions left")
{
	static const struct {
		const char *foreign, *stands;
	} rows[] = {
		{ "plain é 漢", "plain é 漢" },
		{ "a\r\nb\tc\vd\xe2\x80\xa8"
		  "e\xc2\x85"
		  "f",
		  "a  b c d e f" },
		{ "a\x1b[31m\x7f\xc2\x9b", "a�[31m��" },
		{ "\xe2\x80\xaegpj.exe\xe2\x81\xa6", "�gpj.exe�" },
		{ "\xff\xc3(\xed\xa0\x80", "��(���" },
		{ "x\xe2\x80\x8by\xf3\xa0\x81\x81", "x�y�" },
		{ "", "" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct prose p;

		prose_begin(&p, &a);
		prose_lines(&p);
		prose_foreign(&p, PROSE_TEXT, str_of(rows[i].foreign));
		CHECK(str_eq(p.at->words.at[0].text, str_of(rows[i].stands)));
	}
}

TEST("prose: a long foreign value is cut between characters, and is no link then")
{
	autoarena a = { 0 };
	struct prose p;
	char long_one[PROSE_MAX_FOREIGN + 8];
	struct str head = S("https://x.example/");

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof long_one; i += 2)
		memcpy(long_one + i, "é", 2);
	memcpy(long_one, head.p, head.n);
	prose_begin(&p, &a);
	prose_foreign(&p, PROSE_LINK, (struct str){ long_one, PROSE_MAX_FOREIGN });
	CHECK(p.at->words.at[0].text.n == PROSE_MAX_FOREIGN && p.at->words.at[0].url.n > 0);
	prose_foreign(&p, PROSE_LINK, (struct str){ long_one, PROSE_MAX_FOREIGN + 2 });
	CHECK(str_has_suffix(p.at->words.at[1].text, S("é…")) && p.at->words.at[1].url.n == 0);
	CHECK(p.at->words.at[1].text.n == PROSE_MAX_FOREIGN + 3);
}

TEST("prose: what does not fit is left out and said, and words without a block begin one")
{
	autoarena a = { 0 };
	struct prose p;

	arena_init(&a, 1 << 22);
	prose_begin(&p, &a);
	for (size_t i = 0; i <= PROSE_MAX_WORDS; i++) {
		CHECK(!p.over);
		prose_text(&p, S("x"));
	}
	CHECK(p.over && p.blocks.count == 1 && p.blocks.at[0].words.count == PROSE_MAX_WORDS);
	prose_begin(&p, &a);
	for (size_t i = 0; i < PROSE_MAX_BLOCKS; i++)
		prose_rule(&p);
	CHECK(!p.over);
	prose_pair(&p, S("label"));
	prose_text(&p, S("x"));
	CHECK(p.over && p.blocks.count == PROSE_MAX_BLOCKS && p.blocks.at[0].words.count == 0);
}

TEST("prose: another document is put behind, and words that follow do not get into it")
{
	autoarena a = { 0 };
	struct prose p, other;

	arena_init(&a, 1 << 20);
	prose_begin(&other, &a);
	prose_text(&other, S("x"));
	prose_begin(&p, &a);
	prose_heading(&p, 9);
	prose_add(&p, &other);
	prose_text(&p, S("y"));
	CHECK(p.blocks.count == 3 && p.blocks.at[0].level == 3);
	CHECK(p.blocks.at[1].words.count == 1 && other.blocks.at[0].words.count == 1);
	CHECK(str_eq(p.blocks.at[2].words.at[0].text, S("y")));
}

TEST("prose: an address says all that plain text needs, or it is written beside its words")
{
	CHECK(prose_url_said(S(""), S("https://x.example/")));
	CHECK(prose_url_said(S("a@b.example"), S("mailto:a@b.example")));
	CHECK(!prose_url_said(S("write"), S("mailto:a@b.example")));
	CHECK(!prose_url_good(S("https://")) && !prose_url_good(S("ftp://x.example/")));
	CHECK(prose_url_good(S("https://münchen.example/é")));
	CHECK(!prose_url_good(S("https://x.example/\xe2\x80\xae")));
}
