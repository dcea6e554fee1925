// Feed files as a process that writes many letters keeps them: each is read again where it changed.
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "model/feed/feed.h"
#include "task/home.h"

struct shelf_feed {
	struct str name, path, stamp; // stamp: of os/file.h
	bool there;                   // it can be read
	struct feed feed;
};
struct shelf {
	struct arena a;
	LIST(struct shelf_feed) known;
};
void shelf_init(struct shelf *s);
void shelf_done(struct shelf *s);
#define autoshelf CLEANUP(shelf_done) struct shelf

// Between letters: one that is nearly full begins anew, and what it gave holds no more.
void shelf_rest(struct shelf *s);

// What there is of this name now; holds until the next call.
const struct shelf_feed *shelf_find(struct shelf *s, const struct home *h, struct str name);
