// A feed file as its sections and lines, to be carried over or compared as they are
// written. Private to task/watch/schema*.
#pragma once

#include "base/list.h"

struct feed_sheet_line {
	struct str key, value; // as they stand there
	struct str whole;      // the line, with the comments before it
};

struct feed_sheet_section {
	struct str part, type; // "columns", "scan_rdp"; type empty: of all
	LIST(struct feed_sheet_line) lines;
};

struct feed_sheet {
	struct str head; // what stands before the first section that has to do with records
	LIST(struct feed_sheet_section) sections;
};

// Of a text that feed_read has understood.
void feed_sheet_read(struct str text, struct arena *a, struct feed_sheet *out);

const struct feed_sheet_section *feed_sheet_section(const struct feed_sheet *s, struct str part,
						    struct str type);

// All lines of a section, as they were written; empty where there is none.
struct str feed_sheet_text(const struct feed_sheet *s, struct str part, struct str type,
			   struct arena *a);
