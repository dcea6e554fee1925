// Reading zip as it comes, without going back: what the members hold, one after the other,
// as one stream (a line end between two where the first has none at its end). Stored and
// deflate, sizes before or behind the bytes, zip64. The directory at the end is not read:
// what stands in the stream is what counts. Memory comes from the arena at zip_open, so a
// caged process may read.
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { ZIP_MEMORY = 192 << 10 };

struct zip;
struct zip *zip_open(struct arena *a);

// Takes bytes off *in and adds what they hold to out, until one of them is used up.
// *whole: all members are over, and what follows (the directory) has begun. ERR_INPUT: not
// zip, damaged (a wrong CRC too), encrypted, or packed by another method.
bool zip_more(struct zip *z, struct str *in, struct buf *out, bool *whole, struct err *e) MUST_USE;
