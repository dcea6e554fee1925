// Reading gzip (RFC 1952) by zlib, several members one after the other included, and the
// raw deflate (RFC 1951) that zip holds. Memory comes from the arena when opened, so a
// caged process may read.
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

struct gzip *gzip_open_raw(struct arena *a);

// As gzip_more, up to the end of one stream: then *ended, *in is what follows it, and the
// next call begins another.
bool gzip_raw_more(struct gzip *g, struct str *in, struct buf *out, bool *ended, struct err *e)
	MUST_USE;

uint32_t gzip_crc(uint32_t crc, struct str bytes); // of zip and gzip; begin with 0
