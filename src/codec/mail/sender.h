// Who a mail says that it is from, for who wants to prove it (RFC 5322, 3.4 and 3.6.2): one From with
// one mailbox, written so that every reader reads the same. What readers read differently (two From,
// two addresses, a group, a quoted local part, a literal) and what shows a person another address than
// the one that it has ("a@b.example" <x@y.example>) says nothing about anybody. Pure; results point
// into the head or live in the arena. One look at the head, of which SENDER_FIELDS fields.
#pragma once

#include "base/arena.h"

enum { SENDER_FIELDS = 1000, SENDER_BYTES = 4096 };

// clang-format off
#define SENDER_ENDS(X) /* id, what is wrong */                                              \
	X(SENDER_ONE,     "")                                                                    \
	X(SENDER_NONE,    "it says nobody in From")                                              \
	X(SENDER_SEVERAL, "it says several senders: programs differ in whom they show")          \
	X(SENDER_DOUBLED, "a field that may stand once stands twice: programs differ in which they show") \
	X(SENDER_TRICK,   "the name in From is another address than the one that it is from")    \
	X(SENDER_BROKEN,  "what stands in From is no plain address: programs differ in how they read it")
// clang-format on
#define X(id, says) id,
enum sender_end { SENDER_ENDS(X) SENDER_END_COUNT };
#undef X
struct str sender_end_says(enum sender_end end);

struct sender {
	enum sender_end end;
	struct str address; // as it stands; of SENDER_ONE and SENDER_TRICK, else empty
	struct str domain;  // of it: letters, digits, hyphens and underscores, two labels or more
	struct str name;    // as people see it, with its comments; empty: none
};
void sender_read(struct str head, struct arena *a, struct sender *out);
