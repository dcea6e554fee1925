// What is known of the archive's files: those that batches and mails name, what is wrong with
// them, and the digests of what is sealed. Writing belongs in a transaction of the caller's.
#pragma once

#include "os/archive.h"
#include "os/db.h"

// The numbers stand in the store: new ones at the end.
// clang-format off
#define ARCHIVE_FAULTS(X)                                                                   \
	X(ARCHIVE_WHOLE,   "whole",   "its bytes are those that came")                      \
	X(ARCHIVE_DAMAGED, "damaged", "its bytes are not those that came, or cannot be read") \
	X(ARCHIVE_MISSING, "missing", "it is not there")                                    \
	X(ARCHIVE_FOREIGN, "foreign", "nothing that ever came is named so")
// clang-format on
#define X(id, word, says) id,
enum archive_fault { ARCHIVE_FAULTS(X) ARCHIVE_FAULT_COUNT };
#undef X
struct str archive_fault_word(enum archive_fault fault);
struct str archive_fault_says(enum archive_fault fault);

struct archive_row {       // texts of a row that was read hold until the next one is
	struct str path;   // below archive/
	int64_t id;        // the first batch that names it; below 0: the mail of that number
	struct str feed;   // of the batch
	struct str file;   // its name when it came
	struct str sum;    // of the bytes as they came, DIGEST_BYTES
	struct str digest; // of the sealed bytes as they lie; empty: not known, or not sealed
	enum archive_fault fault; // as it was found last
};
// By path; one that several name comes several times. feed empty: of any, and mails too.
bool archive_files(struct db *d, struct str feed, int64_t since, struct db_rows **out,
		   struct err *e) MUST_USE;
bool archive_next_file(struct db_rows *r, struct archive_row *out, struct err *e) MUST_USE;

// What was sealed is so from now on; a digest that is known stays.
bool archive_note(struct db *d, struct str path, struct str digest, int64_t now, struct err *e)
	MUST_USE;
// What was found of a file; ARCHIVE_WHOLE: nothing is wrong any more.
bool archive_mark(struct db *d, struct str path, enum archive_fault fault, int64_t now,
		  struct err *e) MUST_USE;
// No file is foreign, until it is marked so again.
bool archive_forget_foreign(struct db *d, struct err *e) MUST_USE;
bool archive_forget_unnamed(struct db *d, struct err *e) MUST_USE; // but the foreign ones

// How many files are marked, by fault, and one of them; in a.
struct archive_marked {
	int64_t count[ARCHIVE_FAULT_COUNT], all;
	struct str first;
};
bool archive_marked(struct db *d, struct arena *a, struct archive_marked *out, struct err *e)
	MUST_USE;
bool archive_fault_of(struct db *d, struct str path, enum archive_fault *out, struct err *e)
	MUST_USE;
