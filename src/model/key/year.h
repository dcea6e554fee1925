// The team's key is another each calendar year (§2.8): made, certified by the one before and by the master
// key that stays offline, published, told of, and only then signed with. Pure: the order of the steps, by
// when each should be done, and the statement of the change.
#pragma once

#include "base/buf.h"
#include "base/time.h"

// The numbers stand in the store: new ones at the end. Days: before the key of the year before ends.
// clang-format off
#define YEAR_STEPS(X) /* id, word, days, what it is */                                        \
	X(YEAR_MAKE,    "make",         31, "a new key, certified by the one before, with what revokes it, and a statement signed by both") \
	X(YEAR_REQUEST, "sign-request", 30, "its public half, and what to type on the machine that has the master key") \
	X(YEAR_IMPORT,  "sign-import",  24, "what came back, certified by the master key")       \
	X(YEAR_PUBLISH, "publish",      21, "the files for the team's web site and for key servers") \
	X(YEAR_NOTIFY,  "notify",       20, "those who get encrypted mail are told, once")       \
	X(YEAR_SIGNS,   "signs",        7,  "from then on mail is signed by it; it begins by itself")
// clang-format on
#define X(id, word, days, says) id,
enum year_step { YEAR_STEPS(X) YEAR_STEP_COUNT };
#undef X

enum {
	YEAR_OVERLAP_DAYS = 14, // from its publication until it signs, where nobody says otherwise
	YEAR_OVERLAP_MOST = 60, // that somebody may say
	YEAR_EARLY_MONTH = 11,  // of the year before it can be made
	YEAR_LEAST_DAYS = 60,   // that a key that is made lasts
	YEAR_STATEMENT = 4 << 10, // bytes that are enough for one
};

struct str year_step_word(enum year_step step);
struct str year_step_says(enum year_step step);
bool year_step_read(struct str word, enum year_step *out) MUST_USE;

// When each was done; 0: it was not.
struct year_done {
	int64_t at[YEAR_STEP_COUNT];
};
// May this one be done now, or again? False: *first must be done first.
bool year_may(const struct year_done *d, enum year_step step, enum year_step *first) MUST_USE;
// The first that is not done; YEAR_STEP_COUNT: all are.
enum year_step year_next(const struct year_done *d);

// Noon UTC of 31 December.
int64_t year_end(int year);
int year_of(int64_t t);    // the calendar year of a moment, UTC
int year_after(int64_t t); // the one that a key is for which takes over when another ends at t
// Must somebody see to the next key? This one ends; follows: when the next begins to sign (0: there is
// none; TIME_NEVER: it is not published yet).
bool year_needs(int64_t expires, int64_t follows, int64_t now);
// Can a key of that year be made now? -1: it is too early; 1: the year is over, or nearly.
int year_when(int year, int64_t now);
// By when a step should be done; 0: nothing ends by which that is said. former: when the key before ends.
int64_t year_due(enum year_step step, int64_t former);
// From when a key that is published now signs: after the overlap, but not later than the one before
// ends; at once where there is none that signs (former: 0).
int64_t year_signs(int64_t now, unsigned overlap, int64_t former);

// The statement of the change, in Dutch and English, in ASCII. Fingerprints of 40 hexadecimal digits;
// former empty: there is none that may be trusted.
struct year_statement {
	int year;
	struct str team, mail, key, former;
	int64_t made, expires; // of the new one
	int64_t former_expires;
};
void year_statement(const struct year_statement *s, struct buf *b);
