// Machines of members that are told too, as rows. Writing belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "model/notice/message.h"
#include "os/db.h"

struct hook_row { // texts of a row that was read hold until the next one is
	int64_t id, member;
	enum channel channel;
	struct str address;
	int64_t made;
	struct str who;
	int64_t off; // since when it is told no more; 0: it is
	// of hook_list
	struct str slug;
	int64_t arrived; // the last time; 0: never
	int64_t refused; // how often
};
bool hook_add(struct db *d, struct hook_row *h, struct err *e) MUST_USE; // sets id
// member empty: of all.
bool hook_list(struct db *d, struct str member, bool all, struct db_rows **out, struct err *e)
	MUST_USE;
bool hook_next_row(struct db_rows *r, struct hook_row *out, struct err *e) MUST_USE;
// Those that are told; id, channel and address are set.
bool hook_of(struct db *d, int64_t member, struct db_rows **out, struct err *e) MUST_USE;
bool hook_next_of(struct db_rows *r, struct hook_row *out, struct err *e) MUST_USE;
// *was: it was told until now.
bool hook_off(struct db *d, int64_t id, int64_t now, bool *was, struct err *e) MUST_USE;
