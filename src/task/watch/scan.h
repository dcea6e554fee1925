// Parse and match the bytes of one batch, in the strict cage (STYLE 37): bytes in,
// records that met an asset out. Children read the input, decompress it, cut records,
// look their selectors up in the index, build the event of a hit, and write only
// that to a pipe. Where a child dies, the scan fails with the reason; what it had
// said until then was told to `each` already, so the caller publishes only after
// scan_run came back true.
#pragma once

#include "codec/table/csv.h"
#include "codec/text/needle.h"
#include "model/feed/event.h"
#include "model/match/select.h"

enum {
	SCAN_MAX_JOBS = 64,
	SCAN_MAX_FILES = 64,        // that one child reads, one after the other
	SCAN_MAX_RECORD = 16 << 20, // longer ones are junk
	SCAN_PART_LEAST = 1 << 20,  // bytes of a file that one child reads, where jobs share it
	SCAN_PART_MOST = 128 << 20, // as many at once as there are jobs, all of one size
};

struct scan_hit {
	uint64_t record; // from 1, through the whole file, header, comments and blanks too
	uint64_t offset; // of the record in the decompressed bytes
	uint32_t length;
	unsigned view; // by which roster: 0, or 1 of scan.other
	unsigned count;
	struct matched match[SELECT_MAX_MATCHES];
	const struct event *event; // empty where not asked for; lives until `each` returns
};

struct scan_tally {
	uint64_t records, bytes,
		hits;   // records and bytes seen, after decompression; records that hit
	uint64_t keyed; // SCAN_HITS: records that gave something to look up
	uint64_t left;  // out by a rule of the feed file, of what else would be given
	uint64_t filled[FEED_MAX_SELECTS]; // SCAN_HITS: what each of the type's selects gave
	uint64_t junk[JUNK_KINDS], first[JUNK_KINDS]; // first: record; 0: none
};

enum scan_give {     // what is told of a batch
	SCAN_HITS,   // the records that met an asset
	SCAN_EVENTS, // every record, as an event; needs neither roster nor index
	SCAN_FOUND, // the records in which one of the needles stands, with whose they are, if anybody's
	SCAN_TEXT, // every record, as a line of JSON; likewise
};

struct scan_view { // who is asked whose a record is
	const struct roster *roster;
	const struct index *index;
};

struct scan {
	const struct feed *feed;
	const struct feed_type *type;
	const struct roster *roster;
	const struct index *index;
	const struct scan_view *other; // SCAN_HITS: a second roster; each hit tells whose it is
	const struct scan_view *gate;  // what meets none of this is nobody's; NULL: no such gate
	const char *path;              // NULL: read fd, with one job
	int fd;
	unsigned jobs; // 1 to SCAN_MAX_JOBS; compressed input is read by one
	enum scan_give give;
	const struct needles
		*needles; // SCAN_FOUND: a file in which none stands is not cut into records
	bool events;      // build the event of each hit
	struct str text;  // SCAN_TEXT: how each line begins: "{", and what else is to stand in it
	bool raw; // SCAN_TEXT: each with `raw`, the record's bytes in base64; never of a type with secrets
	bool keep_junk; // hand refused rows to `junk`
	struct buf *
		names; // where the header's names go, a line each, as far as there is room; NULL: nowhere
	bool (*each)(void *, const struct scan_hit *, struct err *);
	int text_to; // SCAN_TEXT: a descriptor for the lines; a child that reads all writes there itself
	bool (*junk)(void *, enum junk, struct str row, struct err *); // rows are cut at 64 KiB
	void (*progress)(void *, uint64_t done, uint64_t all);         // bytes; NULL: none
	void *context, *junk_context;
};

// Hits come in the order of the records, whatever the jobs. ERR_INPUT: the bytes
// are no such feed (UTF-16, a web page, a missing column, damaged compression).
bool scan_run(const struct scan *s, struct scan_tally *out, struct err *e) MUST_USE;

// The same in steps, so that several children read at once, and the cost of each (its fork, its
// cage, its memory) is shared by the files that it reads, one after the other. From scan_begin on it
// reads, and waits where it has told as much as a pipe holds. Each scan_end hears the next file to
// its end, with its own tally and its own error, as scan_run would: `each` is called from there.
//
// A file that ends its child, or is at fault, is no other's matter: those behind it are read by a new
// child. What is not the first of its child, and failed before anything of it was handed on, is read
// once more as the first of a new one. But a child that a file took over could lie of those behind it:
// so let one child read what one publisher sent.
//
// Each has a path, that must be there until its scan_end is over, as all else that it names, and is
// no SCAN_TEXT. Open meanwhile is one descriptor.
struct scanning;
struct scanning *scan_begin(const struct scan *s, unsigned count); // 1 to SCAN_MAX_FILES
bool scan_end(struct scanning *x, struct scan_tally *out, struct err *e) MUST_USE;
void scan_drop(struct scanning *x); // heard to the last or not; NULL is a no-op
