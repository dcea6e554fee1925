// What makes findings of bytes, loaded from a home: roster and index in memory, the
// warninglists, and a run to give to run_batch. As it is now: who lives on loads it anew.
#pragma once

#include "model/match/index.h"
#include "task/home.h"
#include "task/watch/run.h"
#include "task/watch/warnings.h"

#define READY_ARENA ((size_t)16 << 30) // address space; a million assets take some 0.7 GiB

struct ready { // texts and tables live in the arena; do not move it
	struct roster roster;
	struct index *index;
	struct warnings_loaded warnings; // their problems are the caller's to tell
	struct run run;                  // progress, context and dry are the caller's to set
};

// The home must be open, and outlive it.
bool ready_load(const struct home *h, struct arena *a, struct ready *out, struct err *e) MUST_USE;
