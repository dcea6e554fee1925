// The home, opened for what makes findings of bytes (task/watch/ready.h).
#pragma once

#include "task/watch/ready.h"
#include "ui/cli.h"

struct watch_home {
	struct arena a; // all of it lives here
	struct home home;
	struct ready ready;
};
#define autowatchhome CLEANUP(watch_home_done) struct watch_home

// `jobs`: an option of the call, .p NULL: as waker.conf says. Warninglists that cannot be
// read are left out, and said.
bool watch_home_open(const struct app *app, struct str jobs, struct watch_home *out, struct err *e)
	MUST_USE;
void watch_home_done(struct watch_home *h);
