#include "task/watch/scan.h"

#include "codec/wire/hit.h"
#include "os/cage.h"
#include "os/file.h"
#include "os/unpack.h"
#include "task/watch/scan_hear.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PIPE_BYTES = 1 << 20,
	FRAMES = 2 * WIRE_MAX_FRAME, // read from a pipe and not yet taken
	EVENT_FIELDS = 2048,
	EVENT_MEMORY = 4 << 20,
};

struct parent {
	const struct scan *s;
	struct scan_tally *tally;
	struct arena a; // frames, and the event at hand
	char *frames;
	size_t have;
	struct scan_hit hit;
	struct event event;
	uint64_t size;             // of the file; 0: unknown
	uint64_t records;          // of the parts before
	uint64_t start, end;       // where the part at hand must begin, and where it ended
	bool done, astray;         // astray: its child began elsewhere
	struct scan_others others; // what is read at once
};

static void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void part_close(struct scan_part *p, bool own_in)
{
	fd_close(&p->head);
	fd_close(&p->out);
	if (own_in)
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
static bool open_part(const struct scan *s, struct scan_part *p, struct err *e)
{
	p->in = p->head = -1;
	if (s->path == NULL) {
		p->in = s->fd;
		return true;
	}
	if (p->from > 0 && !open_at(s->path, 0, &p->head, e))
		return false;
	return open_at(s->path, p->from == 0 || p->exact ? p->from : p->from - 1, &p->in, e);
}

static bool start(const struct scan *s, struct scan_worker *w, uint64_t from, uint64_t to,
		  bool exact, struct err *e)
{
	int ends[2];
	bool ok;

	w->held = w->taken = 0;
	w->over = false;
	w->part = (struct scan_part){
		.scan = s,
		.in = -1,
		.head = -1,
		.out = -1,
		.text = from == 0 && to == UINT64_MAX ? s->text_to : -1, // others must wait
		.from = from,
		.to = to,
		.exact = exact,
	};
	if (!open_part(s, &w->part, e)) {
		part_close(&w->part, s->path != NULL);
		return false;
	}
	if (pipe2(ends, O_CLOEXEC) != 0) {
		part_close(&w->part, s->path != NULL);
		return err_set(e, ERR_SYSTEM, "no pipe: %m");
	}
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); // more than its share it need not get
	w->part.out = ends[1];
	ok = cage_fork(scan_child, &w->part, &w->child, e);
	part_close(&w->part, s->path != NULL);
	w->from = ends[0];
	if (!ok)
		fd_close(&w->from);
	return ok;
}

static void stop(struct scan_worker *w)
{
	if (w->from < 0)
		return;
	fd_close(&w->from);
	cage_kill(w->child);
}

static bool strange(struct err *e)
{
	return err_set(e, ERR_SYSTEM, "the reader of the batch said what cannot be");
}

static bool read_match(const struct parent *p, struct wire_in *in, struct matched *out)
{
	uint8_t side = wire_read_u8(in), strength = wire_read_u8(in);
	uint32_t node = wire_read_u32(in), also = wire_read_u32(in);
	const struct index *x = p->hit.view == 0 ? p->s->index : p->s->other->index;
	size_t nodes = x != NULL ? index_nodes(x) : 0;

	if (side > MET_BRAND || strength > STRENGTH_STRONG || node >= nodes ||
	    (also >= nodes && also != (uint32_t)INDEX_NONE))
		return false;
	*out = (struct matched){ .met = { (enum met_side)side, (enum strength)strength,
					  (int32_t)node },
				 .also = (int32_t)also };
	return true;
}

static bool read_event(struct parent *p, struct wire_in *in)
{
	uint32_t count = wire_read_u32(in);

	if (count > EVENT_FIELDS)
		return false;
	p->event = (struct event){ 0 };
	list_reserve(&p->event.fields, &p->a, count);
	for (uint32_t i = 0; i < count && !in->bad; i++) {
		uint8_t bits = wire_read_u8(in);
		struct event_field f = { .key = wire_read_str(in), .value = wire_read_str(in) };

		if ((bits & 7) > EVENT_TIME || (bits >> 3 & 7) > COLUMN_THIRD_PARTY)
			return false;
		f.kind = (enum event_kind)(bits & 7);
		f.role = (enum column_role)(bits >> 3 & 7);
		f.unmapped = bits >> 6 & 1;
		f.misfit = bits >> 7;
		*list_add(&p->event.fields, &p->a) = f;
	}
	return true;
}

static bool take_hit(struct parent *p, struct wire_in *in, struct err *e)
{
	char *mark = arena_mark(&p->a);
	struct scan_hit *hit = &p->hit;
	bool ok;

	hit->record = p->records + wire_read_u64(in);
	hit->offset = wire_read_u64(in);
	hit->length = wire_read_u32(in);
	hit->view = wire_read_u8(in);
	if (hit->view > (p->s->other != NULL ? 1 : 0))
		return strange(e);
	hit->count = wire_read_u8(in);
	if ((hit->count == 0) != (p->s->give == SCAN_EVENTS) || hit->count > SELECT_MAX_MATCHES)
		return strange(e);
	for (unsigned i = 0; i < hit->count; i++)
		if (!read_match(p, in, &hit->match[i]))
			return strange(e);
	if (!read_event(p, in) || in->bad)
		return strange(e);
	hit->event = &p->event;
	ok = p->s->each(p->s->context, hit, e);
	arena_back(&p->a, mark);
	return ok;
}

static bool take_junk(struct parent *p, struct wire_in *in, struct err *e)
{
	uint8_t junk = wire_read_u8(in);
	struct str row = wire_read_str(in);

	if (in->bad || junk >= JUNK_KINDS || p->s->junk == NULL)
		return strange(e);
	return p->s->junk(p->s->junk_context, (enum junk)junk, row, e);
}

static bool take_done(struct parent *p, struct wire_in *in, struct err *e)
{
	struct scan_tally *t = p->tally;
	uint64_t before = p->records;

	p->end = wire_read_u64(in);
	p->records += wire_read_u64(in);
	t->hits += wire_read_u64(in);
	t->keyed += wire_read_u64(in);
	t->left += wire_read_u64(in);
	for (unsigned i = 0; i < FEED_MAX_SELECTS; i++)
		t->filled[i] += wire_read_u64(in);
	for (unsigned i = 0; i < JUNK_KINDS; i++) {
		bool none = t->junk[i] == 0;
		uint64_t n = wire_read_u64(in), first = wire_read_u64(in);

		t->junk[i] += n;
		if (none && n > 0)
			t->first[i] = before + first;
	}
	p->done = true;
	return !in->bad || strange(e);
}

static bool take_error(struct wire_in *in, struct err *e)
{
	uint8_t kind = wire_read_u8(in);
	struct str text = wire_read_str(in);

	if (in->bad || kind == ERR_NONE || kind >= ERR_KINDS)
		return strange(e);
	return err_set(e, (enum err_kind)kind, STR_FMT, STR_ARG(text));
}

// The first part's are everybody's.
static bool take_names(const struct parent *p, struct wire_in *in, struct err *e)
{
	uint32_t count = wire_read_u32(in);

	for (uint32_t i = 0; i < count && !in->bad; i++) {
		struct str name = wire_read_str(in);

		if (p->s->names == NULL || p->start > 0)
			continue;
		for (size_t k = 0; k < name.n; k++)
			buf_char(p->s->names, name.p[k] == '\n' ? ' ' : name.p[k]);
		buf_char(p->s->names, '\n');
	}
	return !in->bad || strange(e);
}

static bool take_hello(struct parent *p, struct wire_in *in, struct err *e)
{
	if (wire_read_u32(in) != WIRE_VERSION)
		return strange(e);
	p->astray = wire_read_u64(in) != p->start;
	return !p->astray && take_names(p, in, e);
}

static bool take_frame(struct parent *p, enum wire_type type, struct wire_in *in, struct err *e)
{
	switch (type) {
	case WIRE_HELLO:
		return take_hello(p, in, e);
	case WIRE_HIT:
		return take_hit(p, in, e);
	case WIRE_JUNK:
		return take_junk(p, in, e);
	case WIRE_DONE:
		return take_done(p, in, e);
	case WIRE_ERROR:
		return take_error(in, e);
	case WIRE_TEXT:
		return p->s->give == SCAN_TEXT ? file_write_all(p->s->text_to, in->rest, e)
					       : strange(e);
	case WIRE_PROGRESS:
		if (p->s->progress != NULL)
			p->s->progress(p->s->context, wire_read_u64(in), p->size);
		return true;
	}
	return strange(e);
}

static bool take_frames(struct parent *p, struct err *e)
{
	struct str rest = { p->frames, p->have };
	enum wire_type type;
	struct wire_in body;
	size_t used;

	while (wire_frame(rest, &type, &body, &used, e)) {
		if (!take_frame(p, type, &body, e))
			return false;
		str_skip(&rest, used);
	}
	if (e->kind != ERR_NONE)
		return false;
	memmove(p->frames, rest.p, rest.n);
	p->have = rest.n;
	return true;
}

// All that one child tells, to the end of its pipe; and then how it ended.
static bool listen(struct parent *p, struct scan_worker *w, struct err *e)
{
	bool ok = true;

	p->have = 0;
	p->done = p->astray = false;
	while (ok) {
		ssize_t n = scan_hear(w, &p->others, p->frames + p->have, FRAMES - p->have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		p->have += (size_t)n;
		ok = take_frames(p, e);
	}
	if (!ok) {
		stop(w);
		return false;
	}
	fd_close(&w->from);
	return cage_wait(w->child, e) && (p->done || strange(e));
}

static bool scan_whole(struct parent *p, struct err *e)
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

static struct scan_worker *worker_of(struct parent *p, struct pool *pool, uint64_t k)
{
	return &pool->worker[k % p->s->jobs];
}

static bool start_more(struct parent *p, struct pool *pool, uint64_t taken, struct err *e)
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
static bool take_part(struct parent *p, struct pool *pool, uint64_t k, struct err *e)
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

static bool scan_parts(struct parent *p, struct err *e)
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
static bool look(struct parent *p, int fd, bool *parts, struct err *e)
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

static bool scan_fd(struct parent *p, int fd, bool plain, struct err *e)
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

static bool scan_path(struct parent *p, struct err *e)
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

bool scan_run(const struct scan *s, struct scan_tally *out, struct err *e)
{
	struct parent p = { .s = s, .tally = out };
	bool ok;

	*out = (struct scan_tally){ 0 };
	arena_init(&p.a, FRAMES + EVENT_MEMORY + (size_t)SCAN_MAX_JOBS * SCAN_AHEAD);
	arena_alone(&p.a);
	p.frames = arena_new(&p.a, char, FRAMES);
	ok = scan_path(&p, e);
	arena_done(&p.a);
	out->records = p.records;
	out->bytes = p.end;
	return ok;
}
