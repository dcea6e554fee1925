// zlib reads through a const pointer only when told so.
#define ZLIB_CONST

#include "os/gzip.h"

#include <zlib.h>

enum { WINDOW_AND_GZIP = 15 + 16, WINDOW_AND_RAW = -15 };

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

static struct gzip *open_as(struct arena *a, int window)
{
	struct gzip *g = arena_new(a, struct gzip, 1);

	g->z = (z_stream){ .zalloc = get, .zfree = keep, .opaque = a };
	if (inflateInit2(&g->z, window) != Z_OK)
		return NULL;
	return g;
}

struct gzip *gzip_open(struct arena *a)
{
	return open_as(a, WINDOW_AND_GZIP);
}

struct gzip *gzip_open_raw(struct arena *a)
{
	return open_as(a, WINDOW_AND_RAW);
}

static int inflate_some(struct gzip *g, struct str *in, struct buf *out)
{
	int got;

	g->z.next_in = (const Bytef *)in->p;
	g->z.avail_in = (uInt)in->n;
	g->z.next_out = (Bytef *)out->p + out->n;
	g->z.avail_out = (uInt)(out->cap - out->n);
	got = inflate(&g->z, Z_NO_FLUSH);
	str_skip(in, in->n - g->z.avail_in);
	out->n = out->cap - g->z.avail_out;
	return got;
}

static bool damaged(const struct gzip *g, const char *what, struct err *e)
{
	return err_set(e, ERR_INPUT, "the %s data is damaged (%s): fetch it again", what,
		       g->z.msg != NULL ? g->z.msg : "no more is known");
}

bool gzip_more(struct gzip *g, struct str *in, struct buf *out, bool *whole, struct err *e)
{
	while (in->n > 0 && out->n < out->cap) {
		int got;

		if (g->ended && inflateReset(&g->z) != Z_OK)
			return err_set(e, ERR_SYSTEM, "gzip: cannot begin again");
		g->ended = false;
		got = inflate_some(g, in, out);
		if (got == Z_STREAM_END)
			g->ended = true;
		else if (got != Z_OK && got != Z_BUF_ERROR)
			return damaged(g, "gzip", e);
	}
	*whole = g->ended;
	return true;
}

bool gzip_raw_more(struct gzip *g, struct str *in, struct buf *out, bool *ended, struct err *e)
{
	int got = Z_OK;

	*ended = false;
	if (g->ended && inflateReset(&g->z) != Z_OK)
		return err_set(e, ERR_SYSTEM, "zip: cannot begin again");
	g->ended = false;
	while (got == Z_OK && out->n < out->cap) // also without input: output may be pending
		got = inflate_some(g, in, out);
	if (got != Z_OK && got != Z_STREAM_END && got != Z_BUF_ERROR)
		return damaged(g, "zip", e);
	*ended = g->ended = got == Z_STREAM_END;
	return true;
}

uint32_t gzip_crc(uint32_t crc, struct str bytes)
{
	return (uint32_t)crc32_z(crc, (const Bytef *)bytes.p, bytes.n);
}
