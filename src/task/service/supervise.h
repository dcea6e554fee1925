// What `waker run` is: it starts the roles (role.h), starts a dead one again after a while,
// says in the store that they live, and ends them. It reads nothing foreign, and does no job.
#pragma once

#include "task/home.h"

enum {
	SUPERVISE_BEAT_SECONDS = 10, // how often the store is told
	SUPERVISE_DRAIN_SECONDS = 8, // for jobs at hand, after SIGTERM; then they are killed
	SUPERVISE_LONGEST_SECONDS =
		60, // before a role is started again: 1, 2, 4, … after each death
	SUPERVISE_WELL_SECONDS = 60, // a role that lived so long begins anew with 1
};

// Until SIGTERM or SIGINT; SIGHUP takes over the configuration, if it checks. ERR_CONFLICT:
// another `waker run` has this home.
bool supervise(const struct home *h, struct err *e) MUST_USE;
