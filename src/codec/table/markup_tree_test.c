#include "base/test.h"
#include "codec/table/markup_tree.h"
#include "codec/table/tree_replay.h"

enum { MANY = 1000000 };

static struct replayed whole, pieces;

struct cut_case {
	const char *paths, *context, *in, *out; // paths of HTML: attribute value number
};

static void check_cut(const struct cut_case *c, tree_cutter cut, const struct tree_shape *shape)
{
	const char *out = replay_text(&whole, cut, shape, str_of(c->in));

	if (strcmp(out, c->out) != 0)
		printf("# %s: %s, not %s\n", c->in, out, c->out);
	CHECK(strcmp(out, c->out) == 0);
}

static struct tree_shape xml_shape(const char *paths, const char *context)
{
	struct tree_shape shape = { .context = str_of(context) };
	struct str rest = str_of(paths);

	do
		shape.records[shape.count++] = str_cut(&rest, ' ');
	while (rest.n > 0);
	return shape;
}

TEST("markup_tree: the elements at the paths are rows, however the bytes come")
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
		struct tree_shape shape = xml_shape(cases[i].paths, cases[i].context);

		check_cut(&cases[i], xml_tree_cut, &shape);
	}
}

TEST("markup_tree: the rows of the table that is meant, however the bytes come")
{
	static const char page[] =
		"<!DOCTYPE html><html><script>'<table><tr>'</script>\n<TABLE><tr><td>0</TABLE>"
		"<table class='x big' id=t><thead><TR><th>A</tr></thead><tbody><tr><td>1<td>2"
		"<tr><td><table><tr><td>n</table>3</td></tr></tbody></table><table><tr></table>";
	static const struct cut_case cases[] = {
		{ "", NULL, page, "<tr><td>0|" },
		{ "  1", NULL, page,
		  "<TR><th>A</tr>|<tr><td>1<td>2|<tr><td><table><tr><td>n</table>3</td></tr>|" },
		{ "class big", NULL, page,
		  "<TR><th>A</tr>|<tr><td>1<td>2|<tr><td><table><tr><td>n</table>3</td></tr>|" },
		{ "ID t", NULL, page,
		  "<TR><th>A</tr>|<tr><td>1<td>2|<tr><td><table><tr><td>n</table>3</td></tr>|" },
		{ "  2", NULL, page, "<tr><td>n|" },
		{ "  3", NULL, page, "<tr>|" },
		{ "  4", NULL, page, "" },
		{ "id big", NULL, page, "" },
		{ "class big 1", NULL, page, "" },
		{ "", NULL, "<table><td>1<td>2<tr><td>3</table>", "<td>1<td>2|<tr><td>3|" },
		{ "", NULL, "<table><tr><td>1", "?<tr><td>1|" },
		{ "", NULL, "<table><tr><td>1</tr>", "<tr><td>1</tr>|?|" },
		{ "", NULL, "<table><table></table><tr></tr></table>", "<tr></tr>|" },
		{ "", NULL, "", "" },
		{ "", NULL, "x < y <", "" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct str rest = str_of(cases[i].paths);
		struct tree_shape shape = { 0 };
		uint64_t number = 0;

		shape.attribute = str_cut(&rest, ' ');
		shape.value = str_cut(&rest, ' ');
		CHECK(rest.n == 0 || str_to_uint(rest, 9, &number));
		shape.number = (unsigned)number;
		check_cut(&cases[i], html_rows_cut, &shape);
		CHECK(whole.cut.begun || whole.count == 0);
	}
}

TEST("markup_tree: the texts and attributes of an element are cells")
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

TEST("markup_tree: a row's cells are named by the headings, or by their number")
{
	static const struct {
		const char *head, *row, *out; // NULL: no headings
	} cases[] = {
		{ NULL, "<tr><td> 192.0.2.<b>1</b> <td class=x>a\n b</td><td></td><th>&nbsp;c</tr>",
		  "c1=192.0.2.1|c2=a b|c4=c|" },
		{ "<tr><th>IP</th><td></td><TH>seen <i>at</i></TH></tr>",
		  "<tr><td>1<td>2<td>3<td>4</tr>", "IP=1|c2=2|seen at=3|c4=4|" },
		{ NULL, "<tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d",
		  "c1=a b c|c2=d|" },
		{ NULL, "<td>1<td>2", "c1=1|c2=2|" },
		{ NULL, "<tr>x</tr>", "" },
		{ NULL, "<tr><td><script>x</script>y<img src='>'>", "c1=y|" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct html_names names = { 0 };
		struct cells cells;
		autoarena a = { 0 };

		arena_init(&a, 1 << 20);
		if (cases[i].head != NULL) {
			html_names(str_of(cases[i].head), &a, &names);
			CHECK(names.count == 3 && names.heads == 2);
		}
		html_cells(str_of(cases[i].row), cases[i].head != NULL ? &names : NULL, &a, &cells);
		CHECK(strcmp(replay_cells(&cells), cases[i].out) == 0);
	}
}

static void check_bomb(const char *head, const char *text, tree_cutter cut, size_t rows)
{
	struct tree_shape shape = { .records = { S("r.i") }, .count = 1 };
	struct str bytes = replay_many(text, MANY);

	memcpy((char *)(uintptr_t)bytes.p, head, strlen(head));
	replay(&whole, cut, &shape, bytes, 0, 1000);
	CHECK(whole.count == rows);
	CHECK(rows == 0 || whole.row[rows - 1].state == CSV_UNCLOSED);
	replay(&pieces, cut, &shape, bytes, 256 << 10, 1000);
	replay_same(&whole, &pieces);
	free((void *)(uintptr_t)bytes.p);
}

TEST("markup_tree: a million elements, attributes or quotes end in one row")
{
	check_bomb("<r>", "<r>", xml_tree_cut, 1);
	check_bomb("<r><i>", "<i>", xml_tree_cut, 1);
	check_bomb("<r><x>", "<x>", xml_tree_cut, 1);
	check_bomb("<r><i>   ", "<i></x>", xml_tree_cut, 1);
	check_bomb("<r><i  ", " a='1'", xml_tree_cut, 1); // longer than MARKUP_MAX_TAG
	check_bomb("<r>", "<!--", xml_tree_cut, 1);
	check_bomb("<r>", "&amp;", xml_tree_cut, 1);
	check_bomb("<r><i>", "<![CDATA[", xml_tree_cut, 1);
	check_bomb("<table><tr>     ", "<table> ", html_rows_cut, 1);
	check_bomb("", "<td>", html_rows_cut, 0);
	check_bomb("<table>", "</td >", html_rows_cut, 1);
	check_bomb("", "</table", html_rows_cut, 1);
	check_bomb("", "<a b='", html_rows_cut, 1);
}

TEST("markup_tree: what is over CELLS_MAX is counted, and costs the arena nothing")
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

TEST("markup_tree: as deep as stated, and not one deeper")
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

TEST("markup_tree: a record longer than the buffer is passed over when told so")
{
	struct tree_shape shape = xml_shape("r.i", NULL), page = { 0 };
	struct tree_cut t = { .shape = &shape }, h = { .shape = &page };
	struct csv_row row[4];
	size_t used;

	CHECK(xml_tree_cut(&t, S("<r><i><!-- "), false, row, 4, &used) == 0 && used == 3);
	t.pass = true;
	CHECK(xml_tree_cut(&t, S("<i><!-- "), false, row, 4, &used) == 0 && used == 7);
	CHECK(xml_tree_cut(&t, S(" </i> --></i><i/></r>"), true, row, 4, &used) == 1);
	CHECK(row[0].length == 4 && t.over && !t.bad);
	CHECK(html_rows_cut(&h, S("<table><tr><td>1"), false, row, 4, &used) == 0 && used == 7);
	h.pass = true;
	CHECK(html_rows_cut(&h, S("<tr><td>1"), false, row, 4, &used) == 0 && used == 9);
	CHECK(html_rows_cut(&h, S("<td>2<tr></tr></table>"), true, row, 4, &used) == 1);
	CHECK(row[0].length == 9 && h.over && !h.bad);
}

TEST("markup_tree: what follows the table is of no matter")
{
	struct str tag = replay_many("<a b=' ", MANY), page;
	struct tree_shape shape = { 0 };
	autoarena a = { 0 };

	arena_init(&a, 64 << 20);
	page = arena_fmt(&a, "<table><tr></table>" STR_FMT, STR_ARG(tag));
	replay(&whole, html_rows_cut, &shape, page, 64 << 10, 9);
	CHECK(whole.count == 1 && whole.cut.over && !whole.cut.bad);
	free((void *)(uintptr_t)tag.p);
}
