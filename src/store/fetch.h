// How far the fetching of each feed is: when it was tried and is due, what of it is done,
// and which days' listings came whole. Reading calls take a feed's name; writing calls its
// number (batch_feed), and belong in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "os/db.h"

struct fetch_state {
	struct str etag, modified;
	int64_t upto, tried, good, next; // 0: never yet
	int64_t failures;
	struct str reason;
	enum err_kind failed; // why the last one did; ERR_NONE: it did not
};

// Texts go to a. A feed never fetched has zeroes.
bool fetch_state_of(struct db *d, struct str feed, struct arena *a, struct fetch_state *out,
		    struct err *e) MUST_USE;
bool fetch_state_put(struct db *d, int64_t feed, const struct fetch_state *s, struct err *e)
	MUST_USE;

// When the store was made: what spreads its feeds (model/feed/schedule.h).
bool fetch_store_made(struct db *d, int64_t *out, struct err *e) MUST_USE;

// A publisher's host is asked by one worker of this store at a time, and left alone for a while
// between two. *mine: it is this worker's, until it leaves it or its job is no more. *free: when
// it may be asked, as far as that is known; a wait over FETCH_MAX_GAP means that the clock was
// set back, and is none.
struct fetch_host {
	struct str name, worker;
};
bool fetch_host_take(struct db *d, const struct fetch_host *h, int64_t now, bool *mine,
		     int64_t *free, struct err *e) MUST_USE;
bool fetch_host_leave(struct db *d, const struct fetch_host *h, int64_t free, struct err *e)
	MUST_USE;

// Is this version of the item done? *is says so.
bool fetch_item_done(struct db *d, struct str feed, struct str item, struct str version, bool *is,
		     struct err *e) MUST_USE;
// The version that is done; empty: none is. In a.
bool fetch_item_version(struct db *d, struct str feed, struct str item, struct arena *a,
			struct str *out, struct err *e) MUST_USE;
bool fetch_item_put(struct db *d, int64_t feed, struct str item, struct str version, int64_t now,
		    struct err *e) MUST_USE;
bool fetch_item_forget(struct db *d, int64_t feed, int64_t before, struct err *e) MUST_USE;

struct listing {
	int64_t day;
	bool complete;
	struct str types; // a JSON list of texts
	int64_t seen;
};
bool listing_put(struct db *d, int64_t feed, const struct listing *l, struct err *e) MUST_USE;
bool listing_failed(struct db *d, int64_t feed, int64_t day, int64_t now, struct err *e) MUST_USE;

// Of out->day; texts go to a. False + ERR_NONE: nobody has asked for that day.
bool listing_of(struct db *d, struct str feed, struct arena *a, struct listing *out, struct err *e)
	MUST_USE;
