#include "base/test.h"
#include "codec/table/tree.h"
#include "codec/table/tree_replay.h"

TEST("tree: a shape fits where every path does, and one begins with the context")
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
		{ "a.b c", "a", true },
		{ "b c", "a", false },
		{ "ab.c", "a", false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct tree_shape shape = replay_shape(cases[i].records, cases[i].context);

		CHECK(tree_shape_fits(&shape) == cases[i].fits);
	}
}
