#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (b->over || n > b->cap - b->n) {
		b->over = true;
		return;
	}
	if (n > 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
	buf_add(b, s.p, s.n);
}

void buf_uint(struct buf *b, uint64_t v)
{
	char text[20];
	size_t at = sizeof text;

	do
		text[--at] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	buf_add(b, text + at, sizeof text - at);
}

void buf_hex(struct buf *b, const void *p, size_t n)
{
	const unsigned char *bytes = p;

	for (size_t i = 0; i < n; i++) {
		buf_char(b, "0123456789abcdef"[bytes[i] >> 4]);
		buf_char(b, "0123456789abcdef"[bytes[i] & 15]);
	}
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	size_t room = b->cap - b->n;
	va_list ap;
	int n;

	if (b->over)
		return;
	va_start(ap, fmt);
	n = room > 0 ? vsnprintf(b->p + b->n, room, fmt, ap) : -1;
	va_end(ap);
	if (n < 0 || (size_t)n >= room)
		b->over = true;
	else
		b->n += (size_t)n;
}
