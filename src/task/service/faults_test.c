#include "base/test.h"
#include "base/time.h"
#include "store/store.h"
#include "task/service/faults.h"

enum { LIMIT = 16 << 20 };

#define NOW (1000 * TIME_DAY)

struct world {
	struct arena a;
	struct db *d;
	struct status s;
};

// Two batches of the feed are held; of the feeds, "old" has no file any more and "off" was
// switched off by its operator.
static void build(struct world *w)
{
	struct err e = { 0 };

	*w = (struct world){ .s = { .now = NOW } };
	arena_init(&w->a, LIMIT);
	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, 0, &w->d, &e));
	CHECK(db_script(
		w->d,
		"INSERT INTO feed VALUES (1,'scan'),(2,'off'),(3,'old');"
		"INSERT INTO batch VALUES (7,1,'b',0,x'01',1,1,0,1,'',0,'f',''),"
		"(8,1,'d',0,x'02',1,1,0,2,'',0,'f',''),(9,2,'',0,x'03',1,1,0,1,'',0,'f','');",
		&e));
	*list_add(&w->s.all, &w->a) = (struct status_feed){ .name = S("scan") };
	*list_add(&w->s.all, &w->a) = (struct status_feed){ .name = S("off"), .off = true };
}

static void destroy(struct world *w)
{
	db_close(w->d);
	arena_done(&w->a);
}

static void put(struct world *w, int64_t feed, const char *type, const struct fault *f,
		int64_t batch)
{
	struct guarded g = { feed, str_of(type) };
	struct faults one = { 1, { *f } };
	struct err e = { 0 };

	CHECK(fault_note(w->d, &g, batch, NOW - TIME_DAY, &one, &e));
}

static const struct status_need *only(struct world *w)
{
	struct err e = { 0 };

	w->s.needs.count = 0;
	CHECK(faults_need(w->d, &w->a, &w->s, &e) && e.kind == ERR_NONE);
	CHECK(w->s.needs.count == 1);
	return w->s.needs.at;
}

TEST("faults: of a kind in many types one is told, first of all what is held")
{
	const struct fault looks = { FAULT_JUNK, false, S("a little") },
			   holds = { FAULT_JUNK, true, S("much") };
	const struct status_need *n;
	struct world w;

	build(&w);
	put(&w, 1, "a", &looks, 6);
	put(&w, 1, "b", &holds, 7);
	put(&w, 1, "c", &looks, 6);
	put(&w, 1, "d", &holds, 8); // that one is decided
	n = only(&w);
	CHECK(n->kind == CONDITION_JUNK && str_eq(n->subject, S("scan")));
	CHECK(str_eq(n->says,
		     S("feed scan, type b: a batch is held: much (and 2 more of its types)")));
	destroy(&w);
}

TEST("faults: what is over is not told; what is held waits all the same")
{
	const struct fault looks = { FAULT_SMALL, false, S("few") },
			   holds = { FAULT_LARGE, true, S("many") };
	struct world w;

	build(&w);
	put(&w, 2, "", &looks, 1);
	put(&w, 3, "", &looks, 1);
	put(&w, 2, "x", &holds, 9);
	CHECK(only(&w)->kind == CONDITION_LARGE);
	put(&w, 1, "", &looks, 6);
	w.s.now = NOW + (GUARDIAN_DAYS + 1) * TIME_DAY; // it brought nothing since
	CHECK(only(&w)->kind == CONDITION_LARGE);
	destroy(&w);
}
