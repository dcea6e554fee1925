// What an older system told counts as told (RULES 6): its findings are told, their plan is in a
// message of it that left long ago, and who begins with Waker tells nobody twice.
#pragma once

#include "task/shadow/look.h"

struct import_left { // a line that tells of nothing that is told now
	const struct older_row *row;
	enum older_why why;
	struct str detail;                  // of why; empty: none
	const struct look_finding *finding; // NULL: it meets none
	const struct member *member;        // NULL: nobody's
};

struct imported {
	int64_t lines, already; // lines; those of what was told before
	int64_t foreign;        // things in texts of mails that no member holds
	int64_t findings, messages, members;
	LIST(struct import_left) left;
};

// Of several lines about one finding the last time counts. Told again, the same file changes
// nothing. In a transaction of the caller's; texts of *out live in the look's arena.
bool shadow_import(struct look *l, const struct older *o, struct imported *out, struct err *e)
	MUST_USE;
