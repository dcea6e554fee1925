// Work that is never lost: what a job is, and what comes of one that fails. Pure.
#pragma once

#include "base/err.h"
#include "base/str.h"

// The numbers stand in the store: new ones at the end. The key says what it is done to; of a
// kind, place and key there is one job at a time that is not over, so that who asks twice asks once.
// clang-format off
#define JOB_KINDS(X) /* id, word, can it be done in one home alone, where its matter lies; does it go before others */ \
	X(JOB_FETCH,  "fetch",  false, false) /* asks a publisher for what is new, and reads it */   \
	X(JOB_DROP,   "drop",   true,  false) /* reads a file of the inbox */                        \
	X(JOB_SETTLE, "settle", false, false) /* ends what is over by time, and plans what is told */ \
	X(JOB_SEAL,   "seal",   false, false) /* writes a delivery, signs and encrypts it: by its number */ \
	X(JOB_SEND,   "send",   false, false) /* gives it to the other side: likewise */             \
	X(JOB_SEAL_FIRST, "seal-first", false, true) /* both of what is told at once: no digest is in its way */ \
	X(JOB_SEND_FIRST, "send-first", false, true)                                                 \
	X(JOB_HEAR, "hear", false, false) /* reads a mail that came in: by its number */             \
	X(JOB_COLLECT, "collect", false, false) /* fetches what waits in our mailbox */ \
	X(JOB_PAGE, "page", false, false) /* wakes who is on duty */ \
	X(JOB_RETRO, "retro", false, false) /* goes on asking the past for assets that came later: by the question's number */

// The numbers stand in the store: new ones at the end.
#define JOB_STATES(X)                                                                           \
	X(JOB_WAITS,     "waiting")   /* until it is due, and somebody takes it */                  \
	X(JOB_RUNS,      "running")   /* somebody has it, until its lease is over */                \
	X(JOB_DONE,      "done")                                                                    \
	X(JOB_PARKED,    "parked")    /* it failed for good: a person is needed */                  \
	X(JOB_CANCELLED, "cancelled") /* a person did that */
// clang-format on
#define X(id, word, here, first) id,
enum job_kind { JOB_KINDS(X) JOB_KIND_COUNT };
#undef X
#define X(id, word) id,
enum job_state { JOB_STATES(X) JOB_STATE_COUNT };
#undef X

struct str job_kind_word(enum job_kind kind);
bool job_kind_here(enum job_kind kind);
bool job_kind_first(enum job_kind kind);
bool job_kind_read(struct str word, enum job_kind *out) MUST_USE;
struct str job_state_word(enum job_state state);
bool job_state_read(struct str word, enum job_state *out) MUST_USE;

// It is not over: another of its kind and key would be the same work.
static inline bool job_lives(enum job_state s)
{
	return s == JOB_WAITS || s == JOB_RUNS || s == JOB_PARKED;
}

enum {
	JOB_LEASE_SECONDS = 30, // of who runs it; the supervisor renews it three times in that
	JOB_MOST_TRIES = 12,    // then it is parked
	JOB_KEY_MOST = 512,     // bytes
};

// When a job that failed with this kind for the n-th time (from 1) is tried again: 5 seconds
// after the first time, then twice as long each, an hour at the most. TIME_NEVER: it is
// parked, for trying again changes nothing, or has been tried enough.
int64_t job_again(enum err_kind why, int64_t tries, int64_t now);
