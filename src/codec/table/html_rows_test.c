#include "base/test.h"
#include "codec/table/markup_tree.h"
#include "codec/table/tree_replay.h"

enum { MANY = 1000000 };

static struct replayed whole;

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

TEST("html_rows: the rows of the table that is meant, however the bytes come")
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

TEST("html_rows: a row's cells are named by the headings, or by their number")
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

TEST("html_rows: a million tables, tags or quotes end in one row")
{
	struct tree_shape shape = { 0 };

	CHECK(replay_bomb(&whole, html_rows_cut, &shape, "<table><tr>     ", "<table> ") == 1);
	CHECK(replay_bomb(&whole, html_rows_cut, &shape, "", "<td>") == 0);
	CHECK(replay_bomb(&whole, html_rows_cut, &shape, "<table>", "</td >") == 1);
	CHECK(replay_bomb(&whole, html_rows_cut, &shape, "", "</table") == 1);
	CHECK(replay_bomb(&whole, html_rows_cut, &shape, "", "<a b='") == 1);
}

TEST("html_rows: a row longer than the buffer is passed over when told so")
{
	struct tree_shape shape = { 0 };
	struct tree_cut h = { .shape = &shape };
	struct csv_row row[4];
	size_t used;

	CHECK(html_rows_cut(&h, S("<table><tr><td>1"), false, row, 4, &used) == 0 && used == 7);
	h.pass = true;
	CHECK(html_rows_cut(&h, S("<tr><td>1"), false, row, 4, &used) == 0 && used == 9);
	CHECK(html_rows_cut(&h, S("<td>2<tr></tr></table>"), true, row, 4, &used) == 1);
	CHECK(row[0].length == 9 && h.over && !h.bad);
}

TEST("html_rows: what follows the table is of no matter")
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
