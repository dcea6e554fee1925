// Whose is this? What a person types (an address, prefix, AS number, name, URL or mail
// address) looked up in the index, with the reasons. The rules are those of a feed's
// records (select.h); only the answer is made for people. Pure.
#pragma once

#include "model/match/also.h"

enum whose_kind {
	WHOSE_ADDRESS,
	WHOSE_PREFIX,
	WHOSE_ASN,
	WHOSE_NAME,
	WHOSE_MAIL,
	WHOSE_KINDS,
};

enum whose_end { // how the search ended
	WHOSE_OWNED,
	WHOSE_HOLE,   // somebody said that it is nobody's
	WHOSE_NOBODY, // no asset holds it
};

struct whose {
	enum whose_kind kind;
	enum whose_end end;
	struct matched match;          // of an owned one
	char text[NAME_MAX_BYTES + 1]; // what was looked up, in its one form
};

const char *whose_kind_word(enum whose_kind kind); // "address"

// ERR_INPUT: it is none of these.
bool whose_ask(const struct roster *r, const struct index *x, name_idn idn, struct str question,
	       struct whose *out, struct err *e) MUST_USE;

// Why an owner of the match is (or is not) told, as a sentence: "192.0.2.1 lies in
// 192.0.2.0/24". At `now` the asset must be held.
void whose_why(struct buf *b, const struct whose *w, const struct asset *asset, int64_t now);
static inline bool whose_told(const struct asset *asset, int64_t now)
{
	return asset->since <= now && now < asset->until;
}
