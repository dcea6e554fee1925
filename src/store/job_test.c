#include "base/test.h"
#include "store/job.h"
#include "store/store.h"

enum { LEASE = 1000 };

static struct db *fresh(void)
{
	struct db *d;
	struct err e = { 0 };

	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, 77, &d, &e));
	return d;
}

static void adds(struct db *d, const char *key)
{
	struct job_row j = { .kind = JOB_SEAL, .key = str_of(key) };
	struct err e = { 0 };
	bool added;

	CHECK(job_add(d, &j, &added, &e) && added);
}

// How many of them this worker has now.
static unsigned claims(struct db *d, const char *worker)
{
	struct job_claim c = {
		.kind = JOB_SEAL, .worker = str_of(worker), .now = 1, .lease = LEASE, .most = 9
	};
	autorows r = NULL;
	struct err e = { 0 };
	struct job_row j;
	unsigned n = 0;

	CHECK(job_claim(d, &c, &r, &e));
	while (job_next_row(r, &j, &e))
		n++;
	CHECK(e.kind == ERR_NONE);
	return n;
}

static int64_t tries(struct db *d, int64_t id)
{
	autoarena a = { 0 };
	struct err e = { 0 };
	struct job_row j;

	arena_init(&a, 1 << 20);
	CHECK(job_by_id(d, id, &a, &j, &e));
	return j.tries;
}

TEST("job: what was claimed and not begun is anybody's, and no try of it is counted")
{
	autostore d = fresh();
	struct job_row failed = { .id = 1, .worker = S("a/keys.1"), .state = JOB_WAITS, .due = 1 };
	struct err e = { 0 };

	adds(d, "1");
	adds(d, "2");
	CHECK(claims(d, "a/keys.1") == 2);
	CHECK(job_over(d, &failed, &e)); // this one was begun
	CHECK(job_untouched(d, S("b/keys.1"), &e) && claims(d, "b/keys.1") == 1);
	CHECK(job_untouched(d, S("a/keys.1"), &e) && tries(d, 2) == 0 && tries(d, 1) == 2);
	CHECK(claims(d, "c/keys.1") == 1 && tries(d, 2) == 1);
}

TEST("job: what somebody had who died was tried")
{
	autostore d = fresh();
	struct err e = { 0 };

	adds(d, "1");
	CHECK(claims(d, "a/keys.1") == 1);
	CHECK(job_leave(d, S("a/keys.1"), &e) && tries(d, 1) == 1);
	CHECK(claims(d, "b/keys.1") == 1 && tries(d, 1) == 2);
}
