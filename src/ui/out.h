// What a command prints, said once: a table or one record is a list of columns and
// then its cells in order. To a terminal it becomes a table that fits, behind a pipe
// stable tab-separated columns, with --json an object (a table: one a line).
// Foreign bytes are made harmless: control characters never reach a terminal.
//
//     out_table(o, columns, COUNTOF(columns));
//     for (…) {
//             out_text(o, member->slug);
//             out_int(o, assets);
//     }
//     out_end(o);
#pragma once

#include "base/arena.h"
#include "base/str.h"

#include <stdio.h>

enum out_form { OUT_HUMAN, OUT_COLUMNS, OUT_JSON };

struct column {
	const char *key;   // of JSON and of the piped columns: never changes
	const char *title; // for people; NULL: not shown to them
	bool gives_way;    // this one is cut first where the line is too long
};

enum { OUT_MAX_COLUMNS = 32, OUT_SAMPLE = 500 }; // rows seen before the widths are settled

struct out {
	FILE *to;
	struct arena *arena; // of its own: nobody else takes from it
	enum out_form form;
	unsigned width; // columns of the terminal
	bool colour;    // may be used

	// of the table or record being printed
	const struct column *columns;
	size_t count, next, rows;
	bool record, settled;
	unsigned wide[OUT_MAX_COLUMNS];
	bool right[OUT_MAX_COLUMNS];
	struct str *cells; // of rows not yet printed, count each
	char *mark, *row;  // arena: where this table, and where this row began
	unsigned label;    // the widest title
};

void out_table(struct out *o, const struct column *columns, size_t count);
void out_record(struct out *o, const struct column *columns, size_t count); // one row only

// The next cell. Texts need to hold only for the call.
void out_text(struct out *o, struct str s);
void out_int(struct out *o, int64_t v);
void out_flag(struct out *o, bool v);
void out_time(struct out *o, int64_t t); // TIME_EVER, TIME_NEVER: nothing
void out_day(struct out *o, int64_t t);  // midnight of a day; likewise
void out_none(struct out *o);            // not known: null, empty, "-"
// Several texts in one cell: a JSON array; else joined by a comma.
void out_texts(struct out *o, const struct str *s, size_t n);
// A cell that is JSON already, as a value of its own; people see its text.
void out_json(struct out *o, struct str json);

void out_end(struct out *o); // of the table or record; a row must be whole

// A line for people, between tables; nothing with --json.
void out_line(struct out *o, const char *fmt, ...) PRINTF(2, 3);
void out_lines(struct out *o, struct str text); // each line of it likewise

// Write s with control characters and broken UTF-8 as "?", for stderr too.
void out_clean(FILE *to, struct str s);
