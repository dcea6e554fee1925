// Reading an archive's file back: unsealed, where it is sealed, and unpacked.
#include "base/buf.h"
#include "os/archive.h"
#include "os/file.h"
#include "os/zstd.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE = SEAL_CHUNK + SEAL_MORE, ROOM = 128 << 10 };
#define OPEN_ARENA ((size_t)512 << 20) // a window of zstd takes most

struct opening {
	int in, out; // out -1: nowhere
	struct arena a;
	struct seal_reader *seal; // NULL: it is not sealed
	struct zstd_reader *zstd;
	bool whole; // no frame is open
	struct digest digest;
	struct archived got;
	char piece[PIECE], plain[SEAL_CHUNK], room[ROOM];
};

static void opening_free(struct opening **o)
{
	arena_done(&(*o)->a);
	explicit_bzero(*o, sizeof **o);
	free(*o);
}

// As many bytes as there are, at most n.
static bool take(struct opening *o, size_t n, struct str *out, struct err *e)
{
	size_t have = 0;

	while (have < n) {
		ssize_t got = read(o->in, o->piece + have, n - have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(e, ERR_SYSTEM, "it cannot be read: %m");
		if (got == 0)
			break;
		have += (size_t)got;
	}
	*out = (struct str){ o->piece, have };
	return true;
}

static bool unpack(struct opening *o, struct str packed, struct err *e)
{
	struct buf b;

	do {
		b = (struct buf){ .p = o->room, .cap = ROOM };
		if (!zstd_reader_more(o->zstd, &packed, &b, &o->whole, e))
			return false;
		digest_add(&o->digest, buf_view(&b));
		o->got.bytes += b.n;
		if (o->out >= 0 && !file_write_all(o->out, buf_view(&b), e))
			return false;
	} while (packed.n > 0 || b.n == ROOM);
	return true;
}

static bool next(struct opening *o, struct str piece, struct err *e)
{
	size_t n = 0;

	if (o->seal == NULL)
		return unpack(o, piece, e);
	return seal_reader_chunk(o->seal, piece, o->plain, &n, e) &&
	       unpack(o, (struct str){ o->plain, n }, e);
}

static bool ended(struct opening *o, struct err *e)
{
	if (o->seal != NULL && !seal_reader_end(o->seal, e))
		return false;
	return o->whole || err_set(e, ERR_INPUT, "it is cut off: its last frame has no end");
}

static bool begin(struct opening *o, const struct seal_secret *key, struct err *e)
{
	struct str head;

	arena_init(&o->a, OPEN_ARENA);
	digest_init(&o->digest);
	o->zstd = zstd_reader_new(&o->a);
	if (o->zstd == NULL)
		return err_set(e, ERR_SYSTEM, "zstd cannot begin");
	if (lseek(o->in, 0, SEEK_SET) != 0)
		return err_set(e, ERR_INPUT, "it must be a file, not a pipe");
	if (!take(o, SEAL_HEAD, &head, e))
		return false;
	if (head.n == 0)
		return err_set(e, ERR_INPUT, "it is empty");
	if (!seal_is(head))
		return unpack(o, head, e);
	if (key == NULL)
		return err_set(e, ERR_DENIED, "it is sealed: say --key, the officers' archive.key");
	o->seal = seal_reader_new(head, key, &o->a, e);
	return o->seal != NULL;
}

static bool once(int in, const struct seal_secret *key, int out, struct archived *got,
		 struct err *e)
{
	CLEANUP(opening_free) struct opening *o = calloc(1, sizeof *o);
	struct str piece;

	if (o == NULL)
		abort();
	o->in = in;
	o->out = out;
	if (!begin(o, key, e))
		return false;
	for (;;) {
		if (!take(o, PIECE, &piece, e))
			return false;
		if (piece.n == 0)
			break;
		if (!next(o, piece, e))
			return false;
	}
	if (!ended(o, e))
		return false;
	digest_done(&o->digest, o->got.sum);
	*got = o->got;
	return true;
}

bool archive_open(int in, const struct seal_secret *key, int out, struct archived *got,
		  struct err *e)
{
	struct archived first = { 0 };

	if (!once(in, key, -1, &first, e))
		return false;
	*got = first;
	return out < 0 || once(in, key, out, got, e);
}
