// The home, opened for a command about the roster. Not for others.
#pragma once

#include "store/store.h"
#include "task/home.h"
#include "task/roster/change.h"
#include "ui/cli.h"

enum { ROSTER_ARENA_GIB = 16 }; // address space; a million assets take some 0.7 GiB

struct roster_home {
	struct arena a;
	struct home home;
	struct db *d;                // of the home
	struct roster_change change; // rules and clock of this home, yes and dry run of this call
};
#define autorosterhome CLEANUP(roster_home_done) struct roster_home

bool roster_home_open(const struct app *app, struct roster_home *h, struct err *e) MUST_USE;
void roster_home_done(struct roster_home *h);

// What was remarked (on stderr) and what changed (as a table).
void roster_tell_remarks(struct app *app, const struct remarks *r, struct str file);
void roster_tell_changes(struct app *app, const struct roster_outcome *out);
// That a change was made: the whole of it is told, also where only the audit's note fails.
bool roster_changed(struct app *app, struct roster_home *h, const struct roster_outcome *out,
		    struct err *e) MUST_USE;
