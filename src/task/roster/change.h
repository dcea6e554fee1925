// Making the store's roster what a file (or a command) says: read, check, compare, and
// write, all or nothing in one transaction. A dry run does all of it and then forgets
// it, so what it shows is what would happen.
#pragma once

#include "model/roster/check.h"
#include "model/roster/difference.h"
#include "task/audit/write.h"

enum { ROSTER_AUDITED = 1000 };

struct roster_change {
	struct check_rules rules;
	int64_t now;
	bool dry_run;
	bool yes;           // consent to what needs one, and to removing much
	bool ask;           // also before the smallest removal: this is one
	bool rehearsed;     // or there is no past to rehearse it with: a large one is well
	size_t confirmed;   // the number that the officer typed: so many may go
	size_t unrehearsed; // likewise: so many may change that were not rehearsed
	struct audit_by by; // each change is a row of the audit; more than ROSTER_AUDITED are one
};

struct roster_outcome {
	struct remarks remarks;
	struct roster old;       // as it was
	struct roster_file file; // as it is now
	struct difference difference;
	int64_t ended; // findings that are over, since nobody of theirs holds what was seen
	int64_t keys;  // of addresses of which no contact is left, which went
	int64_t retro; // the question that the past is asked for what came; 0: none
	size_t large; // of an import: so many assets change that it is large (model/guardian/large.h)
	size_t many; // so many would go, more than 5 % or asked for: not done without yes or this number
};

// Texts go to a, which must have room for both rosters. ERR_INPUT: mistakes, all in
// out->remarks, nothing changed; ERR_DENIED: a yes is missing, out says for what (many
// before large, each that *c does not have);
// out is set in both cases and on success. A transaction may not be open.
bool roster_import(struct db *d, const struct roster_change *c, struct str bytes,
		   enum roster_form form, struct arena *a, struct roster_outcome *out,
		   struct err *e) MUST_USE;

// As roster_import, for commands that change one thing: edit() is given the roster as
// it is and makes the one to be. Only remarks about lines from 1 count: the thing
// edited has line 1, the others 0. ERR_ABSENT and the like come from edit().
typedef bool (*roster_edit)(struct roster_file *file, void *with, struct arena *a, struct err *e);
bool roster_edit_one(struct db *d, const struct roster_change *c, roster_edit edit, void *with,
		     struct arena *a, struct roster_outcome *out, struct err *e) MUST_USE;
