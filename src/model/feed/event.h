// One record of a batch in the IntelMQ vocabulary: flat keys ("source.ip",
// "time.source", "extra.banner"), each value typed and validated once, at the edge.
// Several values of one key stand as several fields. Lives in the reader's arena.
#pragma once

#include "base/list.h"
#include "base/time.h"

enum event_kind { EVENT_TEXT, EVENT_NUMBER, EVENT_BOOLEAN, EVENT_TIME };

struct event_field {
	struct str key, value; // value as the vocabulary writes it: "AS" gone, times RFC 3339 …
	enum event_kind kind;  // how JSON writes it
};

struct event {
	LIST(struct event_field) fields;
};

// The first value of a key; .p NULL where there is none.
struct str event_get(const struct event *ev, struct str key);
