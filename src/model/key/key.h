// Keys and certificates of who is written to: what is known of one, and whether it may be used
// now (§4.3 of the team's own description: to whom information is released is verified). Pure. GnuPG
// says what a key is; whose it is says an officer who checked, by a method, with evidence, and for a
// time: a key that nobody checked is never used, and takes the place of none that somebody did.
#pragma once

#include "base/str.h"
#include "base/time.h"

// The numbers of all of these stand in the store: new ones at the end.
// clang-format off
#define KEY_KINDS(X)                                                                       \
	X(KEY_OPENPGP, "openpgp")                                                              \
	X(KEY_SMIME,   "smime")

#define KEY_STATES(X)                                                                      \
	X(KEY_OFFERED,  "offered")  /* it came, and nobody has checked whose it is */          \
	X(KEY_VERIFIED, "verified")                                                            \
	X(KEY_REFUSED,  "refused")  /* by an officer: it is not theirs, or is used no more */  \
	X(KEY_REVOKED,  "revoked")  /* by its owner */

#define KEY_ORIGINS(X)                                                                     \
	X(KEY_FROM_FILE, "file")                                                               \
	X(KEY_FROM_WKD,  "wkd")  /* Web Key Directory of its address's domain */               \
	X(KEY_FROM_MAIL, "mail")

// How somebody made sure. The words are those of the ledger.
#define KEY_METHODS(X)                                                                     \
	X(KEY_BY_FIRST,     "first",     "found in FIRST's or Trusted Introducer's directory") \
	X(KEY_BY_WHOIS,     "whois",     "found by WHOIS or RDAP of the organisation's addresses") \
	X(KEY_BY_CALL_BACK, "call-back", "read out on a call to a number that was known before") \
	X(KEY_BY_MAIL_BACK, "mail-back", "answered with what was sent sealed to it")           \
	X(KEY_BY_PERSON,    "in-person", "handed over, or read out, face to face")
// clang-format on
#define X(id, word) id,
enum key_kind { KEY_KINDS(X) KEY_KIND_COUNT };
enum key_state { KEY_STATES(X) KEY_STATE_COUNT };
enum key_origin { KEY_ORIGINS(X) KEY_ORIGIN_COUNT };
#undef X
#define X(id, word, says) id,
enum key_method { KEY_METHODS(X) KEY_METHOD_COUNT };
#undef X

struct str key_kind_word(enum key_kind kind);
struct str key_state_word(enum key_state state);
struct str key_origin_word(enum key_origin origin);
struct str key_method_word(enum key_method method);
struct str key_method_says(enum key_method method);
bool key_method_read(struct str word, enum key_method *out) MUST_USE;

struct key_known {
	enum key_state state;
	int64_t expires; // of what encrypts; TIME_NEVER: it does not
	int64_t until;   // the check holds; of one that was not verified: 0
};

enum {
	KEY_SOON_DAYS = 30,   // before its end a key is chased
	KEY_LAST_DAYS = 7,    // and once more
	KEY_CHECK_DAYS = 730, // a check holds, where nobody says otherwise
	KEY_FINGERPRINT_LEAST = 16,
};

// Why it cannot be used, or will not for long; the first that holds.
// clang-format off
#define KEY_TROUBLES(X)                                                                    \
	X(KEY_WELL,      "")                                                                   \
	X(KEY_UNWANTED,  "an officer refused it")                                              \
	X(KEY_WITHDRAWN, "its owner revoked it")                                               \
	X(KEY_ENDED,     "it has expired")                                                     \
	X(KEY_UNCHECKED, "nobody has checked whose it is")                                     \
	X(KEY_STALE,     "it was checked too long ago")                                        \
	X(KEY_ENDS,      "it expires soon")                                                    \
	X(KEY_STALES,    "it must be checked again soon")
// clang-format on
#define X(id, says) id,
enum key_trouble { KEY_TROUBLES(X) KEY_TROUBLE_COUNT };
#undef X
enum key_trouble key_trouble(const struct key_known *k, int64_t now);
struct str key_trouble_says(enum key_trouble t);

static inline bool key_usable(const struct key_known *k, int64_t now)
{
	return k->state == KEY_VERIFIED && k->expires > now && k->until > now;
}

// What its owner is asked, each once: for another, or for another end. Of keys that somebody checked.
// The numbers stand in the store: later ones are higher.
enum key_chase { KEY_CHASE_NONE, KEY_CHASE_SOON, KEY_CHASE_LAST, KEY_CHASE_OVER };
enum key_chase key_chase(const struct key_known *k, int64_t now);

// The address that keys are kept under: in lower case. One that is too long is nobody's: "".
enum { KEY_ADDRESS = 255 };
struct str key_address(struct str address, char room[KEY_ADDRESS]);

// Is the address (in lower case) one of those that a key names, with a blank between them?
bool key_names(struct str mails, struct str address);

// The team's own key ends with a year (§2.8): noon UTC of 31 December, of the next year where less
// than `least` days of this one are left.
int64_t key_year_end(int64_t now, int64_t least);

// "9F31 2A07 …": a fingerprint in groups of four.
enum { KEY_SPELLED = 64 / 4 * 5 + 1 };
size_t key_spell(struct str fingerprint, char out[KEY_SPELLED]);
// What somebody typed, without blanks and colons and in upper case, of at most `room` bytes. False:
// it is not 16 to 64 hexadecimal digits.
bool key_fingerprint_read(struct str typed, char *out, size_t room, size_t *n) MUST_USE;
// Likewise, into `out`, of the key of a team or its master, which is named by all its digits alone.
enum { KEY_WHOLE = 40, KEY_DIGITS = 64 };
bool key_fingerprint_whole(struct str typed, char out[KEY_DIGITS], struct str *whole) MUST_USE;
