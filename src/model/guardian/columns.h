// What a feed's guardian knows of its columns: their names, and in how many batches each
// was, one after the other. Pure.
//
// Where records have a header, a batch's columns are its names; where records name their own
// they are the columns that select, as far as a record had something in them.
#pragma once

#include "base/list.h"
#include "model/guardian/guardian.h"

enum {
	COLUMNS_TEXT = 48 << 10, // of one batch's names; what is more is not looked at
	COLUMNS_RUN = 9,         // a longer run is not counted
};

struct column_run {
	struct str name;
	unsigned run; // batches in a row up to the last that was read, 1 to COLUMNS_RUN
};
struct column_runs {
	LIST(struct column_run) at;
};

// As it stands in the store: a line "RUN NAME" each; what is no such line is passed over.
// Names point into the text.
void columns_read(struct str text, struct arena *a, struct column_runs *out);
struct str columns_write(const struct column_runs *c, struct arena *a);

struct columns_had { // by one batch; a name a line, empty: not known
	struct str names;
	struct str common; // those of a tenth of its records at least: worth remembering
	bool header;       // else a name that is new says nothing
};

// After another batch that had these. The result points into both.
void columns_learn(const struct column_runs *before, const struct columns_had *had, struct arena *a,
		   struct column_runs *out);

// Adds FAULT_MISSING where a column that the type reads was in each of the last
// GUARDIAN_LEAST batches and is not among the names: it holds. FAULT_CHANGED where others
// went so, or came.
void columns_judge(const struct feed_type *t, const struct column_runs *before,
		   const struct columns_had *had, struct arena *a, struct faults *out);
