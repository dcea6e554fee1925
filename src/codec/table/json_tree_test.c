#include "base/test.h"
#include "codec/table/json.h"
#include "codec/table/json_tree.h"
#include "codec/table/tree_replay.h"

enum { MANY = 1000000 };

static struct replayed whole, pieces;

static struct tree_shape shape_of(const char *records, const char *context)
{
	struct tree_shape shape = { .context = str_of(context) };
	struct str rest = str_of(records);

	do
		shape.records[shape.count++] = str_cut(&rest, ' ');
	while (rest.n > 0);
	return shape;
}

static const char *cut(const char *in, const struct tree_shape *shape)
{
	return replay_text(&whole, json_tree_cut, shape, str_of(in));
}

TEST("json_tree: the objects at the paths are rows, however the bytes come")
{
	static const struct {
		const char *records, *context, *in, *out;
	} cases[] = {
		{ "", NULL, "[{\"a\":1}, {\"b\":[{}]}\n]", "{\"a\":1}|{\"b\":[{}]}|" },
		{ "", NULL, "{\"a\":1}", "{\"a\":1}|" },
		{ "", NULL, "{\"a\":1}\n{\"a\":2}\r\n\n{}", "{\"a\":1}|{\"a\":2}|{}|" },
		{ "", NULL, "[[{}],[[{\"x\":0}]]]", "{}|{\"x\":0}|" },
		{ "", NULL, "", "" },
		{ "", NULL, " \n", "" },
		{ "", NULL, "[]", "" },
		{ "data.list", NULL,
		  "{\"n\":{\"list\":[{}]},\"data\":{\"x\":[1,{\"list\":{}}],\"list\":[{\"a\":\"]}"
		  "\"},"
		  "{\"b\":2}],\"y\":\"{\"},\"list\":[{}]}",
		  "{\"a\":\"]}\"}|{\"b\":2}|" },
		{ "data.list", NULL, "[{\"data\":[{\"list\":{}},{\"list\":[{\"c\":1}]}]}]",
		  "{}|{\"c\":1}|" },
		{ "d\xc3\xa9", NULL, "{\"d\\u00e9\":{\"a\":\"\\\\\"}}", "{\"a\":\"\\\\\"}|" },
		{ "a", NULL, "{\"a\":{\"t\":\"x\\\\\\\"}\\\\\"},\"a\":{}}",
		  "{\"t\":\"x\\\\\\\"}\\\\\"}|{}|" },
		{ "a b.c", NULL, "{\"b\":{\"c\":{\"n\":1}},\"a\":{\"n\":2},\"c\":{}}",
		  "{\"n\":1}|{\"n\":2}|" },
		{ "a", NULL, "{\"x\":\"long text that is skipped \\\\\",\"y\":-1.5e+3,\"a\":{}}",
		  "{}|" },
		{ "a.b.c.d.e.f.g.h.i.j.k.l.m", NULL, "{\"a\":{}}", "" },
		// contexts
		{ "r.E.A r.E.O.A", "r.E",
		  "{\"r\":[{\"E\":{\"A\":[{\"n\":1},{\"n\":2}],\"O\":[{\"A\":[{\"n\":3}]}]}},"
		  "{\"E\":{\"i\":0}},{\"E\":{\"A\":{}}}]}",
		  "@45 {\"n\":1}|@45 {\"n\":2}|@45 {\"n\":3}|@8 {}|" },
		{ "E.A", "E", "{\"E\":{\"A\":[{\"n\":1},,]}}{\"E\":{\"A\":{}}}",
		  "@17 {\"n\":1}|@17 ?,]}|@8 {}|" },
		{ "E.A x", "E", "{\"x\":{},\"E\":{\"A\":{}}}", "@8 {}|" },
		// cut off, and no such document
		{ "", NULL, "[{\"a\":1},{\"b\":", "{\"a\":1}|?{\"b\":|" },
		{ "", NULL, "[{\"a\":1},", "{\"a\":1}|?|" },
		{ "", NULL, "[{\"a\":1}", "{\"a\":1}|?|" },
		{ "a", NULL, "{\"b\":[[", "?|" },
		{ "a", NULL, "{\"b\":\"x", "?|" },
		{ "a", NULL, "{\"b\":1", "?|" },
		{ "a", NULL, "{\"b\"", "?\"b\"|" },
		{ "E.A", "E", "{\"E\":{\"A\":[{}]", "?{\"A\":[{}]|" },
		{ "", NULL, "<html>", "?<html>|" },
		{ "", NULL, "[{} {}]", "{}|?{}]|" },
		{ "", NULL, "[{}}", "{}|?}|" },
		{ "", NULL, "[{},]", "{}|?]|" },
		{ "a", NULL, "{\"a\":{},}", "{}|?}|" },
		{ "a", NULL, "{\"a\" {}}", "?\"a\" {}}|" },
		{ "a", NULL, "{a:{}}", "?a:{}}|" },
		{ "a", NULL, "{x\":1}", "?x\":1}|" },
		{ "a.b z.q", NULL, "{\"z\":{\"b\":0,\"b\":{}}}", "" },
		{ "a.b", "a", "[{\"a\":{\"t\":1}},{\"a\":{\"b\":", "?{\"b\":|" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct tree_shape shape = shape_of(cases[i].records, cases[i].context);
		const char *out = cut(cases[i].in, &shape);

		if (strcmp(out, cases[i].out) != 0)
			printf("# %s: %s, not %s\n", cases[i].in, out, cases[i].out);
		CHECK(strcmp(out, cases[i].out) == 0);
		CHECK(whole.cut.bad == (strchr(out, '?') != NULL && !str_has(str_of(out), '@')));
	}
}

TEST("json_tree: what stands at a record's place and is none is counted")
{
	struct tree_shape shape = shape_of("data", NULL);

	CHECK(strcmp(cut("{\"data\":[1,\"x\",null,true,{},[12]],\"n\":5}", &shape), "{}|") == 0);
	CHECK(whole.cut.stray == 4 && whole.cut.begun && whole.cut.over && !whole.cut.bad);
	CHECK(strcmp(cut("\"data\" 12 ", &shape), "") == 0 && whole.cut.stray == 0);
}

TEST("json_tree: a shape fits where every path does, and begins with the context")
{
	static const struct {
		const char *records, *context;
		bool fits;
	} cases[] = {
		{ "", NULL, true },
		{ "a.b c", NULL, true },
		{ "a.b.c.d.e.f.g.h.i.j.k.l", NULL, true },
		{ "a.b.c.d.e.f.g.h.i.j.k.l.m", NULL, false },
		{ "a.b a", "a", true },
		{ "a.b c", "a", false },
		{ "ab.c", "a", false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct tree_shape shape = shape_of(cases[i].records, cases[i].context);

		CHECK(tree_shape_fits(&shape) == cases[i].fits);
	}
}

static void check_bomb(const char *text, const char *records, size_t rows, size_t unclosed)
{
	struct tree_shape shape = shape_of(records, NULL);
	struct str bytes = replay_many(text, MANY);
	size_t open = 0;

	replay(&whole, json_tree_cut, &shape, bytes, 0, 1000);
	for (size_t i = 0; i < whole.count; i++)
		open += whole.row[i].state == CSV_UNCLOSED;
	CHECK(whole.count == rows && open == unclosed);
	replay(&pieces, json_tree_cut, &shape, bytes, 64 << 10, 1000);
	replay_same(&whole, &pieces);
	free((void *)(uintptr_t)bytes.p);
}

TEST("json_tree: a million brackets, in any order, end in one unclosed row")
{
	check_bomb("[", "", 1, 1); // deeper than TREE_MAX_DEPTH
	check_bomb("[", "a", 1, 1);
	check_bomb("{\"a\":", "a", 1, 1);
	check_bomb("{\"a\":", "a.a.a.b", 1, 1);
	check_bomb("{\"b\":", "a", 1, 1);
	check_bomb("]", "", 1, 1);
	check_bomb("\"", "", 0, 0);
	check_bomb("\\", "", 1, 1);
	check_bomb("[],", "", 1, 1);
}

TEST("json_tree: as deep as stated around the records, and not one deeper")
{
	struct tree_shape shape = shape_of("", NULL);
	char text[2 * TREE_MAX_DEPTH + 4];

	memset(text, '[', TREE_MAX_DEPTH);
	memcpy(text + TREE_MAX_DEPTH, "{}", 2);
	memset(text + TREE_MAX_DEPTH + 2, ']', TREE_MAX_DEPTH);
	replay(&whole, json_tree_cut, &shape, (struct str){ text, 2 * TREE_MAX_DEPTH + 2 }, 0, 9);
	CHECK(whole.count == 1 && whole.row[0].state == CSV_ROW && !whole.cut.bad);
	memset(text, '[', TREE_MAX_DEPTH + 1);
	replay(&whole, json_tree_cut, &shape, (struct str){ text, TREE_MAX_DEPTH + 1 }, 0, 9);
	CHECK(whole.count == 1 && whole.row[0].at == TREE_MAX_DEPTH && whole.cut.bad);
}

TEST("json_tree: a record longer than the buffer is passed over when told so")
{
	struct tree_shape shape = shape_of("", NULL);
	struct tree_cut t = { .shape = &shape };
	struct csv_row row[4];
	size_t used;

	CHECK(json_tree_cut(&t, S("[{\"a\":\"\\"), false, row, 4, &used) == 0 && used == 1);
	t.pass = true;
	CHECK(json_tree_cut(&t, S("{\"a\":\"\\"), false, row, 4, &used) == 0 && used == 7);
	CHECK(json_tree_cut(&t, S("\"}"), false, row, 4, &used) == 0 && used == 2);
	CHECK(json_tree_cut(&t, S("\"},{}]"), true, row, 4, &used) == 1 && used == 6);
	CHECK(row[0].length == 2 && t.over && !t.bad && !t.pass);
}

TEST("json_tree: a key on the way to a record has a bound")
{
	struct tree_shape shape = shape_of("a", NULL);
	struct str blanks = replay_many(" ", TREE_MAX_NAME + 2);
	char *text = (char *)(uintptr_t)blanks.p;
	struct tree_cut t = { .shape = &shape };
	struct csv_row row;
	size_t used;

	memcpy(text, "{\"", 2);
	replay(&whole, json_tree_cut, &shape, blanks, 0, 9);
	CHECK(whole.count == 1 && whole.cut.bad && whole.row[0].at == 1);
	replay(&pieces, json_tree_cut, &shape, blanks, 1000, 9);
	replay_same(&whole, &pieces);
	CHECK(json_tree_cut(&t, blanks, false, &row, 1, &used) == 1 && t.bad);
	memcpy(text + TREE_MAX_NAME - 4, "\":0}", 4);
	replay(&whole, json_tree_cut, &shape, blanks, 0, 9);
	CHECK(whole.count == 0 && whole.cut.over);
	free(text);
}

TEST("json_tree: an object is flattened to cells, several values stay several")
{
	static const struct {
		const char *in, *out; // NULL: none
	} cases[] = {
		{ "{}", "" },
		{ "{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":null,\"e\":-2.50e1}",
		  "a#1|b=x|c?true|e#-2.50e1|" },
		{ "{\"a\":{\"b\":{\"c\":\"\"}},\"d\":[]}", "a.b.c=|" },
		{ "{\"a\":[1,[2,{\"b\":3}],null,{\"b\":\"4\"}],\"b\":5}",
		  "a#1|a#2|a.b#3|a.b=4|b#5|" },
		{ "{\"a\\u002db\":\"x\\n\\u00e9\"}", "a-b=x\n\xc3\xa9|" },
		{ "{\"a\":1,\"a\":2}", "a#1|a#2|" },
		{ "{\"a\":1", NULL },
		{ "{\"a\":[1,}", NULL },
		{ "[1]", NULL },
		{ "\"a\"", NULL },
		{ "{\"a\":\"\xff\"}", NULL },
		{ "{} {}", NULL },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct cells cells = { .more = 77 };
		autoarena a = { 0 };
		bool ok;

		arena_init(&a, 1 << 20);
		ok = json_cells(str_of(cases[i].in), &a, &cells);
		CHECK(ok == (cases[i].out != NULL));
		CHECK(ok ? cells.more == 0 : cells.more == 77);
		CHECK(!ok || strcmp(replay_cells(&cells), cases[i].out) == 0);
	}
}

TEST("json_tree: a context gives its own cells, and none of its records'")
{
	static const char event[] =
		"{\"info\":\"x\",\"Tag\":[{\"name\":\"tlp:green\"},{\"name\":\"t\"}],\"Attribute\":"
		"[{\"value\":1}],\"Object\":[{\"name\":\"file\",\"Attribute\":[{\"value\":2}]}],"
		"\"Attributes\":3}";
	static const char all[] = "^.info=x|^.Tag.name=tlp:green|^.Tag.name=t|^.Object.name=file|"
				  "^.Attributes#3|";
	struct tree_shape shape = shape_of("E.Attribute E.Object.Attribute", "E");
	struct cells cells = { 0 };
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(json_cells_own(str_of(event), &shape, &a, &cells));
	CHECK(strcmp(replay_cells(&cells), all) == 0);
	shape = shape_of("E", "E");
	CHECK(json_cells_own(str_of(event), &shape, &a, &cells) && cells.list.count == 0);
	CHECK(!json_cells_own(S("{"), &shape, &a, &cells));
}

TEST("json_tree: a million values cost the arena no more than CELLS_MAX do")
{
	struct str text = replay_many("1,\"\\n\", ", MANY), deep;
	char *p = (char *)(uintptr_t)text.p;
	struct cells cells = { 0 };
	autoarena a = { 0 };

	arena_init(&a, 512 << 10);
	memcpy(p, "{\"a\":[1,", 8);
	memcpy(p + text.n - 2, "]}", 2);
	CHECK(json_cells(text, &a, &cells));
	CHECK(cells.list.count == CELLS_MAX && cells.more == 2 * MANY - 1 - CELLS_MAX);
	free(p);
	deep = replay_many("{\"a234567890123456789\":", JSON_MAX_DEPTH + 1);
	CHECK(!json_cells(deep, &a, &cells));
	free((void *)(uintptr_t)deep.p);
}

TEST("json_tree: a name is cut at its bound, between characters")
{
	static const char *const before[] = { "", "a" };
	struct str text = replay_many("\xc3\xa9", CELLS_NAME_MAX);

	for (size_t i = 0; i < COUNTOF(before); i++) {
		struct cells cells = { 0 };
		autoarena a = { 0 };

		arena_init(&a, 1 << 20);
		CHECK(json_cells(arena_fmt(&a, "{\"%s" STR_FMT "\":1}", before[i], STR_ARG(text)),
				 &a, &cells));
		CHECK(cells.list.at[0].name.n == CELLS_NAME_MAX - i);
	}
	free((void *)(uintptr_t)text.p);
}
