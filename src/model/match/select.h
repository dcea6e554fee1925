// What a record can be matched by: the texts of its selecting columns read into
// addresses, AS numbers and names, and those looked up. Reading and looking up are two
// steps, so that a batch of records can fetch the index's memory in between. What is
// a match stands in select_match and nowhere else. Pure; texts of picks point into
// the pool of the scratch.
#pragma once

#include "codec/net/url.h"
#include "model/feed/feed.h"
#include "model/finding/claim.h"
#include "model/match/index.h"

enum {
	SELECT_MAX_PICKS = 32,   // of one record; more values of one column are left out
	SELECT_MAX_MATCHES = 32, // of one record
	SELECT_POOL = 64 << 10,  // bytes for the names of a batch
	SELECT_SHORT = 64,       // a name is copied with what stands behind it, up to so much
};

// Why a record, or one of its selectors, did not count.
// clang-format off
#define JUNK_KINDS_(X)                                                                    \
	X(JUNK_NONE,    "none",    "")                                                     \
	X(JUNK_COLUMNS, "columns", "more or fewer columns than such a report has")         \
	X(JUNK_SYNTAX,  "syntax",  "not a record of this format")                          \
	X(JUNK_LONG,    "long",    "a record over 16 MiB")                                 \
	X(JUNK_ADDRESS, "address", "an address that cannot be read")                       \
	X(JUNK_ASN,     "asn",     "an AS number that cannot be read")                     \
	X(JUNK_NAME,    "name",    "a name that cannot be read")                           \
	X(JUNK_URL,     "url",     "a URL whose host cannot be read")                         \
	X(JUNK_KEYS,    "keys",    "a record with none of the keys that can match")          \
	X(JUNK_PATTERN, "pattern", "an indicator whose pattern gives nothing to look for by itself") \
	X(JUNK_CONTEXT, "context", "an object that only speaks of others")                 \
	X(JUNK_UNKNOWN, "unknown", "an object of a type that no standard names")
// clang-format on
#define X(id, word, says) id,
enum junk { JUNK_KINDS_(X) JUNK_KINDS };
#undef X
enum { // bits of 1u << junk: nothing of such a record counts
	JUNK_REFUSES = 1u << JUNK_COLUMNS | 1u << JUNK_SYNTAX | 1u << JUNK_PATTERN |
		       1u << JUNK_CONTEXT | 1u << JUNK_UNKNOWN
};
struct str junk_word(enum junk junk); // "columns": a stable key
struct str junk_says(enum junk junk); // "a record over 16 MiB"

enum pick_kind { PICK_ADDRESS, PICK_PREFIX, PICK_ASN, PICK_NAME, PICK_MAIL, PICK_BRAND };

struct pick {
	uint8_t kind;   // enum pick_kind
	uint8_t select; // which of the type's selects it came by
	uint8_t length; // PICK_PREFIX
	uint32_t asn;
	struct address address;
	struct str text; // PICK_NAME, PICK_MAIL, PICK_BRAND
};

struct picks {
	unsigned count;
	struct pick at[SELECT_MAX_PICKS];
};

struct select_scratch { // of the reader, so that no call need clear it
	name_idn idn;
	struct host host;
	struct name name;
	char pool[SELECT_POOL + SELECT_SHORT];
	size_t pooled;
};

static inline bool select_has_room(const struct select_scratch *s)
{
	return SELECT_POOL - s->pooled >= SELECT_MAX_PICKS * (NAME_MAX_BYTES + 1);
}

// Read one column's text as `as` says; picks are added. Empty texts give none. Returns
// JUNK_NONE, or why (some of) it could not be read.
enum junk select_read(struct select_scratch *s, enum select_as as, unsigned select, struct str text,
		      struct picks *out);

void select_prefetch(const struct index *x, const struct picks *p);

struct matched {
	struct met met;
	unsigned select; // of the type: by which the asset was met
	int32_t also;    // node of the record's listed AS number beside an address; INDEX_NONE
};

// The matches of one record: every address by its most specific asset; an AS number
// only where no address met anything, a hole included; every name by its longest
// domain. Nodes that are holes are left out. Returns how many, each node once.
unsigned select_match(const struct index *x, const struct roster *r, const struct feed_type *type,
		      const struct picks *p, name_idn idn, struct matched out[SELECT_MAX_MATCHES]);
