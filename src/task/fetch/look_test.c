#include "base/test.h"
#include "os/file.h"
#include "task/fetch/look.h"

#include <stdlib.h>

#define ROOM ((size_t)1 << 28)

static const char *written(struct arena *a, struct str text)
{
	const char *folder = getenv("TMPDIR");
	struct str path =
		arena_fmt(a, "%s/waker-look-%ld", folder != NULL ? folder : "/tmp", random());
	struct err e;

	CHECK(file_write(path.p, text, 0600, &e));
	return path.p;
}

static bool looks(struct str text, const struct look *l, struct arena *a, struct looked *out,
		  struct err *e)
{
	const char *path = written(a, text);
	bool ok = look_at_json(path, l, a, out, e);
	struct err ignored;

	CHECK(file_remove(path, &ignored));
	return ok;
}

static const struct look reports = { .field = { { "id", 2 }, { "file", 4 } }, .fields = 2 };
static const struct look events = { .path = { "response", 8 },
				    .field = { { "Event.uuid", 10 } },
				    .fields = 1 };
static const struct look manifest = { .by_key = true,
				      .field = { { "timestamp", 9 } },
				      .fields = 1 };

TEST("look: a list of objects gives a row each, other values an empty one")
{
	autoarena a = { 0 };
	struct looked l;
	struct err e = { 0 };

	arena_init(&a, ROOM);
	CHECK(looks(S("[{\"id\":\"a\\u0062\",\"file\":7,\"x\":[{}]}, 3, {\"file\":\"t\\u0009b\"}]"),
		    &reports, &a, &l, &e));
	CHECK(l.rows.count == 3 && str_eq(l.rows.at[0].value[0], S("ab")));
	CHECK(str_eq(l.rows.at[0].value[1], S("7")) && l.rows.at[1].value[0].n == 0);
	CHECK(l.rows.at[2].value[1].n == 0); // a tab would be two fields
	CHECK(looks(S(" [] "), &reports, &a, &l, &e) && l.rows.count == 0);
}

TEST("look: records stand behind a path, or under keys")
{
	autoarena a = { 0 };
	struct looked l;
	struct err e = { 0 };

	arena_init(&a, ROOM);
	CHECK(looks(S("{\"a\":{\"response\":[1]},\"response\":[{\"Event\":{\"uuid\":\"u\"}},{}],"
		      "\"z\":0}"),
		    &events, &a, &l, &e));
	CHECK(l.rows.count == 2 && str_eq(l.rows.at[0].value[0], S("u")));
	CHECK(looks(S("{\"u-1\":{\"timestamp\":\"17\"},\"u-2\":{\"timestamp\":18}}"), &manifest, &a,
		    &l, &e));
	CHECK(l.rows.count == 2 && str_eq(l.rows.at[1].key, S("u-2")));
	CHECK(str_eq(l.rows.at[1].value[0], S("18")));
}

TEST("look: what is cut off, a page, or of another shape is refused as the other side's")
{
	static const char *const bad[] = {
		"",     "[{\"id\":1}", "[{\"id\":1}]x", "{\"error\":\"no\"}", "<html></html>",
		"[1,]", "null",
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct looked l;
		struct err e = { 0 };

		CHECK(!looks(str_of(bad[i]), &reports, &a, &l, &e) && e.kind == ERR_REMOTE);
	}
}
