// What officers write to members themselves, as rows. Writing belongs in a transaction of the
// caller's.
#pragma once

#include "base/arena.h"
#include "os/db.h"

struct alert_row { // texts of a row that was read hold until the next one is
	int64_t id, made;
	struct str who, tlp;
	struct str title, title_nl;    // empty: not in that language
	struct str body, body_nl;      // likewise
	struct str audience;           // as it was typed
	int64_t members, told, failed; // when reading: messages of it
};
bool alert_add(struct db *d, struct alert_row *x, struct err *e) MUST_USE; // sets id
// `id` 0: all, newest first.
bool alert_list(struct db *d, int64_t id, struct db_rows **out, struct err *e) MUST_USE;
bool alert_next_row(struct db_rows *r, struct alert_row *out, struct err *e) MUST_USE;
// Texts go to a. False + ERR_NONE: there is none.
bool alert_by_id(struct db *d, int64_t id, struct arena *a, struct alert_row *out, struct err *e)
	MUST_USE;

// Members, by their rows, who have an open finding of this issue; "infected.*": of its family.
bool alert_members(struct db *d, struct str issue, struct db_rows **out, struct err *e) MUST_USE;
bool alert_next_member(struct db_rows *r, int64_t *member, struct err *e) MUST_USE;
