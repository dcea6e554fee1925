#include "os/mime.h"

#include "base/time.h"
#include "os/cage.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/mime_gmime.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	ROOM = 24 << 20, // of the child, for what it says of one mail
	FRAME = 64 << 10,
	CPU_SECONDS = 600, // of a child, for all of its mails
};

enum what { READ, FIELDS, PART };

// What the parent asks; the answer to READ and FIELDS is a length of 32 bits and a heard as bytes, to
// PART such pieces, an empty one, and a byte: was it all?
struct ask {
	uint64_t n; // bytes of the mail
	uint32_t what, part;
};

struct mime_reader {
	struct mime_gmime *g;
	char *window;      // shared; the child cannot write to it
	pid_t child;       // 0: none
	int fd;            // to it
	unsigned served;   // mails that this child was given
	bool fresh, late;  // the last mail was its first; took too long
	struct str direct; // the mail that the child alone has; else empty
	int theirs;        // the child's end, while it is started
	int64_t until;     // clock_since()
	struct err trouble;
	char piece[FRAME];
};

// ---- the child: leaves where its parent does

static void take(int fd, void *to, size_t n)
{
	char *p = to;

	while (n > 0) {
		const ssize_t got = read(fd, p, n);

		if (got <= 0)
			cage_leave(0);
		p += got;
		n -= (size_t)got;
	}
}

static void give(int fd, const void *from, size_t n)
{
	const char *p = from;

	while (n > 0) {
		const ssize_t put = write(fd, p, n);

		if (put <= 0)
			cage_leave(0);
		p += put;
		n -= (size_t)put;
	}
}

static void give_frame(struct str s)
{
	const uint32_t n = (uint32_t)s.n;

	give(STDIN_FILENO, &n, sizeof n);
	give(STDIN_FILENO, s.p, s.n);
}

static bool give_piece(void *context, struct str s)
{
	(void)context;
	while (s.n > 0) {
		const struct str piece = str_first(s, FRAME);

		give_frame(piece);
		str_skip(&s, piece.n);
	}
	return true;
}

static void answer(const struct mime_reader *r, const struct ask *ask, struct str mail,
		   struct arena *a)
{
	static const struct mime_sink pieces = { give_piece, NULL };
	struct heard_whole h;
	struct buf b;
	bool all;

	if (ask->what == PART) {
		all = mime_gmime_part(r->g, mail, ask->part, a, &pieces);
		give_frame((struct str){ 0 });
		give(STDIN_FILENO, &all, sizeof all);
		return;
	}
	if (ask->what == READ)
		mime_gmime_read(r->g, mail, a, &h);
	else
		mime_gmime_fields(r->g, mail, a, &h);
	b = (struct buf){ .p = arena_new(a, char, HEARD_BYTES), .cap = HEARD_BYTES };
	heard_write(&b, &h);
	give_frame(buf_view(&b));
}

// Its only descriptor is 0.
static int serve(void *context)
{
	const struct mime_reader *r = context;
	struct arena a;
	struct ask ask;

	setrlimit(RLIMIT_CPU, &(struct rlimit){ CPU_SECONDS, CPU_SECONDS });
	if (dup2(r->theirs, STDIN_FILENO) < 0 || close_range(1, ~0U, 0) != 0 ||
	    mprotect(r->window, MIME_READER_WINDOW, PROT_READ) != 0)
		return 1;
	arena_init(&a, ROOM);
	mime_gmime_alone();
	cage_warm(MIME_READER_HEAP);
	cage_enter_refusing();
	for (;;) {
		char *mark = arena_mark(&a);
		struct str mail = r->direct;

		take(STDIN_FILENO, &ask, sizeof ask);
		if (mail.p == NULL)
			mail = (struct str){ r->window, ask.n };
		answer(r, &ask, mail, &a);
		arena_back(&a, mark);
	}
}

// ---- its life

static void stop(struct mime_reader *r)
{
	if (r->child == 0)
		return;
	close(r->fd);
	cage_kill(r->child);
	r->child = 0;
}

static bool start(struct mime_reader *r, struct str direct, struct err *e)
{
	int pair[2];
	bool ok;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(e, ERR_SYSTEM, "cannot start the reader of mails: %m");
	r->theirs = pair[1];
	r->direct = direct;
	r->served = 0;
	ok = cage_fork(serve, r, &r->child, e);
	close(pair[1]);
	r->fd = pair[0];
	if (!ok) {
		close(r->fd);
		r->child = 0;
	}
	return ok;
}

// The child for this mail, with the mail before it.
static bool ready(struct mime_reader *r, struct str mail, struct err *e)
{
	const bool direct = mail.n > MIME_READER_WINDOW;

	if (r->child != 0 && (direct || r->direct.p != NULL || r->served >= MIME_READER_MAILS))
		stop(r);
	if (r->child == 0 && !start(r, direct ? mail : (struct str){ 0 }, e))
		return false;
	if (!direct && mail.n > 0)
		memcpy(r->window, mail.p, mail.n);
	r->fresh = r->served++ == 0;
	return true;
}

// It ended by itself, or as good as: e says how.
static bool ended(struct mime_reader *r, struct err *e)
{
	const pid_t child = r->child;

	r->child = 0;
	close(r->fd);
	if (cage_wait(child, e))
		err_set(e, ERR_SYSTEM, "the reader of mails ended before it answered");
	return false;
}

static bool nonsense(struct mime_reader *r, struct err *e)
{
	stop(r);
	return err_set(e, ERR_SYSTEM, "the reader of mails gave what is no answer");
}

// ---- what is said between them

// Exactly n bytes, before the mail's time is over.
static bool hear(struct mime_reader *r, void *to, size_t n, struct err *e)
{
	char *p = to;

	while (n > 0) {
		const int64_t left = r->until - clock_since();
		struct pollfd one = { .fd = r->fd, .events = POLLIN };
		ssize_t got;

		if (left <= 0 || poll(&one, 1, (int)(left / 1000) + 1) == 0) {
			stop(r);
			r->late = true;
			return err_set(e, ERR_LIMIT,
				       "reading the mail took more than %d seconds, and was ended",
				       MIME_READER_SECONDS);
		}
		got = recv(r->fd, p, n, MSG_DONTWAIT);
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got <= 0)
			return ended(r, e);
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static bool ask(struct mime_reader *r, struct str mail, enum what what, uint32_t part,
		struct err *e)
{
	const struct ask a = { mail.n, what, part };

	r->late = false;
	if (!ready(r, mail, e))
		return false;
	r->until = clock_since() + MIME_READER_SECONDS * TIME_SECOND;
	return send(r->fd, &a, sizeof a, MSG_NOSIGNAL) == sizeof a || ended(r, e);
}

static bool ask_heard(struct mime_reader *r, struct str mail, enum what what, struct arena *a,
		      struct heard_whole *out, struct err *e)
{
	struct str bytes;
	uint32_t n;
	char *p;

	if (!ask(r, mail, what, 0, e) || !hear(r, &n, sizeof n, e))
		return false;
	if (n > HEARD_BYTES)
		return nonsense(r, e);
	p = arena_new(a, char, n);
	bytes = (struct str){ p, n };
	return hear(r, p, n, e) && (heard_read(bytes, a, out) || nonsense(r, e));
}

bool mime_reader_read(struct mime_reader *r, struct str mail, struct arena *a,
		      struct heard_whole *out, struct err *e)
{
	r->trouble = (struct err){ 0 };
	if (ask_heard(r, mail, READ, a, out, e))
		return true;
	if (!r->fresh && !r->late && ask_heard(r, mail, READ, a, out, e))
		return true; // what went wrong came of the mails before it
	r->trouble = *e;
	if (ask_heard(r, mail, FIELDS, a, out, e))
		return true;
	*e = r->trouble;
	return false;
}

const struct err *mime_reader_trouble(const struct mime_reader *r)
{
	return r->trouble.kind != ERR_NONE ? &r->trouble : NULL;
}

pid_t mime_reader_child(const struct mime_reader *r)
{
	return r->child;
}

// Where the pieces of a part go; `most` bytes of it.
struct goes {
	struct buf *memory; // or NULL:
	int fd;
	uint64_t most;
};

static bool put(struct goes *to, struct str piece, struct err *e)
{
	if (piece.n > to->most)
		return err_set(e, ERR_LIMIT, "the part is longer than it may be");
	to->most -= piece.n;
	if (to->memory == NULL)
		return file_write_all(to->fd, piece, e);
	buf_str(to->memory, piece);
	return true;
}

static bool read_part(struct mime_reader *r, struct str mail, uint32_t part, struct goes *to,
		      struct err *e)
{
	uint32_t n;
	bool all;

	if (r->child != 0 && r->served > 0)
		stop(r); // the one that read others may be short of memory
	if (!ask(r, mail, PART, part, e))
		return false;
	for (;;) {
		if (!hear(r, &n, sizeof n, e))
			return false;
		if (n > FRAME)
			return nonsense(r, e);
		if (n == 0)
			break;
		if (!hear(r, r->piece, n, e))
			return false;
		if (!put(to, (struct str){ r->piece, n }, e)) {
			stop(r);
			return false;
		}
	}
	return hear(r, &all, sizeof all, e) &&
	       (all || err_set(e, ERR_ABSENT, "the mail has no such part with bytes of its own"));
}

bool mime_reader_part(struct mime_reader *r, struct str mail, uint32_t part, struct buf *out,
		      struct err *e)
{
	struct goes to = { .memory = out, .most = out->cap - out->n };

	return read_part(r, mail, part, &to, e);
}

bool mime_reader_part_to(struct mime_reader *r, struct str mail, uint32_t part, uint64_t most,
			 int fd, struct err *e)
{
	struct goes to = { .fd = fd, .most = most };

	return read_part(r, mail, part, &to, e);
}

// ---- the handle

struct mime_reader *mime_reader_new(struct err *e)
{
	struct mime_reader *r = calloc(1, sizeof *r);
	void *window = mmap(NULL, MIME_READER_WINDOW, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (r == NULL || window == MAP_FAILED) {
		err_set(e, ERR_SYSTEM, "no memory for the reader of mails: %m");
		free(r);
		return NULL;
	}
	r->window = window;
	r->g = mime_gmime_new();
	return r;
}

void mime_reader_free(struct mime_reader *r)
{
	if (r == NULL)
		return;
	stop(r);
	mime_gmime_free(r->g);
	munmap(r->window, MIME_READER_WINDOW);
	free(r);
}
