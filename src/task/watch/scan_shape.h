// What a feed type and the header of a batch make of a record: how it is cut, which
// columns select, and how a hit becomes an event. Private to task/watch/scan*.c.
#pragma once

#include "codec/table/csv.h"
#include "codec/table/json.h"
#include "model/feed/event.h"
#include "model/feed/feed.h"

enum { SHAPE_MAX_COLUMNS = FEED_MAX_COLUMNS };

struct scan_shape {
	const struct feed *feed;
	const struct feed_type *type;
	struct csv_shape csv;
	csv_cutter cutter;
	json_picker picker;
	unsigned columns; // of a whole record; 0: any
	unsigned uses;    // selects of the type whose column is there
	struct {
		unsigned select; // place in the type's selects
		unsigned field;  // place in a row's fields, or among the paths
	} use[FEED_MAX_SELECTS];
	struct json_path path[FEED_MAX_SELECTS];
	unsigned paths;
	unsigned weak
		[FEED_MAX_SELECTS]; // per select: column that says where a name came from; or NONE
	struct str *field;          // room for those of one record
	LIST(struct str) names;     // of the columns
	struct event_plan *plan;
};
enum { SHAPE_NONE = UINT32_MAX };

// `header` is the first record where feed->header is set. ERR_INPUT: it lacks a
// column that selects, or is no header.
bool scan_shape_init(struct scan_shape *x, const struct feed *feed, const struct feed_type *type,
		     struct str header, struct arena *a, struct err *e) MUST_USE;

// A hit's record as an event.
void scan_shape_event(const struct scan_shape *x, const struct csv_row *row, struct arena *a,
		      struct event *ev);

// How strong the select is for this record (RULES 2): what its weak column says.
enum strength scan_shape_strength(const struct scan_shape *x, unsigned select,
				  const struct csv_row *row);
