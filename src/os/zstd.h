// Zstandard (RFC 8878) by libzstd.
#pragma once

#include "base/err.h"
#include "base/str.h"

// Writing, with a checksum. Each block becomes a frame of its own, read from where it
// stands: frames of half a MiB cost 2 % more bytes than one of all, and save a copy of them.
struct zstd_writer;
struct zstd_writer *zstd_writer_new(int level); // ends the process without memory
void zstd_writer_free(struct zstd_writer *w);   // NULL is a no-op

// The frame of a block of at most ZSTD_BLOCK bytes; it holds until the next one.
enum { ZSTD_BLOCK = 512 << 10 };
bool zstd_writer_frame(struct zstd_writer *w, struct str block, struct str *out, struct err *e)
	MUST_USE;

// Reading, several frames one after the other included. Memory comes from the arena, so
// a caged process may read; a window over 1 << ZSTD_MAX_WINDOW_LOG is refused (ERR_LIMIT).
enum { ZSTD_MAX_WINDOW_LOG = 27 };
struct arena;
struct buf;
struct zstd_reader;
struct zstd_reader *zstd_reader_new(struct arena *a); // NULL: cannot

// As gzip_more (os/gzip.h).
bool zstd_reader_more(struct zstd_reader *r, struct str *in, struct buf *out, bool *whole,
		      struct err *e) MUST_USE;
