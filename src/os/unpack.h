// The bytes of a descriptor, decompressed where they are gzip or zstd (told by
// their first bytes). Works in the strict cage: only read() is called, memory is the
// arena's. A bomb is refused: over UNPACK_FREE bytes may not grow more than
// UNPACK_RATIO times.
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { UNPACK_RAW = 128 << 10, UNPACK_RATIO = 300, UNPACK_MEMORY = 160 << 20 };
#define UNPACK_FREE (UINT64_C(256) << 20)

struct gzip;
struct zstd_reader;

struct unpack {
	int fd;
	struct arena *a;
	enum { UNPACK_UNKNOWN, UNPACK_PLAIN, UNPACK_GZIP, UNPACK_ZSTD } kind;
	struct gzip *gzip;
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
