#include "task/watch/scan.h"

#include "codec/wire/hit.h"
#include "os/cage.h"
#include "os/file.h"
#include "os/unpack.h"
#include "task/watch/scan_take.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PIPE_BYTES = 1 << 20,
	FRAMES = 2 * WIRE_MAX_FRAME, // read from a pipe and not yet taken
	EVENT_MEMORY = 4 << 20,
};

static void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void part_close(struct scan_part *p)
{
	fd_close(&p->head);
	if (p->scan->path != NULL) // else it is the caller's
		fd_close(&p->in);
}

static bool open_at(const char *path, uint64_t offset, int *out, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || (offset > 0 && lseek(fd, (off_t)offset, SEEK_SET) < 0)) {
		err_set(e, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %m", path);
		fd_close(&fd);
		return false;
	}
	*out = fd;
	return true;
}

// Each child has descriptors of its own, since children would share one offset.
static bool open_part(struct scan_part *p, struct err *e)
{
	const struct scan *s = p->scan;

	p->in = p->head = -1;
	if (s->path == NULL) {
		p->in = s->fd;
		return true;
	}
	if ((p->from > 0 || s->give == SCAN_FOUND) && !open_at(s->path, 0, &p->head, e))
		return false;
	return open_at(s->path, p->from == 0 || p->exact ? p->from : p->from - 1, &p->in, e);
}

static bool start_child(struct scan_worker *w, struct scan_parts *parts, struct err *e)
{
	int ends[2];
	bool ok;

	w->held = w->taken = 0;
	w->over = false;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "no pipe: %m");
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); // more than its share it need not get
	parts->out = ends[1];
	ok = cage_fork(scan_child, parts, &w->child, e);
	fd_close(&ends[1]);
	w->from = ends[0];
	if (!ok)
		fd_close(&w->from);
	return ok;
}

static bool start(const struct scan *s, struct scan_worker *w, uint64_t from, uint64_t to,
		  bool exact, struct err *e)
{
	struct scan_part part = {
		.scan = s,
		.text = from == 0 && to == UINT64_MAX ? s->text_to : -1, // others must wait
		.from = from,
		.to = to,
		.exact = exact,
	};
	struct scan_parts parts = { &part, 1, -1 };
	bool ok = open_part(&part, e) && start_child(w, &parts, e);

	part_close(&part);
	return ok;
}

static void stop(struct scan_worker *w)
{
	if (w->from < 0)
		return;
	fd_close(&w->from);
	cage_kill(w->child);
}

// All that a child tells of one part, until it has begun the next: what says that it is done, and dies,
// is not. Behind its last part, to the end of its pipe, and how it ended.
static bool hear_part(struct scan_parent *p, struct scan_worker *w, struct err *e)
{
	for (;;) {
		ssize_t n;

		if (!scan_take_frames(p, e)) {
			stop(w);
			return false;
		}
		if (p->onward)
			return true;
		n = scan_hear(w, &p->others, p->frames + p->have, FRAMES - p->have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		p->have += (size_t)n;
	}
	fd_close(&w->from);
	return cage_wait(w->child, e) && (p->done || scan_strange(e));
}

static bool listen(struct scan_parent *p, struct scan_worker *w, struct err *e)
{
	p->have = 0;
	p->done = p->astray = false;
	return hear_part(p, w, e);
}

static bool scan_whole(struct scan_parent *p, struct err *e)
{
	struct scan_worker w = { .from = -1 };

	return start(p->s, &w, 0, UINT64_MAX, true, e) && listen(p, &w, e);
}

// Parts of a file in order, as many at once as there are jobs.
struct pool {
	struct scan_worker worker[SCAN_MAX_JOBS];
	uint64_t part, parts, started;
};

static uint64_t part_end(const struct pool *pool, uint64_t k)
{
	return k + 1 >= pool->parts ? UINT64_MAX : (k + 1) * pool->part;
}

static struct scan_worker *worker_of(struct scan_parent *p, struct pool *pool, uint64_t k)
{
	return &pool->worker[k % p->s->jobs];
}

static bool start_more(struct scan_parent *p, struct pool *pool, uint64_t taken, struct err *e)
{
	for (; pool->started < pool->parts && pool->started < taken + p->s->jobs; pool->started++) {
		uint64_t k = pool->started;

		if (!start(p->s, worker_of(p, pool, k), k * pool->part, part_end(pool, k), k == 0,
			   e))
			return false;
	}
	return true;
}

// A part whose child guessed its start wrongly, in a quoted field with line ends say,
// is read again from where the part before it ended.
static bool take_part(struct scan_parent *p, struct pool *pool, uint64_t k, struct err *e)
{
	struct scan_worker *w = worker_of(p, pool, k);

	p->start = p->end;
	if (p->start >= part_end(pool, k)) { // one record reached over all of it
		stop(w);
		return true;
	}
	if (listen(p, w, e))
		return true;
	return p->astray && start(p->s, w, p->start, part_end(pool, k), true, e) && listen(p, w, e);
}

static bool scan_parts(struct scan_parent *p, struct err *e)
{
	uint64_t round = p->s->jobs * (uint64_t)SCAN_PART_MOST,
		 rounds = (p->size + round - 1) / round;
	struct pool pool = { .part = p->size / (rounds * p->s->jobs) + 1 };
	bool ok = true;

	if (pool.part < SCAN_PART_LEAST)
		pool.part = SCAN_PART_LEAST;
	pool.parts = (p->size + pool.part - 1) / pool.part;
	for (unsigned i = 0; i < p->s->jobs; i++)
		pool.worker[i] =
			(struct scan_worker){ .from = -1,
					      .ahead = arena_new(&p->a, char, SCAN_AHEAD) };
	p->others = (struct scan_others){ pool.worker, p->s->jobs };
	for (uint64_t k = 0; k < pool.parts && ok; k++)
		ok = start_more(p, &pool, k, e) && take_part(p, &pool, k, e);
	for (unsigned i = 0; i < p->s->jobs; i++)
		stop(&pool.worker[i]);
	p->others.count = 0;
	return ok;
}

// Only what is not compressed can be read in parts.
static bool look(struct scan_parent *p, int fd, bool *parts, struct err *e)
{
	char bytes[UNPACK_HEAD];
	struct stat st;
	ssize_t n;

	*parts = false;
	if (fstat(fd, &st) != 0 || (n = pread(fd, bytes, sizeof bytes, 0)) < 0)
		return err_set(e, ERR_SYSTEM, "%s: %m", p->s->path);
	p->size = (uint64_t)st.st_size;
	*parts = p->s->jobs > 1 && p->size >= 2 * (uint64_t)SCAN_PART_LEAST &&
		 unpack_kind((struct str){ bytes, (size_t)n }) == UNPACK_PLAIN;
	return true;
}

static bool scan_fd(struct scan_parent *p, int fd, bool plain, struct err *e)
{
	struct scan stream = *p->s;
	bool parts = false;

	if (plain && !look(p, fd, &parts, e))
		return false;
	if (plain)
		return parts ? scan_parts(p, e) : scan_whole(p, e);
	stream.path = NULL; // what comes once is read where it was opened
	stream.fd = fd;
	p->s = &stream;
	return scan_whole(p, e);
}

static bool scan_path(struct scan_parent *p, struct err *e)
{
	bool plain, ok;
	int fd;

	if (p->s->path == NULL)
		return scan_whole(p, e);
	if (!file_open(p->s->path, &fd, &plain, e))
		return false;
	ok = scan_fd(p, fd, plain, e);
	close(fd);
	return ok;
}

static void parent_init(struct scan_parent *p, size_t more)
{
	*p = (struct scan_parent){ 0 };
	arena_init(&p->a, FRAMES + EVENT_MEMORY + more);
	arena_alone(&p->a);
	p->frames = arena_new(&p->a, char, FRAMES);
}

// What is of the file before is gone, but for the frames that its child told already.
static void parent_turn(struct scan_parent *p, const struct scan *s, struct scan_tally *tally)
{
	*tally = (struct scan_tally){ 0 };
	*p = (struct scan_parent){ .s = s,
				   .tally = tally,
				   .a = p->a,
				   .frames = p->frames,
				   .have = p->have,
				   .more = p->more };
}

static void parent_count(struct scan_parent *p)
{
	p->tally->records = p->records;
	p->tally->bytes = p->end;
}

bool scan_run(const struct scan *s, struct scan_tally *out, struct err *e)
{
	struct scan_parent p;
	bool ok;

	parent_init(&p, (size_t)SCAN_MAX_JOBS * SCAN_AHEAD);
	parent_turn(&p, s, out);
	ok = scan_path(&p, e);
	parent_count(&p);
	arena_done(&p.a);
	return ok;
}

struct scanning { // lives in its own arena, which its children have too
	struct arena a;
	struct scan_parent p;
	struct scan_worker w;
	struct scan *scan; // of each file, as are part and why
	struct scan_part *part;
	struct err *why; // it could not be opened: the child at work does not read it
	unsigned count, next;
	unsigned heard; // of the child at work, that begun with included
};

// A child for those that were not heard yet.
static bool start_rest(struct scanning *x, struct err *e)
{
	struct scan_parts parts = { .at = x->part };
	bool ok;

	for (unsigned i = x->next; i < x->count; i++) {
		struct scan_part *part = &x->part[parts.count];

		*part = (struct scan_part){
			.scan = &x->scan[i], .text = -1, .to = UINT64_MAX, .exact = true
		};
		x->why[i] = (struct err){ 0 };
		if (open_part(part, &x->why[i]))
			parts.count++;
		else
			part_close(part);
	}
	x->heard = 0;
	x->p.have = 0;
	x->p.more = parts.count;
	ok = parts.count == 0 || start_child(&x->w, &parts, e);
	for (unsigned i = 0; i < parts.count; i++)
		part_close(&x->part[i]);
	return ok;
}

struct scanning *scan_begin(const struct scan *s, unsigned count)
{
	struct arena a;
	struct scanning *x;
	struct err e = { 0 };

	assert(count > 0 && count <= SCAN_MAX_FILES);
	arena_init(&a, 2 * (sizeof *x + count * (sizeof *s + sizeof *x->part + sizeof *x->why)));
	x = arena_new(&a, struct scanning, 1);
	x->scan = arena_new(&a, struct scan, count);
	x->part = arena_new(&a, struct scan_part, count);
	x->why = arena_new(&a, struct err, count);
	x->a = a;
	x->w.from = -1;
	x->count = count;
	memcpy(x->scan, s, count * sizeof *s);
	parent_init(&x->p, 0);
	if (!start_rest(x, &e)) // it is tried anew when the first is to be heard
		x->w.from = -1;
	return x;
}

// Is the next file being read? If not, it is begun.
static bool is_read(struct scanning *x, struct err *e)
{
	const struct err *why = &x->why[x->next];

	if (why->kind == ERR_NONE && x->w.from < 0 && !start_rest(x, e))
		return false;
	if (why->kind == ERR_NONE)
		return true;
	*e = *why;
	return false;
}

static bool hear_next(struct scanning *x, struct scan_tally *tally, struct err *e)
{
	parent_turn(&x->p, &x->scan[x->next], tally);
	if (!is_read(x, e))
		return false;
	x->p.more--;
	x->heard++;
	return hear_part(&x->p, &x->w, e);
}

// What its child had read before may be why a file failed.
static bool may_be_for_another(const struct scanning *x)
{
	return x->w.from < 0 && x->heard > 1 && !x->p.given;
}

bool scan_end(struct scanning *x, struct scan_tally *out, struct err *e)
{
	bool ok = hear_next(x, out, e);

	if (!ok && may_be_for_another(x)) {
		*e = (struct err){ 0 };
		ok = hear_next(x, out, e);
	}
	parent_count(&x->p);
	x->next++;
	return ok;
}

void scan_drop(struct scanning *x)
{
	struct arena a;

	if (x == NULL)
		return;
	stop(&x->w);
	arena_done(&x->p.a);
	a = x->a;
	arena_done(&a);
}
