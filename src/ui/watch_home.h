// The home, opened for what makes findings of bytes: roster and index in memory, the
// warninglists, and a run to give to run_batch.
#pragma once

#include "model/match/index.h"
#include "task/home.h"
#include "task/watch/run.h"
#include "ui/cli.h"

struct watch_home {
	struct arena a; // all of it lives here
	struct home home;
	struct roster roster;
	struct index *index;
	struct run run; // progress and context are the caller's to set
};
#define autowatchhome CLEANUP(watch_home_done) struct watch_home

// `jobs`: an option of the call, .p NULL: as waker.conf says. Warninglists that cannot be
// read are left out, and said.
bool watch_home_open(const struct app *app, struct str jobs, struct watch_home *out, struct err *e)
	MUST_USE;
void watch_home_done(struct watch_home *h);
