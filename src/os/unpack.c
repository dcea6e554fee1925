#include "os/unpack.h"

#include "os/gzip.h"
#include "os/zstd.h"

#include <errno.h>
#include <unistd.h>

enum { MAGIC = 4 };

struct unpack unpack_of(int fd, struct arena *a)
{
	return (struct unpack){ .fd = fd, .a = a, .whole = true };
}

static bool read_some(struct unpack *u, char *to, size_t room, size_t *got, struct err *e)
{
	ssize_t n;

	while ((n = read(u->fd, to, room)) < 0 && errno == EINTR)
		;
	if (n < 0)
		return err_set(e, ERR_SYSTEM, "cannot read the input: %m");
	*got = (size_t)n;
	u->in += (uint64_t)n;
	u->end = n == 0;
	return true;
}

static bool fill_raw(struct unpack *u, struct err *e)
{
	size_t got;

	if (!read_some(u, u->raw, UNPACK_RAW, &got, e))
		return false;
	u->rest = (struct str){ u->raw, got };
	return true;
}

// The first bytes tell. They are read through `raw`, also those of plain input.
static bool begin(struct unpack *u, struct err *e)
{
	size_t got;

	u->raw = arena_new(u->a, char, UNPACK_RAW);
	u->rest = (struct str){ u->raw, 0 };
	for (; u->rest.n < MAGIC && !u->end; u->rest.n += got) // a pipe may give one by one
		if (!read_some(u, u->raw + u->rest.n, UNPACK_RAW - u->rest.n, &got, e))
			return false;
	if (str_has_prefix(u->rest, S("\x1f\x8b"))) {
		u->kind = UNPACK_GZIP;
		u->gzip = gzip_open(u->a);
	} else if (str_has_prefix(u->rest, S("\x28\xb5\x2f"))) {
		u->kind = UNPACK_ZSTD;
		u->zstd = zstd_reader_new(u->a);
	} else {
		u->kind = UNPACK_PLAIN;
	}
	if ((u->kind == UNPACK_GZIP && u->gzip == NULL) ||
	    (u->kind == UNPACK_ZSTD && u->zstd == NULL))
		return err_set(e, ERR_SYSTEM, "cannot begin to decompress");
	return true;
}

static bool copy_plain(struct unpack *u, struct buf *to, struct err *e)
{
	while (to->n < to->cap && (u->rest.n > 0 || !u->end)) {
		size_t got = u->rest.n < to->cap - to->n ? u->rest.n : to->cap - to->n;

		if (got > 0) {
			buf_add(to, u->rest.p, got);
			str_skip(&u->rest, got);
			continue;
		}
		if (!read_some(u, to->p + to->n, to->cap - to->n, &got, e))
			return false;
		to->n += got;
	}
	return true;
}

static bool decompress(struct unpack *u, struct buf *to, struct err *e)
{
	while (to->n < to->cap) {
		size_t before = to->n;
		bool ok;

		if (u->rest.n == 0 && !u->end && !fill_raw(u, e))
			return false;
		ok = u->kind == UNPACK_GZIP ? gzip_more(u->gzip, &u->rest, to, &u->whole, e)
					    : zstd_reader_more(u->zstd, &u->rest, to, &u->whole, e);
		if (!ok)
			return err_in(e, "before byte %llu", (unsigned long long)u->in);
		u->out += to->n - before;
		if (u->out > UNPACK_FREE && u->out / UNPACK_RATIO > u->in)
			return err_set(e, ERR_LIMIT,
				       "the input grows to over %d times its size when "
				       "decompressed: refused as a bomb; if it is right, "
				       "decompress it first",
				       UNPACK_RATIO);
		if (u->end && u->rest.n == 0 && to->n == before)
			return u->whole ||
			       err_set(e, ERR_INPUT,
				       "the compressed input is cut off after %llu bytes: "
				       "fetch it again",
				       (unsigned long long)u->in);
	}
	return true;
}

bool unpack_more(struct unpack *u, struct buf *to, bool *end, struct err *e)
{
	if (u->kind == UNPACK_UNKNOWN && !begin(u, e))
		return false;
	if (u->kind == UNPACK_PLAIN ? !copy_plain(u, to, e) : !decompress(u, to, e))
		return false;
	*end = u->end && u->rest.n == 0 && to->n < to->cap;
	return true;
}
