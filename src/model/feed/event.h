// One record of a batch in the IntelMQ vocabulary: flat keys ("source.ip",
// "time.source", "extra.banner"), each value typed and checked once, at the edge. Several
// values of one key stand as several fields. A value that does not fit its key is not
// lost: it stands under "extra." and the column's own name. What a feed file marks as
// secret becomes "present" here and is nowhere after. Lives in the reader's arena.
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "base/time.h"
#include "codec/net/name.h"
#include "codec/table/cells.h"

enum event_kind { EVENT_TEXT, EVENT_NUMBER, EVENT_BOOLEAN, EVENT_TIME };
enum column_role { COLUMN_PLAIN, COLUMN_PERSONAL, COLUMN_SECRET, COLUMN_THIRD_PARTY };

enum { EVENT_MAX_VALUE = 32 << 10 }; // bytes; longer values are cut at a character

struct event_field {
	struct str key, value; // value as the vocabulary writes it: "AS" gone, times RFC 3339 …
	enum event_kind kind;  // how JSON writes it
	enum column_role role; // COLUMN_SECRET: the value is "present"
	bool unmapped;         // no line of the feed file names its column
	bool misfit;           // it did not fit its key, and stands under its column's name
};

struct event {
	LIST(struct event_field) fields;
	unsigned misfits; // values that did not fit their key
	bool dropped;     // the feed file leaves such a record out
};

// The first value of a key; .p NULL where there is none.
struct str event_get(const struct event *ev, struct str key);

// How columns become fields, compiled once for the header of a batch (n columns; none
// where records name their own). The type must outlive it.
struct feed_type;
struct event_plan;
struct event_plan *event_plan(const struct feed_type *type, const struct str *column, size_t n,
			      name_idn idn, struct arena *a);

struct event_row { // one record: texts by the places of the header, else cells by name
	const struct str *text;
	size_t n;
	const struct cells *cells;
	const struct cells *head; // what the beginning of the file says of all; NULL: nothing
};

// A record as an event; blank texts give nothing. Fields come in the order of the columns,
// then what the feed file sets.
void event_make(const struct event_plan *p, const struct event_row *row, struct arena *a,
		struct event *ev);

// Does a key of such an event say somebody else's thing (RULES 7): the other side of the record, a
// column that the feed file marks `third-party`, or a value of one that did not fit its key? Of a
// type that is not known any more (NULL): the destination's.
bool event_third_party(const struct feed_type *type, struct str key);

// Is this a key of the vocabulary ("extra." and any name included)?
bool event_key_known(struct str key);
