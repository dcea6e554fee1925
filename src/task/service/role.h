// The roles of `waker run`: processes of one power each, in one table. Each is an executable
// of its own in libexec/waker (src/waker/), started and watched by the supervisor; they meet in
// the store, and say "look now" to each other by a socket HOME/run/ROLE.
#pragma once

#include "model/job/job.h"
#include "os/ears.h"
#include "task/home.h"
#include "task/service/log.h"

// clang-format off
#define ROLES(X) /* id, name, the kinds of job that it does, does it hear "look now" */          \
	X(ROLE_CLOCK,  "clock",  0, true) /* makes jobs of what is due, and of files that come */    \
	X(ROLE_GATHER, "gather", 1u << JOB_FETCH, true) /* asks publishers, reads what they have new */ \
	X(ROLE_WATCH,  "watch",  1u << JOB_DROP | 1u << JOB_SETTLE, true) /* reads files, ends what is over */ \
	X(ROLE_METRICS, "metrics", 0, false) /* tells a Prometheus how it is (run/metrics is for that) */
// clang-format on
#define X(id, name, kinds, hears) id,
enum role { ROLES(X) ROLE_COUNT };
#undef X

struct role_row {
	const char *name;
	unsigned kinds; // bits of enum job_kind
	bool hears;
};
extern const struct role_row roles[ROLE_COUNT];

#define ROLE_FOLDER "run" // of the home

// A role at work.
struct service {
	enum role role;
	struct arena a; // the home's texts
	struct home home;
	struct str worker; // "NODE/ROLE.N", this process
	struct str place;  // drop_place
	struct log_by log;
	struct ears *ears;
	bool inbox; // it is ours (inbox_lock)
	bool stop;  // what is at hand is ended, and nothing begun
};

// It returns when s->stop is set (true) or it cannot go on.
typedef bool (*role_loop)(struct service *s, struct err *e);

// What main of each role's executable does: `waker run` starts it with the home, the node, and
// the worker that it is. Its loop is named there, so that it links what that one needs, and no more.
// Returns the status to exit with.
int role_main(enum role role, role_loop loop, int argc, char **argv);

// Says "look now" to one of them.
void role_tell(const struct home *h, enum role role);

// The loops.
bool role_clock(struct service *s, struct err *e) MUST_USE;
bool role_work(struct service *s, struct err *e) MUST_USE;    // all roles with kinds
bool role_metrics(struct service *s, struct err *e) MUST_USE; // a failing store is waited for
