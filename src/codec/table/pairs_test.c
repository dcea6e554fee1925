#include "base/test.h"
#include "codec/table/pairs.h"
#include "codec/table/tree_replay.h"

enum { MANY = 1000000 };

TEST("pairs: a line gives its pairs, whatever parts them")
{
	static const struct {
		const char *shape, *in, *out; // shape: the three characters; NULL: no pair
	} cases[] = {
		{ " =\"", "a=1 b=\"x y\"", "a=1|b=x y|" },
		{ " =\"", "  a=1 \t b=2\r\n", "a=1|b=2|" },
		{ " =\"", "header a=1 b=2 trailer", "a=1|b=2|" },
		{ " =\"", "a=\"say \\\"x y\\\" C:\\t\" b=1", "a=say \"x y\" C:\\t|b=1|" },
		{ " =\"", "a=\"x=1 y\"", "a=x=1 y|" },
		{ " =\"", "a=x=1", "a=x=1|" },
		{ " =\"", "a= b=\"\" c=3", "c=3|" },
		{ " =\"", "=1 a=2", "a=2|" },
		{ " =\"", "a=\"open b=2", "a=\"open|b=2|" },
		{ " =\"", "a=\"x\"y b=2", "a=\"x\"y|b=2|" },
		{ " =\"", "a=x\"y z\" b=2", "a=x\"y|b=2|" },
		{ " =\"", "a=1 a=2", "a=1|a=2|" },
		{ " =\0", "a=\"x y\"", "a=\"x|" },
		{ ";:\"", "k: v;k2 : w x ;", "k=v|k2=w x|" },
		{ ";:\"", "k: \"a;b\" ;l:\"c\"", "k=a;b|l=c|" },
		{ ";:'", "url: http://x/;t: 'it\\'s'", "url=http://x/|t=it's|" },
		{ "|=\"", "a=1|b|c=\"2|3\"", "a=1|c=2|3|" },
		{ " :\"", "srcip:192.0.2.1 type:test", "srcip=192.0.2.1|type=test|" },
		{ "\t=\"", "a=1\tb=2 c=3", "a=1|b=2|c=3|" },
		{ " =\"", "a=", "" },
		{ " =\"", "no pair", NULL },
		{ " =\"", "=", NULL },
		{ " =\"", "", NULL },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		const char *s = cases[i].shape;
		struct pairs_shape shape = { s[0], s[1], s[2] };
		struct cells cells = { .more = 77 };
		autoarena a = { 0 };
		bool ok;

		arena_init(&a, 1 << 20);
		ok = pairs_cells(str_of(cases[i].in), &shape, &a, &cells);
		if (ok && strcmp(replay_cells(&cells), cases[i].out) != 0)
			printf("# %s: %s\n", cases[i].in, replay_cells(&cells));
		CHECK(ok == (cases[i].out != NULL));
		CHECK(ok ? cells.more == 0 : cells.more == 77);
		CHECK(!ok || strcmp(replay_cells(&cells), cases[i].out) == 0);
	}
}

TEST("pairs: a million pairs, or quotes, cost no more than the line")
{
	static const char *const many[] = { "a=\"\\\"\" ", "a=\"", "a=\" ", "=", "\\" };
	static const size_t pairs[] = { MANY, 1, MANY / 2, 0, 0 };
	struct pairs_shape shape = { ' ', '=', '"' };

	for (size_t i = 0; i < COUNTOF(many); i++) {
		struct str line = replay_many(many[i], MANY);
		struct cells cells = { 0 };
		autoarena a = { 0 };

		arena_init(&a, 1 << 20);
		CHECK(pairs_cells(line, &shape, &a, &cells) == (pairs[i] > 0));
		CHECK(cells.list.count + cells.more == pairs[i]);
		free((void *)(uintptr_t)line.p);
	}
}
