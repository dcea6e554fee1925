#include "base/test.h"
#include "base/time.h"
#include "model/feed/fetch.h"
#include "store/fetch.h"
#include "store/job.h"
#include "store/store.h"

static struct db *fresh(void)
{
	struct db *d;
	struct err e = { 0 };

	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, 77, &d, &e));
	return d;
}

// A job of fetching `feed` that this worker has.
static void begins(struct db *d, const char *feed, const char *worker, int64_t now)
{
	struct job_row j = { .kind = JOB_FETCH, .key = str_of(feed) };
	struct job_claim c = { .kind = JOB_FETCH,
			       .worker = str_of(worker),
			       .now = now,
			       .lease = now + 30,
			       .most = 1 };
	autorows r = NULL;
	struct err e = { 0 };
	bool added;

	CHECK(job_add(d, &j, &added, &e) && added);
	CHECK(job_claim(d, &c, &r, &e) && job_next_row(r, &j, &e));
}

static bool takes(struct db *d, const char *worker, int64_t now, int64_t *free)
{
	struct fetch_host h = { S("feeds.example"), str_of(worker) };
	struct err e = { 0 };
	bool mine;

	CHECK(fetch_host_take(d, &h, now, &mine, free, &e) && e.kind == ERR_NONE);
	return mine;
}

static void leaves(struct db *d, const char *worker, int64_t free)
{
	struct fetch_host h = { S("feeds.example"), str_of(worker) };
	struct err e = { 0 };

	CHECK(fetch_host_leave(d, &h, free, &e));
}

TEST("fetch: a host is asked by one worker at a time, and left alone behind it")
{
	autostore d = fresh();
	int64_t free;

	begins(d, "one", "a/gather.1", 1000);
	begins(d, "two", "b/gather.1", 1000);
	CHECK(takes(d, "a/gather.1", 1000, &free));
	CHECK(takes(d, "a/gather.1", 1000, &free)); // its own still
	CHECK(!takes(d, "b/gather.1", 1001, &free));
	leaves(d, "b/gather.1", 0); // who has it not leaves nothing
	CHECK(!takes(d, "b/gather.1", 1001, &free));
	leaves(d, "a/gather.1", 5000);
	CHECK(!takes(d, "b/gather.1", 4999, &free) && free == 5000);
	CHECK(takes(d, "b/gather.1", 5000, &free));
}

TEST("fetch: who dies while it asks leaves the host to others")
{
	autostore d = fresh();
	struct err e = { 0 };
	int64_t free;

	begins(d, "one", "a/gather.1", 1000);
	CHECK(takes(d, "a/gather.1", 1000, &free));
	CHECK(job_leave(d, S("a/gather.1"), &e)); // as its supervisor says
	CHECK(takes(d, "b/gather.1", 1001, &free));
}

TEST("fetch: a pause that no feed can ask for is one of a clock that was set back")
{
	autostore d = fresh();
	int64_t now = 1000 * TIME_DAY, free;

	CHECK(takes(d, "a/gather.1", now, &free));
	leaves(d, "a/gather.1", now + FETCH_MAX_GAP * TIME_SECOND);
	CHECK(!takes(d, "a/gather.1", now, &free));
	CHECK(takes(d, "a/gather.1", now - TIME_DAY, &free));
}

TEST("fetch: a store knows when it was made")
{
	autostore d = fresh();
	struct err e = { 0 };
	int64_t made;

	CHECK(fetch_store_made(d, &made, &e) && made == 77);
}

TEST("fetch: how far a feed is is kept, with why it failed")
{
	autostore d = fresh();
	autoarena a = { 0 };
	struct fetch_state s = {
		.next = 9, .failures = 2, .reason = S("gone"), .failed = ERR_CONFIG
	};
	struct err e = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(db_script(d, "INSERT INTO feed VALUES (1,'lab')", &e));
	CHECK(fetch_state_put(d, 1, &s, &e) && fetch_state_of(d, S("lab"), &a, &s, &e));
	CHECK(s.next == 9 && s.failures == 2 && s.failed == ERR_CONFIG &&
	      str_eq(s.reason, S("gone")));
	CHECK(fetch_state_of(d, S("other"), &a, &s, &e) && s.next == 0 && s.failed == ERR_NONE);
}
