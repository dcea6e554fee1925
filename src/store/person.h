// Where a person's data stand (RULES 10), for an access request: the places that are
// looked at, each with the term of the retention table that lets it go.
#pragma once

#include "base/arena.h"
#include "model/retention/retention.h"
#include "os/db.h"

// clang-format off
#define PERSON_PLACES(X) /* id, word, what its number is, term (RETAIN_COUNT: none) */ \
	X(PERSON_CONTACT,  "contact",  NUMBER_ROW,     RETAIN_CONTACTS)                    \
	X(PERSON_ASSET,    "asset",    NUMBER_ROW,     RETAIN_COUNT)                       \
	X(PERSON_ACCOUNT,  "accounts", NUMBER_FINDING, RETAIN_ACCOUNTS)                    \
	X(PERSON_EVIDENCE, "evidence", NUMBER_FINDING, RETAIN_EVIDENCE)                    \
	X(PERSON_BATCH,    "batches",  NUMBER_ROW,     RETAIN_BATCHES)                     \
	X(PERSON_SUPPRESS, "suppress", NUMBER_ROW,     RETAIN_SUPPRESS)                    \
	X(PERSON_HISTORY,  "history",  NUMBER_FINDING, RETAIN_HISTORY)                     \
	X(PERSON_AUDIT,    "audit",    NUMBER_ROW,     RETAIN_AUDIT)                       \
	X(PERSON_BREAKER,  "breakers", NUMBER_ROW,     RETAIN_COUNT)                       \
	X(PERSON_KEY,      "keys",     NUMBER_ROW,     RETAIN_COUNT)                       \
	X(PERSON_CHECK,    "key-checks", NUMBER_ROW,   RETAIN_COUNT)                       \
	X(PERSON_TEAM_KEY, "team-keys", NUMBER_ROW,    RETAIN_COUNT)                       \
	X(PERSON_DELIVERY, "messages", NUMBER_MESSAGE, RETAIN_MESSAGES)                    \
	X(PERSON_ALERT,    "alerts",   NUMBER_ROW,     RETAIN_ALERTS)                      \
	X(PERSON_HOOK,     "hooks",    NUMBER_ROW,     RETAIN_COUNT)                       \
	X(PERSON_TELLING,  "sending",  NUMBER_ROW,     RETAIN_COUNT)                       \
	X(PERSON_ANSWER,   "answers",  NUMBER_FINDING, RETAIN_ANSWERS)                     \
	X(PERSON_MAIL,     "mail",     NUMBER_ROW,     RETAIN_MAIL)                        \
	X(PERSON_BOUNCE,   "bounces",  NUMBER_ROW,     RETAIN_COUNT)                       \
	X(PERSON_CALL,     "calls",    NUMBER_MESSAGE, RETAIN_CALLS)                       \
	X(PERSON_OFFICER,  "officers", NUMBER_ROW,     RETAIN_COUNT)                       \
	X(PERSON_PAGE,     "pages",    NUMBER_ROW,     RETAIN_PAGES)                       \
	X(PERSON_ARCHIVE,  "archive",  NUMBER_ROW,     RETAIN_ARCHIVE)                     \
	X(PERSON_SEALED,   "sealed",   NUMBER_ROW,     RETAIN_SEALED)
// clang-format on
#define X(id, word, number, term) id,
enum person_place { PERSON_PLACES(X) PERSON_PLACE_COUNT };
#undef X

enum { PERSON_LEAST = 3, PERSON_MOST = 200 }; // bytes of what is looked for

struct person_place_row {
	const char *word;
	enum {
		NUMBER_ROW,
		NUMBER_FINDING,
		NUMBER_MESSAGE
	} number; // a row's, or the public one of a finding or a message
	enum retain term;
};
extern const struct person_place_row person_places[PERSON_PLACE_COUNT];

struct person_hit { // texts hold until the next one is read
	enum person_place place;
	struct str subject; // a member, or the audit's subject
	int64_t number;
	struct str what, value;
	int64_t since; // TIME_EVER: not known
	int64_t over;  // from when its term counts; TIME_NEVER: it does not yet
};

// Whatever has these bytes in it, small and capital ASCII letters being the same.
bool person_find(struct db *d, enum person_place place, struct str search, struct arena *a,
		 struct db_rows **out, struct err *e) MUST_USE;
bool person_next(struct db_rows *r, enum person_place place, struct person_hit *out, struct err *e)
	MUST_USE;

// Until when it is kept; TIME_NEVER: as long as it is in use.
int64_t person_until(const struct person_hit *hit);

// Deliveries to such an address that nobody has begun to give away, by their numbers.
bool person_waiting(struct db *d, struct str search, struct arena *a, struct db_rows **out,
		    struct err *e) MUST_USE;
bool person_next_waiting(struct db_rows *r, int64_t *delivery, struct err *e) MUST_USE;

// Erases what can be in this place, in a transaction of the caller's; *count says how many
// rows. An officer's name, an organisation's, and the bytes of the archive stay.
struct person_erase {
	enum person_place place;
	struct str search;
	int64_t now;
};
bool person_erase(struct db *d, const struct person_erase *x, struct arena *a, int64_t *count,
		  struct err *e) MUST_USE;
