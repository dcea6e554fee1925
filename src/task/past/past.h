// What is needed to read a batch of the past again: its bytes, out of the archive and unsealed
// where the officers' key is there, and the feed file that says today how they are read.
#pragma once

#include "os/seal.h"
#include "store/past.h"
#include "task/home.h"
#include "task/watch/scan.h"

// Why a batch is left out.
// clang-format off
#define PAST_LEFT(X)                                                 \
	X(LEFT_SEALED, "sealed to the officers' key (say --key)")    \
	X(LEFT_GONE, "no longer in the archive")                     \
	X(LEFT_FEED, "of a feed or report type without a feed file") \
	X(LEFT_UNREAD, "could not be read")                          \
	X(LEFT_UNREADABLE, "can be read today, and could not be any more")
// clang-format on
#define X(id, says) id,
enum past_left { PAST_LEFT(X) PAST_LEFT_COUNT };
#undef X

const char *past_left_says(enum past_left why);

struct past_lefts { // batches, and of the first of each kind: its file, and what is wrong
	uint64_t count[PAST_LEFT_COUNT];
	struct str first[PAST_LEFT_COUNT];
};

struct past_known; // a feed by its name, looked for once

struct past {
	const struct home *home;
	const struct seal_secret *key; // NULL: what is sealed is left out
	struct arena *a;               // for feeds, texts and the lists of walks
	const char *folder;            // the archive's
	LIST(struct past_known *) feeds;
	struct past_lefts lefts;
};

struct past past_of(const struct home *h, const struct seal_secret *key, struct arena *a);

// Counted; the first of its kind is kept in words.
void past_leave(struct past *p, const struct past_batch *b, enum past_left why, const char *what);

// As its file says today. NULL: there is none any more.
const struct feed *past_feed(struct past *p, struct str name);
const struct feed_type *past_type(const struct feed *f, struct str type); // NULL likewise

// Where the bytes of a batch can be read, as often as one likes, until past_close.
struct past_bytes {
	char path[4096];
	int copy; // in memory, of a sealed one; -1: none
};
// False: it is left out, and it is counted why.
bool past_open(struct past *p, const struct past_batch *b, struct past_bytes *out) MUST_USE;
void past_close(struct past_bytes *b);
