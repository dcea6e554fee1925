// A year of the team's key (model/key/year.h) as it stands: which keys, which steps are done, and which
// comes next.
#pragma once

#include "store/key_team.h"
#include "task/home.h"

struct year_stands { // texts in the caller's arena
	int year;
	bool made;                   // it has a key, that was not revoked
	struct team_key key, former; // former.id 0: none certified it; before it is made: what will
	struct str statement;
	struct year_done done;
	struct str who[YEAR_STEP_COUNT]; // did each
	struct master_key master;        // fingerprint empty: none is known
	int64_t told, arrived;           // correspondents
};
// ERR_USAGE: no key can be of such a year.
bool year_load(const struct home *h, int year, struct arena *a, struct year_stands *out,
	       struct err *e) MUST_USE;
// ERR_CONFLICT: another step is to be done first, and which.
bool year_ready(const struct year_stands *y, enum year_step step, struct err *e) MUST_USE;
// It was done now; when it was first is kept. In a transaction of the caller's.
bool year_did(const struct home *h, struct year_stands *y, enum year_step step, struct str who,
	      struct err *e) MUST_USE;
