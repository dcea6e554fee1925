// What an officer asks the past for: an address, a prefix, a name, a mail address, a hash, a CVE
// number, an AS number or any other text; in which writings it may stand in a report; and whether an event holds it, in
// whichever of its fields. Pure.
#pragma once

#include "codec/net/address.h"
#include "codec/text/needle.h"
#include "model/feed/event.h"

// clang-format off
#define HOLDS_KINDS(X)                                                  \
	X(HOLDS_ADDRESS, "address") X(HOLDS_PREFIX, "prefix")           \
	X(HOLDS_NAME, "name") /* and all below it */                    \
	X(HOLDS_ASN, "asn")                                             \
	X(HOLDS_TEXT, "text") /* a hash, a CVE number, a mail address, a URL: whole words, in either case */
// clang-format on
#define X(id, word) id,
enum holds_kind { HOLDS_KINDS(X) HOLDS_KIND_COUNT };
#undef X
const char *holds_kind_word(enum holds_kind kind);

struct holds {
	enum holds_kind kind;
	struct prefix prefix; // of an address: all of it
	struct str text;      // in its one form
	struct str other;     // of a name with letters beyond ASCII: as it was typed; may be empty
	uint32_t asn;
	struct needles needles; // where none stands in a record, it does not hold it; none: all may
};

// Texts live in a. ERR_INPUT: host bits, or it is too short (HOLDS_LEAST) to be looked for.
enum { HOLDS_LEAST = 4 };
bool holds_read(struct str typed, name_idn idn, struct arena *a, struct holds *out, struct err *e)
	MUST_USE;

// The first field that holds it; NULL: none does.
const struct event_field *holds_in(const struct holds *h, const struct event *event);
