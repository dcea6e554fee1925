// The reader of a feed file, in parts: feed.c walks the sections, keys.c has the keys of
// [feed] and [format], lines.c the lines of the others. Private to model/feed.
#pragma once

#include "codec/text/ini.h"
#include "model/feed/feed.h"

struct reader {
	struct ini in;
	struct arena *a;
	struct feed *feed;
	struct feed_fetch *fetch;        // NULL: no [fetch] yet
	struct feed_type *common, *type; // common to all types; the one at hand
	struct feed_table *table;        // the one at hand
	// Most columns of a large feed are converted alike: the last ones, as they were written.
	struct str last_text;
	const struct converters *last;
	struct err *e;
};

// "line 7, column 12: KEY: WHAT, not "VALUE""; both return false.
bool reader_wrong(struct reader *r, const char *what);
bool reader_says(struct reader *r); // puts line and column before what r->e says

// One of these words; its number. False: r->e says which there are.
bool reader_one_of(struct reader *r, struct str value, const struct str *words, size_t n,
		   unsigned *out);

bool read_feed_key(struct reader *r);
bool read_format_key(struct reader *r);
bool read_fetch_key(struct reader *r);

bool read_head(struct reader *r);
bool read_column(struct reader *r);
bool read_select(struct reader *r);
bool read_match(struct reader *r);
bool read_fixed(struct reader *r);
bool read_rule(struct reader *r);
bool read_drop(struct reader *r);
bool read_pair(struct reader *r); // of a table

// Is each column that the type asks for one that the file names, where it names them all?
bool check_names(struct reader *r, const struct feed_type *t);
