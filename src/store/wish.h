// What contacts wish, as rows: how it is read is model/notice/wish.h.
#pragma once

#include "base/arena.h"
#include "model/notice/wish.h"
#include "os/db.h"

// The contacts of members of whom one wishes something, those of a member together, as a message
// would look at them. Texts hold until the next row.
bool wish_all(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool wish_next(struct db_rows *r, int64_t *member, struct reachable *out, struct err *e) MUST_USE;

// What a contact wishes; one that is gone wishes nothing. The texts of *out live in a.
bool wish_of(struct db *d, int64_t contact, struct arena *a, struct wish *out, struct err *e)
	MUST_USE;

// What a message tells of, as mandates name it. Texts hold until the next row.
bool wish_told_of(struct db *d, int64_t message, struct db_rows **out, struct err *e) MUST_USE;
bool wish_next_told(struct db_rows *r, struct mandate_case *out, struct err *e) MUST_USE;
