// Feed files as a process that writes many letters keeps them: each is read again where it changed.
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "model/feed/feed.h"
#include "task/home.h"

struct kept_feed {
	struct str name, path, stamp; // stamp: of os/file.h
	bool there;                   // it can be read
	struct feed feed;
};
struct feed_shelf {
	struct arena a;
	LIST(struct kept_feed) known;
};
void feed_shelf_init(struct feed_shelf *s);
void feed_shelf_done(struct feed_shelf *s);
#define autofeedshelf CLEANUP(feed_shelf_done) struct feed_shelf

// Between letters: one that is nearly full begins anew, and what it gave holds no more.
void feed_shelf_rest(struct feed_shelf *s);

// What there is of this name now; holds until the next call.
const struct kept_feed *feed_shelf_find(struct feed_shelf *s, const struct home *h,
					struct str name);
