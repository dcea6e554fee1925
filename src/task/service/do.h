// What each kind of job does. Private to task/service.
#pragma once

#include "store/job.h"
#include "task/service/role.h"

struct done {
	struct str result; // in words; may be empty
	int64_t next;      // when the same is to be done again; 0: never by itself
	int64_t again;     // of one that failed: when it is tried again; 0: as model/job says
};

// With the home's clock at now; texts live in a. False: why, and out->again.
bool do_fetch(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_drop(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
bool do_settle(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
	MUST_USE;
