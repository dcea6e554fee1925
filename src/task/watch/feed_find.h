// Where feed files are found: in the home, then in /etc/waker/feeds, then among the
// installed ones; the first file of a name counts. A development tree's own feeds stand
// where WAKER_FEEDS (an environment variable) says.
#pragma once

#include "model/feed/feed.h"
#include "task/watch/places.h"

struct feed_places {
	struct places in;
	struct str own; // the home's folder of feeds; empty: no home
};

// `home` may be empty. Texts live in a.
struct feed_places feed_places(struct str home, struct arena *a);

// Reads NAME.feed from the first place that has it; out->enabled is what the operator said
// of it (task/watch/feed_switch.h), else what the file says. ERR_ABSENT says where was looked and,
// where one is near, which name was meant; ERR_CONFIG names file and line.
bool feed_find(const struct feed_places *p, struct str name, struct arena *a, struct feed *out,
	       struct err *e) MUST_USE;

// The bytes of that file instead, unread.
bool feed_text(const struct feed_places *p, struct str name, struct arena *a, struct str *out,
	       struct err *e) MUST_USE;

// The names of all feeds of all places, sorted, each once.
struct feed_names {
	LIST(struct str) names;
};
bool feed_names(const struct feed_places *p, struct arena *a, struct feed_names *out, struct err *e)
	MUST_USE;
