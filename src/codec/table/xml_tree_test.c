#include "base/test.h"
#include "codec/table/markup_tree.h"
#include "codec/table/tree_replay.h"

enum { MANY = 1000000 };

static struct replayed whole;

struct cut_case {
	const char *paths, *context, *in, *out;
};

static void check_cut(const struct cut_case *c, tree_cutter cut, const struct tree_shape *shape)
{
	const char *out = replay_text(&whole, cut, shape, str_of(c->in));

	if (strcmp(out, c->out) != 0)
		printf("# %s: %s, not %s\n", c->in, out, c->out);
	CHECK(strcmp(out, c->out) == 0);
}

TEST("xml_tree: the elements at the paths are rows, however the bytes come")
{
	static const struct cut_case cases[] = {
		{ "r.c.i", NULL,
		  "<?xml version='1.0'?>\n<r><c><t>x</t><i a='>'>1</i> <i/><i><i>2</i></i></c>"
		  "<i>no</i></r>\n<!-- end -->",
		  "<i a='>'>1</i>|<i/>|<i><i>2</i></i>|" },
		{ "r.i", NULL, "<r><!-- <i> --><i><![CDATA[</i>]]></i><x><i/></x></r>",
		  "<i><![CDATA[</i>]]></i>|" },
		{ "", NULL, "<r><r/></r>", "<r><r/></r>|" },
		{ "n:r.n:i", NULL, "<n:r><i/><n:i>1</n:i></n:r>", "<n:i>1</n:i>|" },
		{ "r.a r.b.i", NULL, "<r><a>1</a><b><i>2</i><a/></b><a/></r>",
		  "<a>1</a>|<i>2</i>|<a/>|" },
		{ "r.c", NULL, "", "" },
		{ "r.c", NULL, "<r/>", "" },
		{ "r.c.i", NULL, "<r><c/><c></c><d><e></d></r>", "" },
		// a record that is not well formed spoils no other
		{ "r.i", NULL,
		  "<r><i><b>1</i><i>2</b></i><i>1 < 2</i><i><b</i><i><b c='></i><i/></r>",
		  "<i><b>1</i>|<i>2</b></i>|<i>1 < 2</i>|<i><b</i>|<i><b c='></i>|<i/>|" },
		{ "r.e.i", "r.e", "<r><e><i>1</i><i>2</i></e><e/><e><i/></e></r>",
		  "@23 <i>1</i>|@23 <i>2</i>|@11 <i/>|" },
		{ "r.e.i", "r.e", "<r><e><i>1</i></x></e><e><i/></e></r>",
		  "@19 <i>1</i>|@19 ?</x></e>|@11 <i/>|" },
		{ "r.e.o.i", "r.e", "<r><e><o><i>1</i><o/></o></e></r>", "@26 <i>1</i>|" },
		// cut off, and no XML
		{ "r.i", NULL, "<r><i>1</i><i>2", "<i>1</i>|?<i>2|" },
		{ "r.i", NULL, "<r><i>1</i>", "<i>1</i>|?|" },
		{ "r.i", NULL, "<r><x>", "?|" },
		{ "r.i", NULL, "<r><i>1</i></r", "<i>1</i>|?</r|" },
		{ "r.i", NULL, "<r><!-- x", "? x|" },
		{ "r.i", NULL, "{\"r\":1}", "?{\"r\":1}|" },
		{ "r.i", NULL, "<r><i/></x></r>", "<i/>|?</x></r>|" },
		{ "r.i", NULL, "</r>", "?</r>|" },
		{ "r.i", NULL, "<!DOCTYPE r [<!ENTITY a \"b\">]><r><i/></r>",
		  "?<!DOCTYPE r [<!ENTITY a \"b\">]><r><i/></r>|" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct tree_shape shape = replay_shape(cases[i].paths, cases[i].context);

		check_cut(&cases[i], xml_tree_cut, &shape);
	}
}

TEST("xml_tree: the texts and attributes of an element are cells")
{
	static const struct {
		const char *in, *out; // NULL: none
	} cases[] = {
		{ "<i/>", "" },
		{ "<i> a &amp; b\n</i>", ".=a & b|" },
		{ "<i id='7' x=''><a>1</a><b><c> 2 </c><c t=\"&lt;\"/><c/></b><a>3</a></i>",
		  "@id=7|a=1|b.c=2|b.c@t=<|a=3|" },
		{ "<i><a><![CDATA[http://x/?a&b]]></a><b><![CDATA[]]></b></i>",
		  "a=http://x/?a&b|" },
		{ "<i><a>x<!-- - -->y<![CDATA[&]]>&gt;</a></i>", "a=xy&>|" },
		{ "<i>x<b>y</b>z</i>", ".=x|b=y|.=z|" },
		{ "<dc:i><dc:date>d</dc:date></dc:i>", "dc:date=d|" },
		{ "<i><a></i>", NULL },
		{ "<i><a></b></i>", NULL },
		{ "<i>1 < 2</i>", NULL },
		{ "<i><b</i>", NULL },
		{ "<i a='<'/>", NULL },
		{ "<i>", NULL },
		{ "<i></i></i>", NULL },
		{ "<i/><i/>", NULL },
		{ "<i/>x", NULL },
		{ " <i/>", NULL },
		{ "x", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct cells cells = { .more = 77 };
		autoarena a = { 0 };
		bool ok;

		arena_init(&a, 1 << 20);
		ok = xml_cells(str_of(cases[i].in), &a, &cells);
		CHECK(ok == (cases[i].out != NULL));
		CHECK(ok ? cells.more == 0 : cells.more == 77);
		CHECK(!ok || strcmp(replay_cells(&cells), cases[i].out) == 0);
	}
}

TEST("xml_tree: a million elements, attributes or quotes end in one row")
{
	struct tree_shape shape = replay_shape("r.i", NULL);

	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r>", "<r>") == 1);
	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r><i>", "<i>") == 1);
	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r><x>", "<x>") == 1);
	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r><i>   ", "<i></x>") == 1);
	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r><i  ", " a='1'") ==
	      1); // longer than MARKUP_MAX_TAG
	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r>", "<!--") == 1);
	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r>", "&amp;") == 1);
	CHECK(replay_bomb(&whole, xml_tree_cut, &shape, "<r><i>", "<![CDATA[") == 1);
}

TEST("xml_tree: what is over CELLS_MAX is counted, and costs the arena nothing")
{
	static const struct {
		const char *before, *text, *behind;
		size_t times, room, cells;
	} cases[] = {
		{ "<i>", "<a>1&lt;</a>", "</i>", MANY, 512 << 10, MANY },
		{ "<i", " a='1&lt;'", "/>", MANY / 10, 256 << 10, MANY / 10 },
		{ "<i>", "x<!---->y", "</i>", MANY, 10 << 20,
		  1 }, // one text, as long as the record
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct str text = replay_many(cases[i].text, cases[i].times);
		autoarena a = { 0 }, of_record = { 0 };
		struct cells cells = { 0 };

		arena_init(&a, cases[i].room);
		arena_init(&of_record, 64 << 20);
		CHECK(xml_cells(arena_fmt(&of_record, "%s" STR_FMT "%s", cases[i].before,
					  STR_ARG(text), cases[i].behind),
				&a, &cells));
		CHECK(cells.list.count + cells.more == cases[i].cells);
		CHECK(cells.list.count <= CELLS_MAX);
		free((void *)(uintptr_t)text.p);
	}
}

TEST("xml_tree: as deep as stated, and not one deeper")
{
	for (size_t depth = TREE_MAX_DEPTH; depth <= TREE_MAX_DEPTH + 1; depth++) {
		struct str open = replay_many("<a b='c'>", depth),
			   close = replay_many("</a>", depth);
		struct cells cells = { 0 };
		autoarena a = { 0 };

		arena_init(&a, 4 << 20);
		CHECK(xml_cells(arena_fmt(&a, STR_FMT STR_FMT, STR_ARG(open), STR_ARG(close)), &a,
				&cells) == (depth == TREE_MAX_DEPTH));
		free((void *)(uintptr_t)open.p);
		free((void *)(uintptr_t)close.p);
	}
}

TEST("xml_tree: a record longer than the buffer is passed over when told so")
{
	struct tree_shape shape = replay_shape("r.i", NULL);
	struct tree_cut t = { .shape = &shape };
	struct csv_row row[4];
	size_t used;

	CHECK(xml_tree_cut(&t, S("<r><i><!-- "), false, row, 4, &used) == 0 && used == 3);
	t.pass = true;
	CHECK(xml_tree_cut(&t, S("<i><!-- "), false, row, 4, &used) == 0 && used == 7);
	CHECK(xml_tree_cut(&t, S(" </i> --></i><i/></r>"), true, row, 4, &used) == 1);
	CHECK(row[0].length == 4 && t.over && !t.bad);
}
