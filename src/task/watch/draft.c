#include "task/watch/draft.h"

#include "model/feed/guess.h"
#include "os/cage.h"
#include "os/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { MEMORY = UNPACK_MEMORY + (96 << 20), HEAP = 1 << 20 };

struct work {
	int in, out;
	struct str named;
};

static void put_all(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno != EINTR)
			cage_leave(1);
		str_skip(&s, n > 0 ? (size_t)n : 0);
	}
}

static int child(void *context)
{
	const struct work *w = context;
	struct buf sample = { .cap = GUESS_SAMPLE }, draft = { .cap = GUESS_DRAFT };
	struct unpack in;
	struct arena a;
	struct err e;
	bool end = false;

	arena_init(&a, MEMORY);
	sample.p = arena_new(&a, char, GUESS_SAMPLE);
	draft.p = arena_new(&a, char, GUESS_DRAFT);
	cage_warm(HEAP);
	cage_enter();
	in = unpack_of(w->in, &a);
	while (!end && sample.n < sample.cap)
		if (!unpack_more(&in, &sample, &end, &e))
			cage_leave(0); // says nothing: the reader will tell why
	if (guess_feed(buf_view(&sample), w->named, &a, &draft) && !draft.over)
		put_all(w->out, buf_view(&draft));
	return 0;
}

static bool listen(int from, struct arena *a, struct str *out, struct err *e)
{
	char *p = arena_new(a, char, GUESS_DRAFT);
	size_t n = 0;

	for (;;) {
		ssize_t got = read(from, p + n, GUESS_DRAFT - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(e, ERR_SYSTEM, "the guess: %m");
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*out = (struct str){ p, n };
	return true;
}

bool draft_guess(int fd, struct str named, struct arena *a, struct str *out, struct err *e)
{
	struct work w = { .in = fd, .named = named };
	int ends[2];
	bool ok;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "no pipe: %m");
	w.out = ends[1];
	if (!cage_fork(child, &w, &pid, e)) {
		close(ends[0]);
		close(ends[1]);
		return false;
	}
	close(ends[1]);
	ok = listen(ends[0], a, out, e);
	close(ends[0]);
	if (!cage_wait(pid, e) || !ok)
		return false;
	return out->n > 0 || err_set(e, ERR_INPUT,
				     named.p != NULL ? "no row has these columns, or none of them "
						       "is a field that can match"
						     : "nothing in it is an address, a name, a "
						       "URL, a mail address or an AS "
						       "number: say --columns");
}
