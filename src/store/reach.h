// Who was asked whether our mail reaches them, and who said so, as rows: of an address, as long as a contact
// of the member has it. Writing belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "model/answer/answer.h"
#include "model/notice/message.h"
#include "os/db.h"

struct reach_from {
	int64_t since, now; // who was asked since then is left out
	struct str member;  // its slug; empty: of all
};
struct reach_due { // texts hold until the next one is read
	int64_t member;
	struct str slug;
	struct reachable to;
};
bool reach_due(struct db *d, const struct reach_from *f, struct db_rows **out, struct err *e)
	MUST_USE; // by member
bool reach_next_due(struct db_rows *r, struct reach_due *out, struct err *e) MUST_USE;
bool reach_add(struct db *d, int64_t message, struct err *e) MUST_USE; // all its deliveries ask

struct reach_last { // of one contact, the last time that it was asked
	int64_t contact, made;
	enum delivery_state state;
	int64_t changed;   // when it came into that state
	int64_t confirmed; // 0: not
	enum answer_way way;
	int64_t reached; // when it was confirmed last, also of an earlier time; 0: never
};
bool reach_last(struct db *d, struct db_rows **out, struct err *e) MUST_USE; // by contact
bool reach_next_last(struct db_rows *r, struct reach_last *out, struct err *e) MUST_USE;

struct reach_row {
	int64_t confirmed, doubted; // 0: never
};
// False + ERR_NONE: this delivery asks nothing of the kind.
bool reach_of(struct db *d, int64_t delivery, struct reach_row *out, struct err *e) MUST_USE;
bool reach_confirm(struct db *d, int64_t delivery, int64_t at, enum answer_way way, struct err *e)
	MUST_USE; // the first word stands
bool reach_doubt(struct db *d, int64_t delivery, int64_t at, struct err *e) MUST_USE;
bool reach_drop(struct db *d, struct err *e) MUST_USE; // those whose address is gone
