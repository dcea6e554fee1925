#include "task/watch/scan_seek.h"

#include "os/unpack.h"

static bool seek(const struct scan_seek *s, struct unpack *in, uint64_t *bytes, struct err *e)
{
	size_t kept = 0;
	bool end = false;

	*bytes = 0;
	while (!end) {
		struct buf to = { .p = s->buffer, .cap = s->room, .n = kept };

		if (!unpack_more(in, &to, &end, e))
			return false;
		*bytes += to.n - kept;
		if (needles_in(s->needles, buf_view(&to)))
			return true;
		kept = s->needles->longest - 1;
		if (kept > to.n)
			kept = to.n;
		memmove(s->buffer, s->buffer + to.n - kept, kept);
	}
	return false;
}

bool scan_seek(const struct scan_seek *s, struct arena *a, uint64_t *bytes, struct err *e)
{
	char *mark = arena_mark(a);
	struct unpack in = unpack_of(s->fd, a);
	bool is = seek(s, &in, bytes, e);

	arena_back(a, mark);
	return is;
}
