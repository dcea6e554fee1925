// Zstandard (RFC 8878) by libzstd.
#pragma once

#include "base/err.h"
#include "base/str.h"

// Writing: bytes go compressed, with a checksum, to a descriptor that the caller
// keeps and closes. One writer makes one frame.
struct zstd_writer;
struct zstd_writer *zstd_writer_new(int fd, int level); // ends the process without memory
void zstd_writer_free(struct zstd_writer *w);           // NULL is a no-op

// ERR_SYSTEM: the descriptor took no more (disk full). With `last` the frame ends.
bool zstd_writer_put(struct zstd_writer *w, struct str bytes, bool last, struct err *e) MUST_USE;

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
