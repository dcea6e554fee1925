// Parse and match the bytes of one batch, in the strict cage (STYLE 37): bytes in,
// records that met an asset out. The caller gives a descriptor or a path; the
// children read it, decompress it (gzip, zstd), cut records, look their selectors
// up in the index, build the event of a hit, and write only that to a pipe.
// A child that dies publishes nothing: the whole scan then fails with the reason.
#pragma once

#include "model/feed/event.h"
#include "model/feed/feed.h"
#include "model/match/index.h"

enum scan_side { SIDE_ADDRESS, SIDE_ASN, SIDE_NAME, SIDE_MAIL };

enum { SCAN_MAX_MATCHES = 64, SCAN_MAX_JOBS = 64, SCAN_MAX_RECORD = 16 << 20 };

struct scan_match {
	enum scan_side side;
	enum strength strength;
	int32_t node; // in the index; never a hole
};

struct scan_hit {
	uint64_t record; // from 1, through the whole file, header, comments and blanks too
	uint64_t offset; // of the record in the decompressed bytes
	uint32_t length;
	unsigned count;
	struct scan_match match[SCAN_MAX_MATCHES];
	const struct event *event; // NULL where not asked for
};

// Why a record, or one of its selectors, did not count. One table gives the words.
enum junk {
	JUNK_NONE,
	JUNK_COLUMNS,  // too few or too many columns
	JUNK_SYNTAX,   // not a record of this format (unclosed quote or object)
	JUNK_LONG,     // over SCAN_MAX_RECORD
	JUNK_ADDRESS,  // a selector that cannot be read: the others still count
	JUNK_ASN,
	JUNK_NAME,
	JUNK_URL,
	JUNK_KINDS,
};

struct str junk_word(enum junk j); // "columns": a stable key
struct str junk_says(enum junk j); // "too few or too many columns"

struct scan_tally {
	uint64_t records, bytes, hits; // bytes after decompression
	uint64_t junk[JUNK_KINDS];
};

struct scan {
	const struct feed *feed;
	const struct feed_type *type;
	const struct roster *roster;
	const struct index *index;
	const char *path; // NULL: read fd, with one job
	int fd;
	unsigned jobs;
	bool events;      // build the event of each hit
	int junk_fd;      // refused rows go there as they came; -1: nowhere
	bool (*each)(void *, const struct scan_hit *, struct err *);
	void (*progress)(void *, uint64_t done, uint64_t all); // NULL: none
	void *context;
};

// Hits come in the order of the records, whatever the jobs.
bool scan_run(const struct scan *s, struct scan_tally *out, struct err *e) MUST_USE;
