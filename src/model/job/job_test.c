#include "base/test.h"
#include "base/time.h"
#include "model/job/job.h"

TEST("job: what may pass by itself is tried again later and later, all else is parked at once")
{
	static const int64_t waits[] = { 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600 };

	for (size_t i = 0; i < COUNTOF(waits); i++)
		CHECK(job_again(ERR_REMOTE, (int64_t)i + 1, TIME_DAY) ==
		      TIME_DAY + waits[i] * TIME_SECOND);
	CHECK(COUNTOF(waits) + 1 == JOB_MOST_TRIES);
	CHECK(job_again(ERR_REMOTE, JOB_MOST_TRIES, 0) == TIME_NEVER);
	CHECK(job_again(ERR_SYSTEM, 1, 0) == 5 * TIME_SECOND);
	CHECK(job_again(ERR_CONFLICT, 1, 0) == 5 * TIME_SECOND);
	CHECK(job_again(ERR_INPUT, 1, 0) == TIME_NEVER);
	CHECK(job_again(ERR_CONFIG, 1, 0) == TIME_NEVER);
	CHECK(job_again(ERR_DENIED, 1, 0) == TIME_NEVER);
}

TEST("job: words are read back")
{
	for (unsigned i = 0; i < JOB_KIND_COUNT; i++) {
		enum job_kind k = JOB_KIND_COUNT;

		CHECK(job_kind_read(job_kind_word((enum job_kind)i), &k) && k == i);
	}
	for (unsigned i = 0; i < JOB_STATE_COUNT; i++) {
		enum job_state s = JOB_STATE_COUNT;

		CHECK(job_state_read(job_state_word((enum job_state)i), &s) && s == i);
		CHECK(job_lives(s) == (s != JOB_DONE && s != JOB_CANCELLED));
	}
	CHECK(!job_kind_read(S("none"), &(enum job_kind){ 0 }));
	CHECK(!job_state_read(S("none"), &(enum job_state){ 0 }));
}
