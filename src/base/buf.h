// A writer into memory that the caller gave. The first write that does not fit
// sets `over` and every later one is dropped, so one test at the end is enough
// (the sticky error of Knot's wire_ctx). It allocates nothing.
#pragma once

#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap;
	bool over; // something did not fit: what was written is not whole
};

#define BUF_ON(array) ((struct buf){ .p = (array), .cap = sizeof(array) })

void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_uint(struct buf *b, uint64_t v);             // decimal
void buf_hex(struct buf *b, const void *p, size_t n); // lower case
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF(2, 3);

static inline void buf_char(struct buf *b, char c)
{
	if (b->over || b->n == b->cap)
		b->over = true;
	else
		b->p[b->n++] = c;
}

static inline struct str buf_view(const struct buf *b) // what stands in it now
{
	return (struct str){ b->p, b->n };
}
