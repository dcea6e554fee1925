// zlib reads through a const pointer only when told so.
#define ZLIB_CONST

#include "os/gzip.h"

#include <zlib.h>

enum { WINDOW_AND_GZIP = 15 + 16 };

struct gzip {
	z_stream z;
	bool ended; // a member is over, and no other has begun
};

static voidpf get(voidpf arena, uInt count, uInt size)
{
	return arena_get(arena, count, size, 16);
}

static void keep(voidpf arena, voidpf p) // memory goes with the arena
{
	(void)arena;
	(void)p;
}

struct gzip *gzip_open(struct arena *a)
{
	struct gzip *g = arena_new(a, struct gzip, 1);

	g->z = (z_stream){ .zalloc = get, .zfree = keep, .opaque = a };
	if (inflateInit2(&g->z, WINDOW_AND_GZIP) != Z_OK)
		return NULL;
	return g;
}

bool gzip_more(struct gzip *g, struct str *in, struct buf *out, bool *whole, struct err *e)
{
	while (in->n > 0 && out->n < out->cap) {
		int got;

		if (g->ended && inflateReset(&g->z) != Z_OK)
			return err_set(e, ERR_SYSTEM, "gzip: cannot begin again");
		g->ended = false;
		g->z.next_in = (const Bytef *)in->p;
		g->z.avail_in = (uInt)in->n;
		g->z.next_out = (Bytef *)out->p + out->n;
		g->z.avail_out = (uInt)(out->cap - out->n);
		got = inflate(&g->z, Z_NO_FLUSH);
		str_skip(in, in->n - g->z.avail_in);
		out->n = out->cap - g->z.avail_out;
		if (got == Z_STREAM_END)
			g->ended = true;
		else if (got != Z_OK && got != Z_BUF_ERROR)
			return err_set(e, ERR_INPUT,
				       "the gzip data is damaged (%s): fetch it again",
				       g->z.msg != NULL ? g->z.msg : "no more is known");
	}
	*whole = g->ended;
	return true;
}
