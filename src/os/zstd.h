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
