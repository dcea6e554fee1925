// Beside an older system (RULES 6), as rows: what is known of a member's findings, which notices
// never left, and what that system told. Writing belongs in a transaction of the caller's.
#pragma once

#include "base/time.h"
#include "model/notice/older.h"
#include "store/message.h"

struct shadow_day {
	int64_t since, until; // of the notices that are asked for; 0, 0: of none
};

struct shadow_finding { // texts hold until the next one is read
	int64_t id;
	uint32_t number; // behind its public id
	struct str issue, seen;
	enum severity severity;
	int64_t since;   // in its state
	struct str held; // "LIST: ENTRY" that holds it back; empty: none
	enum finding_end ended;
	enum notice_timing timing; // of what is planned: when it goes, and why then
	int64_t due;
	struct older_case is;
};
bool shadow_of(struct db *d, int64_t member, const struct shadow_day *day, struct db_rows **out,
	       struct err *e) MUST_USE;
bool shadow_next_finding(struct db_rows *r, struct shadow_finding *out, struct err *e) MUST_USE;

// What notices that never left told on that day, by member, issue and what was seen.
struct shadow_told { // likewise
	int64_t finding;
	struct str slug, issue, seen;
};
bool shadow_told(struct db *d, const struct shadow_day *day, struct db_rows **out, struct err *e)
	MUST_USE;
bool shadow_next_told(struct db_rows *r, struct shadow_told *out, struct err *e) MUST_USE;

// What is told when the mode is on: how many findings, of how many members, nobody was told of but by
// notices that never left.
struct shadow_left {
	int64_t findings, members;
};
bool shadow_left(struct db *d, struct shadow_left *out, struct err *e) MUST_USE;

// The message of what the older system told tells of this finding: what was planned of it, and is
// in nothing that leaves, is in that message, and is due no later than it was told.
bool shadow_take(struct db *d, const struct message_row *m, int64_t finding, struct err *e)
	MUST_USE;
