#include "os/mime.h"

#include "base/time.h"
#include "os/cage.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/mime_read.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

void mime_begin(void)
{
	mime_read_begin();
}

static bool said(int from, int64_t until, struct buf *to, struct err *e)
{
	for (;;) {
		int64_t left = (until - clock_since()) / 1000; // ms
		struct pollfd p = { .fd = from, .events = POLLIN };
		int n = left > 0 ? poll(&p, 1, (int)left) : 0;
		ssize_t got;

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, ERR_LIMIT, "reading the mail took over %d seconds",
				       (int)MIME_SECONDS);
		if (to->n == to->cap)
			return err_set(e, ERR_LIMIT, "the caged reader says more than it may");
		got = read(from, to->p + to->n, to->cap - to->n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(e, ERR_SYSTEM, "cannot hear the caged reader: %m");
		if (got == 0)
			return true;
		to->n += (size_t)got;
	}
}

// What a child that reads the mail says, into *to.
static bool ask(struct mime_reader *r, struct buf *to, struct err *e)
{
	int ends[2];
	autofd from = -1;
	pid_t pid;
	bool good;

	if (r->mail.n > MIME_BYTES)
		return err_set(e, ERR_LIMIT, "the mail is over %d MB", (int)MIME_BYTES >> 20);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "no pipe: %m");
	r->to = ends[1];
	from = ends[0];
	good = cage_fork(mime_read_child, r, &pid, e);
	close(ends[1]);
	if (!good)
		return false;
	if (!said(from, clock_since() + MIME_SECONDS * TIME_SECOND, to, e)) {
		cage_kill(pid);
		return false;
	}
	return cage_wait(pid, e);
}

bool mime_heard(struct str mail, struct arena *a, struct heard_whole *out, struct err *e)
{
	autoarena room = { 0 };
	struct mime_reader r = { .mail = mail, .a = &room, .want = -1 };
	char *p = arena_new(a, char, HEARD_BYTES);
	struct buf b = { .p = p, .cap = HEARD_BYTES };

	mime_begin();
	arena_init(&room, MIME_ROOM);
	r.raw = arena_new(&room, char, HEARD_TEXT);
	if (!ask(&r, &b, e))
		return false;
	arena_back(a, p + b.n);
	return heard_read(buf_view(&b), a, out) ||
	       err_set(e, ERR_SYSTEM, "the caged reader says what cannot be");
}

bool mime_part_bytes(struct str mail, size_t index, struct arena *a, struct str *out, struct err *e)
{
	autoarena room = { 0 };
	struct mime_reader r = { .mail = mail, .a = &room, .want = (long)index };
	char *p = arena_new(a, char, MIME_PART_BYTES + 3);
	struct buf b = { .p = p, .cap = MIME_PART_BYTES + 3 };

	mime_begin();
	arena_init(&room, MIME_ROOM + 2 * MIME_PART_BYTES);
	if (!ask(&r, &b, e))
		return false;
	arena_back(a, p + b.n);
	if (b.n == 0 || b.p[0] != '+')
		return err_set(e, ERR_ABSENT, "there is no such part");
	*out = str_from(buf_view(&b), 1);
	return out->n <= MIME_PART_BYTES ||
	       err_set(e, ERR_LIMIT, "the part is over %d MB", (int)MIME_PART_BYTES >> 20);
}
