// What needs a person, as rows, and who has which of it. Writing belongs in a transaction of the
// caller's.
#pragma once

#include "model/desk/desk.h"
#include "os/db.h"

struct desk_row { // texts hold until the next one is read
	enum desk_kind kind;
	int64_t thing; // its number in the store
	uint32_t
		number; // behind its public id, where it has one; of `silent`: findings, of `contact-test`: contacts
	struct str slug;        // of the member, or the feed; may be empty
	enum severity severity; // 0: it has none
	int64_t since;
	struct str says, owner;
	int64_t until; // it rests; 0: it does not
};
enum { DESK_ALL = (1 << DESK_KIND_COUNT) - 1 };
// `kinds`: bits of 1 << kind.
bool desk_list(struct db *d, int64_t now, unsigned kinds, struct db_rows **out, struct err *e)
	MUST_USE;
bool desk_next(struct db_rows *r, struct desk_row *out, struct err *e) MUST_USE;
// By kind, thing, owner and until.
bool desk_put(struct db *d, const struct desk_row *x, int64_t now, struct err *e) MUST_USE;
