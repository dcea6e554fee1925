// Whom an officer's own text goes to: words that each name some of the members; together, all
// whom one of them names, each once. Those who have left, or have not begun, are nobody's audience.
#pragma once

#include "base/list.h"
#include "model/match/index.h"
#include "os/db.h"

// clang-format off
#define AUDIENCES(X) /* id, word, how it is typed */                                        \
	X(AUDIENCE_ALL,      "all",      "all")                                                 \
	X(AUDIENCE_KIND,     "kind",     "kind:hospital")                                       \
	X(AUDIENCE_UMBRELLA, "umbrella", "umbrella:SLUG")                                       \
	X(AUDIENCE_MEMBER,   "member",   "member:SLUG")                                         \
	X(AUDIENCE_ISSUE,    "issue",    "issue:exposed.rdp")                                   \
	X(AUDIENCE_ASSET,    "asset",    "asset:192.0.2.7")
// clang-format on

struct audience {
	LIST(int64_t) members; // their rows, in the roster's order
};
struct audience_of {
	struct db *d;
	const struct roster *roster;
	const struct index *index;
	int64_t now;
};
// ERR_USAGE: a word is none of those above, with the right ones; ERR_ABSENT: it names nobody,
// which is a slip more often than a wish.
bool audience_read(const struct audience_of *of, const struct str *words, size_t n, struct arena *a,
		   struct audience *out, struct err *e) MUST_USE;
