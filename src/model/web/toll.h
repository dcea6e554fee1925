// How often one address may do a thing: so many at once, and as many again in each minute. A table of
// fixed size: of those whose places meet, the one that did least makes room, so that a crowd frees
// nobody who does much. Pure.
#pragma once

#include "codec/net/address.h"

enum { TOLL_SETS = 512, TOLL_WAYS = 8 };

struct toll {
	struct address who;
	unsigned what;
	int64_t due; // when all that was done would have been done evenly; 0: a free place
};
struct tolls { // { 0 } is one; salt: of random_fill, so that nobody knows who meets whom
	uint64_t salt;
	struct toll at[TOLL_SETS][TOLL_WAYS];
};

struct toll_ask {
	struct address who;
	unsigned what, a_minute; // a_minute: at least 1
	int64_t now;
};
// 0: it may, and is counted; else after so many seconds.
unsigned toll_take(struct tolls *t, const struct toll_ask *ask) MUST_USE;
// The same without counting it.
unsigned toll_look(const struct tolls *t, const struct toll_ask *ask) MUST_USE;
