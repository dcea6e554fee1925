#include "base/test.h"
#include "codec/table/json_tree.h"
#include "codec/table/tree_replay.h"

static struct replayed whole, pieces;

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
		{ "a b.a", ".", "{\"t\":1,\"a\":[{}]}\n[{\"b\":{\"a\":{}}},{\"a\":0}]",
		  "@16 {}|@14 {}|" },
		{ "E.A x", "E", "{\"x\":{},\"E\":{\"A\":{}},\"x\":{\"n\":1}}",
		  "{}|@8 {}|{\"n\":1}|" },
		{ "r.E.A r.A", "r.E",
		  "{\"r\":[{\"E\":{\"A\":{},\"r\":{\"A\":{}}}},{\"A\":[{},{\"E\":{\"A\":{}}}]}]}",
		  "@21 {}|{}|{\"E\":{\"A\":{}}}|" },
		{ "E.A x.A", "E", "[{\"E\":{\"A\":[{},,]}},{\"x\":{\"A\":{}}}]",
		  "@12 {}|@12 ?,]}|{}|" },
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
		struct tree_shape shape = replay_shape(cases[i].records, cases[i].context);
		const char *out = cut(cases[i].in, &shape);

		if (strcmp(out, cases[i].out) != 0)
			printf("# %s: %s, not %s\n", cases[i].in, out, cases[i].out);
		CHECK(strcmp(out, cases[i].out) == 0);
		CHECK(whole.cut.bad == (strchr(out, '?') != NULL && !str_has(str_of(out), '@')));
	}
}

TEST("json_tree: what stands at a record's place and is none is counted")
{
	struct tree_shape shape = replay_shape("data", NULL);

	CHECK(strcmp(cut("{\"data\":[1,\"x\",null,true,{},[12]],\"n\":5}", &shape), "{}|") == 0);
	CHECK(whole.cut.stray == 4 && whole.cut.begun && whole.cut.over && !whole.cut.bad);
	CHECK(strcmp(cut("\"data\" 12 ", &shape), "") == 0 && whole.cut.stray == 0);
}

static size_t bomb(const char *text, const char *records)
{
	struct tree_shape shape = replay_shape(records, NULL);

	return replay_bomb(&whole, json_tree_cut, &shape, "", text);
}

TEST("json_tree: a million brackets, in any order, end in one unclosed row")
{
	CHECK(bomb("[", "") == 1); // deeper than TREE_MAX_DEPTH
	CHECK(bomb("[", "a") == 1);
	CHECK(bomb("{\"a\":", "a") == 1);
	CHECK(bomb("{\"a\":", "a.a.a.b") == 1);
	CHECK(bomb("{\"b\":", "a") == 1);
	CHECK(bomb("]", "") == 1);
	CHECK(bomb("\"", "") == 0);
	CHECK(bomb("\\", "") == 1);
	CHECK(bomb("[],", "") == 1);
}

TEST("json_tree: as deep as stated around the records, and not one deeper")
{
	struct tree_shape shape = replay_shape("", NULL);
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
	struct tree_shape shape = replay_shape("", NULL);
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
	struct tree_shape shape = replay_shape("a", NULL);
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
