#include "os/zstd.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>

enum { WRITE_BYTES = 256 << 10 };

struct zstd_writer {
	int fd;
	ZSTD_CCtx *frame;
	char out[WRITE_BYTES];
};

struct zstd_writer *zstd_writer_new(int fd, int level)
{
	struct zstd_writer *w = malloc(sizeof *w);

	if (w == NULL || (w->frame = ZSTD_createCCtx()) == NULL)
		abort();
	w->fd = fd;
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

static bool write_all(int fd, struct str s, struct err *e)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, ERR_SYSTEM, "writing failed: %m");
		str_skip(&s, (size_t)n);
	}
	return true;
}

bool zstd_writer_put(struct zstd_writer *w, struct str bytes, bool last, struct err *e)
{
	ZSTD_EndDirective how = last ? ZSTD_e_end : ZSTD_e_continue;
	ZSTD_inBuffer in = { bytes.p, bytes.n, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { w->out, sizeof w->out, 0 };

		left = ZSTD_compressStream2(w->frame, &out, &in, how);
		if (ZSTD_isError(left))
			return err_set(e, ERR_SYSTEM, "zstd: %s", ZSTD_getErrorName(left));
		if (!write_all(w->fd, (struct str){ w->out, out.pos }, e))
			return false;
	} while (last ? left != 0 : in.pos < in.size);
	return true;
}
