#include "model/job/job.h"

#include "base/time.h"

#include <assert.h>

#define FIRST_AGAIN   (5 * TIME_SECOND)
#define LONGEST_AGAIN TIME_HOUR

#define X(id, word, here, first) { word, here, first },
static const struct {
	const char *word;
	bool here, first;
} kinds[JOB_KIND_COUNT] = { JOB_KINDS(X) };
#undef X

#define X(id, word) word,
static const char *const states[JOB_STATE_COUNT] = { JOB_STATES(X) };
#undef X

struct str job_kind_word(enum job_kind kind)
{
	assert(kind < JOB_KIND_COUNT);
	return str_of(kinds[kind].word);
}

bool job_kind_here(enum job_kind kind)
{
	assert(kind < JOB_KIND_COUNT);
	return kinds[kind].here;
}

bool job_kind_first(enum job_kind kind)
{
	assert(kind < JOB_KIND_COUNT);
	return kinds[kind].first;
}

bool job_kind_read(struct str word, enum job_kind *out)
{
	for (unsigned i = 0; i < JOB_KIND_COUNT; i++)
		if (str_eq(word, str_of(kinds[i].word))) {
			*out = (enum job_kind)i;
			return true;
		}
	return false;
}

struct str job_state_word(enum job_state state)
{
	assert(state < JOB_STATE_COUNT);
	return str_of(states[state]);
}

bool job_state_read(struct str word, enum job_state *out)
{
	for (unsigned i = 0; i < JOB_STATE_COUNT; i++)
		if (str_eq(word, str_of(states[i]))) {
			*out = (enum job_state)i;
			return true;
		}
	return false;
}

int64_t job_again(enum err_kind why, int64_t tries, int64_t now)
{
	int64_t wait = FIRST_AGAIN;

	if (!err_meaning(why)->retry || tries >= JOB_MOST_TRIES)
		return TIME_NEVER;
	for (int64_t i = 1; i < tries && wait < LONGEST_AGAIN; i++)
		wait *= 2;
	return now + (wait < LONGEST_AGAIN ? wait : LONGEST_AGAIN);
}
