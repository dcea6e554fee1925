// Reading gzip (RFC 1952) by zlib, several members one after the other included.
// Memory comes from the arena at gzip_open, so a caged process may read.
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { GZIP_MEMORY = 64 << 10 };

struct gzip;
struct gzip *gzip_open(struct arena *a);

// Takes bytes off *in and adds what they hold to out, until one of them is used up.
// *whole: the input so far ends with a member. ERR_INPUT: not gzip, or damaged.
bool gzip_more(struct gzip *g, struct str *in, struct buf *out, bool *whole, struct err *e)
	MUST_USE;
