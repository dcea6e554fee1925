// The roles of `waker run`: processes of one power each, in one table. Each is an executable
// of its own in libexec/waker (src/waker/), started and watched by the supervisor; they meet in
// the store, and say "look now" to each other by a socket HOME/run/ROLE.
#pragma once

#include "os/ears.h"
#include "store/job.h"
#include "task/home.h"
#include "task/service/log.h"

// clang-format off
#define ROLES(X) /* id, name, the kinds of job that it does, its powers, does it hear "look now", whom it tells that after a job (COUNT: nobody), the setting whose "off" it obeys (0: none) */ \
	X(ROLE_CLOCK,  "clock",  0, 0, true, ROLE_COUNT, 0) /* makes jobs of what is due, and of files that come */ \
	X(ROLE_GATHER, "gather", 1u << JOB_FETCH, POWER_EXEC | POWER_NET, true, ROLE_KEYS, 0) /* asks publishers */ \
	X(ROLE_WATCH,  "watch",  1u << JOB_DROP | 1u << JOB_SETTLE | 1u << JOB_RETRO, 0, true, ROLE_KEYS, 0) /* reads files, also of the past, ends what is over */ \
	X(ROLE_METRICS, "metrics", 0, POWER_NET, false, ROLE_COUNT, 0) /* tells a Prometheus how it is, by run/metrics */ \
	X(ROLE_KEYS,   "keys",   1u << JOB_SEAL | 1u << JOB_SEAL_FIRST | 1u << JOB_HEAR, POWER_EXEC, true, ROLE_MAIL, 0) /* writes, signs and encrypts, and reads mail that came in: the one that has the keys */ \
	X(ROLE_MAIL,   "mail",   1u << JOB_SEND | 1u << JOB_SEND_FIRST, POWER_NET, true, ROLE_KEYS, 0) /* gives what is sealed to the other side */ \
	X(ROLE_HEAR,   "hear",   1u << JOB_COLLECT, POWER_NET, true, ROLE_KEYS, 0) /* fetches mail for us */ \
	X(ROLE_PAGE,   "page",   1u << JOB_PAGE, POWER_EXEC | POWER_NET, true, ROLE_COUNT, 0) /* wakes who is on duty */ \
	X(ROLE_WEB,    "web",    0, POWER_NET, false, ROLE_COUNT, offsetof(struct home, web.listen)) /* answers pages, for anybody */
// clang-format on
enum { POWER_EXEC = 1, POWER_NET = 2 }; // to start programs; to have a network
#define X(id, name, kinds, powers, hears, tells, off) id,
enum role { ROLES(X) ROLE_COUNT };
#undef X

struct role_row {
	const char *name;
	unsigned kinds; // bits of enum job_kind
	unsigned powers;
	bool hears;
	enum role tells;
	size_t off; // in struct home; 0: none
};
extern const struct role_row roles[ROLE_COUNT];
// Does this home have it started?
bool role_wanted(const struct home *h, enum role role);

#define ROLE_FOLDER "run" // of the home

struct service;
struct done {
	struct str result; // in words; may be empty
	int64_t next;      // when the same is to be done again; 0: never by itself
	int64_t again;     // of one that failed: when it is tried again; 0: as model/job says
	// What is written in the transaction in which the job is over, also where it failed; NULL:
	// nothing. It can be called again where the store is busy.
	bool (*keep)(struct service *s, const struct job_row *j, void *kept, struct err *e);
	void (*after)(struct service *s, void *kept); // when that is committed; NULL: nothing
	void *kept;                                   // in the arena of the job
};
// What a kind of job does (task/service/do.h), by its key; texts live in a. False: why, and
// out->again.
typedef bool (*role_job)(struct service *s, struct str key, struct arena *a, struct done *out,
			 struct err *e);

// A role at work.
struct service {
	enum role role;
	unsigned store;      // FOR_… of its statements
	const role_job *job; // by kind
	struct arena a;      // the home's texts
	struct home home;
	struct str worker; // "NODE/ROLE.N", this process
	struct str place;  // drop_place
	struct log_by log;
	struct ears *ears;
	bool inbox; // it is ours (inbox_lock)
	void *own;  // what a kind of job keeps open, and how that is closed; NULL: nothing
	void (*own_done)(void *own);
	bool stop;    // what is at hand is ended, and nothing begun
	int64_t took; // microseconds, each of the jobs that were done last; 0: none was
};

// It returns when s->stop is set (true) or it cannot go on.
typedef bool (*role_loop)(struct service *s, struct err *e);

// What main of each role's executable does: `waker run` starts it with the home, the node, and
// the worker that it is. A role's executable links what its own row names, and no more: so its
// statements are those that it can reach (tools/reach.py).
struct role_does {
	enum role role;
	unsigned store; // FOR_… of its statements
	role_loop loop;
	role_job job[JOB_KIND_COUNT]; // of role_work; NULL: of another role
};
// Returns the status to exit with.
int role_main(const struct role_does *does, int argc, char **argv);

// Says "look now" to one of them.
void role_tell(const struct home *h, enum role role);

// The loops.
bool role_clock(struct service *s, struct err *e) MUST_USE;
bool role_work(struct service *s, struct err *e) MUST_USE;    // all roles with kinds
bool role_metrics(struct service *s, struct err *e) MUST_USE; // a failing store is waited for
