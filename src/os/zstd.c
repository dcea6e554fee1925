// For ZSTD_createDCtx_advanced, by which memory comes from the arena.
#define ZSTD_STATIC_LINKING_ONLY

#include "os/zstd.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct zstd_writer {
	ZSTD_CCtx *frame;
	char out[ZSTD_COMPRESSBOUND(ZSTD_BLOCK)];
};

struct zstd_writer *zstd_writer_new(int level)
{
	struct zstd_writer *w = malloc(sizeof *w);

	if (w == NULL || (w->frame = ZSTD_createCCtx()) == NULL)
		abort();
	ZSTD_CCtx_setParameter(w->frame, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(w->frame, ZSTD_c_checksumFlag, 1);
	return w;
}

void zstd_writer_free(struct zstd_writer *w)
{
	if (w == NULL)
		return;
	ZSTD_freeCCtx(w->frame);
	free(w);
}

bool zstd_writer_frame(struct zstd_writer *w, struct str block, struct str *out, struct err *e)
{
	size_t n = ZSTD_compress2(w->frame, w->out, sizeof w->out, block.p, block.n);

	if (ZSTD_isError(n))
		return err_set(e, ERR_SYSTEM, "zstd: %s", ZSTD_getErrorName(n));
	*out = (struct str){ w->out, n };
	return true;
}

struct zstd_reader {
	ZSTD_DCtx *frame;
	bool begun; // a frame is not over
};

static void *get(void *arena, size_t n)
{
	return arena_get(arena, n, 1, 16);
}

static void keep(void *arena, void *p) // memory goes with the arena
{
	(void)arena;
	(void)p;
}

struct zstd_reader *zstd_reader_new(struct arena *a)
{
	struct zstd_reader *r = arena_new(a, struct zstd_reader, 1);

	r->frame = ZSTD_createDCtx_advanced((ZSTD_customMem){ get, keep, a });
	if (r->frame == NULL)
		return NULL;
	ZSTD_DCtx_setParameter(r->frame, ZSTD_d_windowLogMax, ZSTD_MAX_WINDOW_LOG);
	return r;
}

static bool refuse(size_t code, struct err *e)
{
	if (ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge)
		return err_set(e, ERR_LIMIT,
			       "the zstd data needs a window over %d MiB: decompress it first",
			       1 << (ZSTD_MAX_WINDOW_LOG - 20));
	return err_set(e, ERR_INPUT, "the zstd data is damaged (%s): fetch it again",
		       ZSTD_getErrorName(code));
}

bool zstd_reader_more(struct zstd_reader *r, struct str *in, struct buf *out, bool *whole,
		      struct err *e)
{
	ZSTD_inBuffer from = { in->p, in->n, 0 };
	ZSTD_outBuffer to = { out->p, out->cap, out->n };
	size_t before;

	do {
		size_t left, fed = from.pos;

		before = to.pos;
		left = ZSTD_decompressStream(r->frame, &to, &from);
		if (ZSTD_isError(left))
			return refuse(left, e);
		if (left == 0)
			r->begun = false;
		else if (from.pos > fed || to.pos > before)
			r->begun = true;
	} while (to.pos < to.size && (from.pos < from.size || to.pos > before));
	str_skip(in, from.pos);
	out->n = to.pos;
	*whole = !r->begun;
	return true;
}
