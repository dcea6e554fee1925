// What a contact asked for (the field `wishes` of a roster, waker-roster(5)): when mail that is not
// urgent may come, how often, of what, and for whom a supplier works. Pure. What cannot be read is
// as though it was not asked for: more is told then, and a supplier is told less. No wish silences
// or puts off what is critical or goes at once (RULES 6).
#pragma once

#include "base/err.h"
#include "model/notice/message.h"

// clang-format off
#define WISHES(X) /* id, word, what stands behind it */                                     \
	X(WISH_ALSO,      "also",      "")                                                      \
	X(WISH_REF,       "ref",       "TEXT")                                                  \
	X(WISH_SEMICOLON, "semicolon", "")                                                      \
	X(WISH_HOURS,     "hours",     "08:00-17:00")                                           \
	X(WISH_DAYS,      "days",      "mon-fri or mon,wed")                                    \
	X(WISH_ZONE,      "zone",      "UTC-4")                                                 \
	X(WISH_DIGEST,    "digest",    "daily or weekly mon")                                   \
	X(WISH_KINDS,     "kinds",     "digest,reminder,closed, or some of these")              \
	X(WISH_LEAST,     "least",     "critical, high, medium or low")                         \
	X(WISH_MANDATE,   "mandate",   "issue:exposed.* asset:192.0.2.0/24 until:2026-12-31")
// clang-format on
#define X(id, word, behind) id,
enum wish_word { WISHES(X) WISH_COUNT };
#undef X

struct wish {
	bool also, semicolon;
	struct str ref;
	int64_t from, to;    // hours on the wall, as microseconds of a day; the same: any
	unsigned days;       // bit 0: Sunday; 0: any
	bool fixed;          // its clock has no summer time …
	int64_t ahead;       // … and is so far ahead of UTC
	unsigned weekly;     // the weekday of its digest, 1: Sunday; 0: each day
	unsigned unwanted;   // kinds of message, a bit each
	enum severity least; // nothing below; 0: all is wanted
};
// A wish that stands twice counts as it stands last.
void wish_read(struct str wishes, struct wish *out);

// Looks through *wishes up to the first that begins as a wish does, or nearly so, and goes on as
// none: ERR_INPUT, and *wishes is what stands behind it, to be looked through for more.
bool wish_check(struct str *wishes, struct err *e) MUST_USE;

// The wish of this word as it was written, "hours 08:00-17:00"; empty: there is none that is followed.
struct str wish_written(struct str wishes, enum wish_word word);

// ---- when

// The first moment from t at which mail that is not urgent may come.
int64_t wish_arrives(const struct wish *w, int64_t t);
// When what would go with the digest of this moment goes.
int64_t wish_digest(const struct wish *w, int64_t due);

// ---- what

// Is it told of a finding of this severity by a message of this kind?
bool wish_wants(const struct wish *w, enum message_kind kind, enum severity severity);
// The lowest severity that it is told of by such a message; 0: none at all.
enum severity wish_lowest(const struct wish *w, enum message_kind kind);

// ---- suppliers

// A contact of this role works for the member by mandates, and is told of what they hold alone.
bool wish_is_supplier(struct str role);

struct mandate_case { // a finding
	struct str issue;
	struct str asset; // of the roster, by which it was met; may be empty
	struct str seen;  // "198.51.100.9 tcp/443"
};
// Does one of the mandates among the wishes hold it now? *written: which, as it stands there.
bool wish_mandates(struct str wishes, const struct mandate_case *c, int64_t now,
		   struct str *written);
