// Two stores that came of the same batches, finding by finding (member, issue, what was
// seen): what there would be and is not, what would be over, or another's, or told
// otherwise.
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "os/db.h"

enum { COMPARE_MOST = 2000000 }; // changes; more are ERR_LIMIT

// How a finding stands.
// clang-format off
#define STANDINGS(X)                                        \
	X(STAND_NONE, "none")        \
	X(STAND_CANDIDATE, "candidate")      \
	X(STAND_HELD, "held") \
	X(STAND_OPEN, "open")             \
	X(STAND_OVER, "over")
// clang-format on
#define X(id, word) id,
enum standing { STANDINGS(X) STANDING_COUNT };
#undef X

// What is different, by what it would be.
// clang-format off
#define COMPARED(X)                                                           \
	X(COMPARED_OPENED,    "opened",    "would be found, or open still")        \
	X(COMPARED_MOVED,     "moved",     "would be another member's")           \
	X(COMPARED_ENDED,     "ended",     "would be over, or not be found")      \
	X(COMPARED_HELD,      "held",      "would be held by a warninglist")      \
	X(COMPARED_CANDIDATE, "candidate", "would be a candidate only")           \
	X(COMPARED_SEVERITY,  "severity",  "would have another severity")         \
	X(COMPARED_TOLD,      "told",      "would be told otherwise")
// clang-format on
#define X(id, word, says) id,
enum compared { COMPARED(X) COMPARED_COUNT };
#undef X

struct str standing_word(enum standing s);
struct str compared_word(enum compared c);
const char *compared_says(enum compared c);

struct rehearse_side { // of one finding; STAND_NONE: the rest is 0
	enum standing standing;
	struct str member;
	unsigned severity;
	int64_t first_seen, last_seen;
	int64_t at_once, digest; // notices of it
};

struct rehearse_change {
	enum compared what;
	struct str issue, seen;
	struct rehearse_side was, would;
};

struct rehearse_changes {
	LIST(struct rehearse_change) at; // by what, then member, issue and what was seen
	uint64_t count[COMPARED_COUNT];
	uint64_t same;                 // findings that are as they are
	int64_t at_once[2], digest[2]; // notices of all findings: as it is, as it would be
};

bool compare_stores(struct db *was, struct db *would, struct arena *a, struct rehearse_changes *out,
		    struct err *e) MUST_USE;
