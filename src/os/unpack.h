// The bytes of a descriptor, decompressed where they are gzip, zstd or zip (told by
// their first bytes; of zip all members, one after the other). Works in the strict cage: only read() is called, memory is the
// arena's. A bomb is refused: over UNPACK_FREE bytes may not grow more than
// UNPACK_RATIO times.
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { UNPACK_RAW = 128 << 10, UNPACK_RATIO = 300, UNPACK_MEMORY = 160 << 20 };
#define UNPACK_FREE (UINT64_C(256) << 20)

struct gzip;
struct zip;
struct zstd_reader;

enum unpack_kind { UNPACK_UNKNOWN, UNPACK_PLAIN, UNPACK_GZIP, UNPACK_ZSTD, UNPACK_ZIP };
enum { UNPACK_HEAD = 4 }; // so many bytes tell

enum unpack_kind unpack_kind(struct str head); // PLAIN where they are none of ours

struct unpack {
	int fd;
	struct arena *a;
	enum unpack_kind kind;
	struct gzip *gzip;
	struct zip *zip;
	struct zstd_reader *zstd;
	char *raw;        // read and not yet decompressed
	struct str rest;  // of it
	uint64_t in, out; // bytes so far
	bool end, whole;
};

struct unpack unpack_of(int fd, struct arena *a); // the arena must have UNPACK_MEMORY

// Add bytes to `to` until it is full or there are none left: then *end is set.
// ERR_INPUT: damaged, cut off, or a bomb; ERR_SYSTEM: cannot be read.
bool unpack_more(struct unpack *u, struct buf *to, bool *end, struct err *e) MUST_USE;
