// One day of an older system beside the same day of Waker in the mode `shadow`, in words: what both
// told, what that system alone and why Waker did not, what Waker alone (RULES 6).
#pragma once

#include "task/shadow/look.h"

// clang-format off
#define COMPARED(X)                              \
	X(TOLD_BY_OLDER, "older") /* it alone */ \
	X(TOLD_BY_WAKER, "waker") /* likewise */ \
	X(TOLD_BY_BOTH,  "both")
// clang-format on
#define X(id, word) id,
enum compared_by { COMPARED(X) COMPARED_COUNT };
#undef X
struct str compared_by_word(enum compared_by by);

struct compared_row {
	enum compared_by by;
	struct str member; // its slug, or what the older system called it
	struct str issue;  // ours, or what the older system called it
	enum older_why why;
	struct str detail; // of why; empty: none
	int64_t things;    // findings, or lines that meet none
	struct str thing;  // the first of them
	unsigned line;     // of the file, of the first; 0: none
};

struct compared {
	LIST(struct compared_row) rows; // by who told, member, issue and why
	int64_t things[COMPARED_COUNT];
	int64_t other_days; // lines of the file that tell of another day
	int64_t foreign;    // things in texts of mails of the day that no member holds
};

// The look's day is the one that is compared. `each`: a row for each thing. Texts live in the
// arena of the look.
bool shadow_compare(struct look *l, const struct older *o, bool each, struct compared *out,
		    struct err *e) MUST_USE;
