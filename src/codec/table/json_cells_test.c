#include "base/test.h"
#include "codec/table/json.h"
#include "codec/table/json_tree.h"
#include "codec/table/tree_replay.h"

enum { MANY = 1000000 };

TEST("json_cells: an object is flattened to cells, several values stay several")
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

TEST("json_cells: a context gives its own cells, and none of its records'")
{
	static const char event[] =
		"{\"info\":\"x\",\"Tag\":[{\"name\":\"tlp:green\"},{\"name\":\"t\"}],\"Attribute\":"
		"[{\"value\":1}],\"Object\":[{\"name\":\"file\",\"Attribute\":[{\"value\":2}]}],"
		"\"Attributes\":3}";
	static const char all[] = "^.info=x|^.Tag.name=tlp:green|^.Tag.name=t|^.Object.name=file|"
				  "^.Attributes#3|";
	struct tree_shape shape = replay_shape("E.Attribute E.Object.Attribute", "E");
	struct cells cells = { 0 };
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(json_cells_own(str_of(event), &shape, &a, &cells));
	CHECK(strcmp(replay_cells(&cells), all) == 0);
	shape = replay_shape("Attribute Object.Attribute", ".");
	CHECK(json_cells_own(str_of(event), &shape, &a, &cells));
	CHECK(strcmp(replay_cells(&cells), all) == 0);
	shape = replay_shape("E", "E");
	CHECK(json_cells_own(str_of(event), &shape, &a, &cells) && cells.list.count == 0);
	CHECK(!json_cells_own(S("{"), &shape, &a, &cells));
}

TEST("json_cells: a million values cost the arena no more than CELLS_MAX do")
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

TEST("json_cells: a name is cut at its bound, between characters")
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
