// What needs a person now, of whatever sort (SCREENS 2a): one list, by when each is due. Pure: the kinds
// and their terms.
#pragma once

#include "base/str.h"
#include "base/time.h"
#include "model/finding/issue.h"

// Does it wake whoever is on duty (model/duty)?
enum desk_pages { DESK_WAITS, DESK_PAGES_CRITICAL, DESK_PAGES };

// The numbers stand in the store: new ones at the end. Hours: until it is due, of what is critical and
// of what is not.
// clang-format off
#define DESK_KINDS(X) /* id, word, hours if critical, else, whom it wakes, what it is, what to type */                 \
	X(DESK_CALL,      "call",      0, 4,   DESK_PAGES_CRITICAL, "a member is to be called",               "waker calls show") \
	X(DESK_BREAKER,   "breaker",   1, 1,   DESK_PAGES, "an issue would tell too many at once",   "waker notice plan") \
	X(DESK_BATCH,     "batch",     4, 4,   DESK_WAITS, "a batch is held",                        "waker batch list --state held") \
	X(DESK_DISPUTE,   "dispute",   4, 48,  DESK_WAITS, "a member says that it is wrong",         "waker finding explain") \
	X(DESK_CANDIDATE, "candidate", 8, 24,  DESK_WAITS, "weakly matched: is it the member's?",    "waker finding explain") \
	X(DESK_MAIL,      "mail",      8, 8,   DESK_WAITS, "a mail that no machine understood",      "waker mail show") \
	X(DESK_SILENT,    "silent",    24, 72, DESK_WAITS, "a member does not answer",               "waker finding list --state told --of") \
	X(DESK_CONDITION, "condition", 1, 8,   DESK_PAGES_CRITICAL, "the system's own trouble",               "waker condition show") \
	X(DESK_KEY,       "key",       48, 48, DESK_WAITS, "a key came: whose is it?",               "waker key show") \
	X(DESK_REACH,     "contact-test", 72, 72, DESK_WAITS, "nobody says that our mail reaches them", "waker contact list --of")
// clang-format on
#define X(id, word, critical, other, pages, says, see) id,
enum desk_kind { DESK_KINDS(X) DESK_KIND_COUNT };
#undef X

enum {
	DESK_SILENT_DAYS = 5, // told so long ago, and not answered
	DESK_REST_DAYS = 14,  // nothing rests longer
};

struct str desk_kind_word(enum desk_kind kind);
struct str desk_kind_says(enum desk_kind kind);
struct str desk_kind_see(enum desk_kind kind); // the command that shows one; its name goes behind
bool desk_wakes(enum desk_kind kind, enum severity severity);
unsigned desk_waking(void); // the kinds that can: bits of 1 << kind
bool desk_kind_read(struct str word, enum desk_kind *out) MUST_USE;

// By when somebody should have seen to it. `severity` 0: it has none.
int64_t desk_due(enum desk_kind kind, enum severity severity, int64_t since);
// All stands by when it is due; but what is critical and due now stands before whatever else is late.
bool desk_is_first(enum severity severity, int64_t due, int64_t now);
