// What a feed type and the header of a batch make of a record: how it is cut, which
// columns select, and how a hit becomes an event. Private to task/watch/scan*.c.
#pragma once

#include "codec/table/csv.h"
#include "codec/table/json.h"
#include "codec/table/markup_tree.h"
#include "codec/table/tree.h"
#include "model/feed/event.h"
#include "model/feed/feed.h"

enum {
	SHAPE_MAX_COLUMNS = 512,     // of one record
	SHAPE_HEAD_BYTES = 16 << 10, // in which [head] is looked for
};

struct scan_shape {
	const struct feed *feed;
	const struct feed_type *type;
	struct csv_shape csv;
	csv_cutter cutter;
	tree_cutter tree_cutter; // of what nests; NULL: the other one
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
		[FEED_MAX_SELECTS];  // per select: column that says where a name came from; or NONE
	struct str *field;           // room for those of one record
	LIST(struct str) names;      // of the columns; none where records name their own
	struct html_names *headings; // of an HTML table's columns
	struct cells head;           // what the first lines say of all records ([head])
	struct event_plan *plan;     // NULL: not made yet (scan_shape_plan)
};
enum { SHAPE_NONE = UINT32_MAX };

// `header` is the first record where feed->header is set. ERR_INPUT: it lacks a
// column that selects, or is no header.
bool scan_shape_init(struct scan_shape *x, const struct feed *feed, const struct feed_type *type,
		     struct str header, struct arena *a, struct err *e) MUST_USE;

// How its records become events: made when the first is to be one, for of most batches of the past
// none is. Before any of scan_record_event, _dropped and _weaken; of a type that selects by fields
// it is there. What it takes of the arena must stay as long as the shape.
void scan_shape_plan(struct scan_shape *x, struct arena *a);

// Looks into the first bytes of a file for what the feed's [head] names; afterwards.
void scan_shape_head(struct scan_shape *x, struct str bytes, struct arena *a);
