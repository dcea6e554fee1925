// How many jobs a second are claimed and finished, by the calls that the roles use:
// jobs STORE COUNT, the path of a new file or the URL of an empty database.
#include "base/time.h"
#include "os/clock.h"
#include "store/job.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>

enum { AT_ONCE = 100 }; // of one claim

static bool add_all(struct db *d, unsigned count, struct err *e)
{
	if (!db_begin(d, e))
		return false;
	for (unsigned i = 0; i < count; i++) {
		char key[32];
		struct job_row j = { .kind = JOB_DROP, .due = 1, .made = 1 };
		bool added;

		j.key = (struct str){ key, (size_t)snprintf(key, sizeof key, "lab/%u 1-1", i) };
		if (!job_add(d, &j, &added, e))
			return false;
	}
	return db_commit(d, e);
}

static bool claim(struct db *d, int64_t *ids, size_t *n, struct err *e)
{
	struct job_claim c = { JOB_DROP, S(""), S("bench/watch"), 2, TIME_HOUR, AT_ONCE };
	autorows r = NULL;
	struct job_row j;

	*n = 0;
	if (!db_begin(d, e) || !job_claim(d, &c, &r, e))
		return false;
	while (job_next_row(r, &j, e))
		ids[(*n)++] = j.id;
	db_end(TAKE(r, NULL));
	return e->kind == ERR_NONE && db_commit(d, e);
}

static bool finish(struct db *d, const int64_t *ids, size_t n, struct err *e)
{
	if (!db_begin(d, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct job_row j = { .id = ids[i],
				     .worker = S("bench/watch"),
				     .state = JOB_DONE,
				     .ended = 3,
				     .result = S("records: 1, hits: 1, new: 1") };

		if (!job_over(d, &j, e))
			return false;
	}
	return db_commit(d, e);
}

static bool run(const char *at, unsigned count, struct err *e)
{
	autostore d = NULL;
	int64_t ids[AT_ONCE], begun, done = 0;
	size_t n;

	if (!store_open((struct db_place){ at, NULL }, STORE_MAKE, 1, &d, e) ||
	    !add_all(d, count, e))
		return false;
	begun = clock_since();
	do {
		if (!claim(d, ids, &n, e) || !finish(d, ids, n, e))
			return false;
		done += (int64_t)n;
	} while (n > 0);
	printf("%lld\n", (long long)(done * TIME_SECOND / (clock_since() - begun)));
	return done == (int64_t)count;
}

int main(int argc, char **argv)
{
	struct err e = { 0 };

	if (argc != 3 || !run(argv[1], (unsigned)strtoul(argv[2], NULL, 10), &e)) {
		fprintf(stderr, "jobs STORE COUNT: %s\n", e.text);
		return 1;
	}
	return 0;
}
