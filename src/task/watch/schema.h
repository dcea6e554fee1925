// Shadowserver's own table of its report types (the "intelmq.json" that it publishes), and
// the feed file that says the same: every column of every type, what its events are, and
// which issue they are about. What a person decided stays: the issues, the tables and all
// that stands before [columns] in the present file are carried over as they are written.
#pragma once

#include "model/feed/feed.h"

enum {
	SCHEMA_MAX_FILE = 16 << 20,
	SCHEMA_MAX_NAME = 100, // of a type, a column, a field
	SCHEMA_MAX_VALUE = 200,
	SCHEMA_MAX_NOTES = 50,
};

struct schema_row { // one way of one column
	struct str column, field, how;
};

struct schema_fixed {
	struct str field, value;
};

struct schema_type {
	struct str name; // as in the names of its files
	LIST(struct schema_row) rows;
	LIST(struct schema_fixed) fixed;
};

struct schema {
	struct str made; // when, as it says itself; may be empty
	LIST(struct schema_type) types;
	LIST(struct str) notes; // what was not understood, and what was made of it
};

// ERR_INPUT says where it is no such table, ERR_LIMIT what is too much. Lives in a.
bool schema_read(struct str bytes, struct arena *a, struct schema *out, struct err *e) MUST_USE;

// What a type's constant says; empty where it says nothing.
struct str schema_says(const struct schema_type *t, struct str field);

// The lines of [columns] that one column of a type becomes, each with its newline; *secret
// where it holds what must not be kept. Notes go to s.
struct str schema_column(struct schema *s, const struct schema_type *t, struct str column,
			 struct arena *a, bool *secret);

// The lines of [select TYPE], of [set TYPE], and of [issue TYPE] for a type that is new.
struct str schema_selects(const struct schema_type *t, struct arena *a);
struct str schema_sets(struct schema *s, const struct schema_type *t, struct arena *a);
struct str schema_issue(const struct schema_type *t, struct arena *a);

// The feed file. `present` is the one of now, which feed_read has understood.
struct str schema_feed(struct schema *s, struct str present, struct arena *a);

enum schema_change { SCHEMA_ADDED, SCHEMA_CHANGED, SCHEMA_GONE };
struct schema_difference {
	struct str type;
	enum schema_change change;
	LIST(struct str) fresh, other; // columns: not named before; of another meaning now
	bool selects, sets;            // differ
};
struct schema_differences {
	LIST(struct schema_difference) at;
};

// What an update did, or with `dry` would do.
struct schema_report {
	struct schema schema;
	struct schema_differences differences;
	struct str path; // of the feed file in the home
	size_t bytes;    // of it
	bool same;       // the feed file says this already: nothing was written
};

// Reads the table at `table` ("-": standard input) and writes the feed file into the home's
// feeds, whole or not at all.
struct home;
bool schema_update(const struct home *home, const char *table, bool dry, struct arena *a,
		   struct schema_report *out, struct err *e) MUST_USE;

// From one feed file to another, by the types of the schema and those that only the
// present file has.
void schema_compare(const struct schema *s, struct str present, struct str made, struct arena *a,
		    struct schema_differences *out);
