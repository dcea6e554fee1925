#include "os/unpack.h"

#include "os/gzip.h"
#include "os/zip.h"
#include "os/zstd.h"

#include <errno.h>
#include <unistd.h>

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

enum unpack_kind unpack_kind(struct str head)
{
	static const struct {
		struct str begins;
		enum unpack_kind kind;
	} kinds[] = {
		{ { "\x1f\x8b", 2 }, UNPACK_GZIP },
		{ { "\x28\xb5\x2f", 3 }, UNPACK_ZSTD }, // told even where it is cut off there
		{ { "PK\3", 3 }, UNPACK_ZIP },          // so is zip
		{ { "PK\5\6", 4 }, UNPACK_ZIP },        // without members
		{ { "PK\7\10", 4 }, UNPACK_ZIP },       // once in parts
	};

	for (size_t i = 0; i < COUNTOF(kinds); i++)
		if (str_has_prefix(head, kinds[i].begins))
			return kinds[i].kind;
	return UNPACK_PLAIN;
}

// The first bytes tell. They are read through `raw`, also those of plain input.
static bool begin(struct unpack *u, struct err *e)
{
	bool ok = true;

	u->raw = arena_new(u->a, char, UNPACK_RAW);
	u->rest = (struct str){ u->raw, 0 };
	while (u->rest.n < UNPACK_HEAD && !u->end) { // a pipe may give them one by one
		size_t got;

		if (!read_some(u, u->raw + u->rest.n, UNPACK_RAW - u->rest.n, &got, e))
			return false;
		u->rest.n += got;
	}
	u->kind = unpack_kind(u->rest);
	if (u->kind == UNPACK_GZIP)
		ok = (u->gzip = gzip_open(u->a)) != NULL;
	else if (u->kind == UNPACK_ZSTD)
		ok = (u->zstd = zstd_reader_new(u->a)) != NULL;
	else if (u->kind == UNPACK_ZIP)
		ok = (u->zip = zip_open(u->a)) != NULL;
	return ok || err_set(e, ERR_SYSTEM, "cannot begin to decompress");
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

static bool decompress_some(struct unpack *u, struct buf *to, struct err *e)
{
	switch (u->kind) {
	case UNPACK_GZIP:
		return gzip_more(u->gzip, &u->rest, to, &u->whole, e);
	case UNPACK_ZSTD:
		return zstd_reader_more(u->zstd, &u->rest, to, &u->whole, e);
	case UNPACK_ZIP:
		return zip_more(u->zip, &u->rest, to, &u->whole, e);
	case UNPACK_UNKNOWN:
	case UNPACK_PLAIN:
		break;
	}
	return false;
}

static bool decompress(struct unpack *u, struct buf *to, struct err *e)
{
	while (to->n < to->cap) {
		size_t before = to->n;

		if (u->rest.n == 0 && !u->end && !fill_raw(u, e))
			return false;
		if (!decompress_some(u, to, e))
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
