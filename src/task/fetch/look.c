#include "task/fetch/look.h"

#include "base/buf.h"
#include "codec/table/json.h"
#include "os/cage.h"
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { ROWS_BYTES = 64 << 20, OUT_BYTES = 64 << 10, READ_STEP = 1 << 20, HEAP = 1 << 20 };

struct reader { // the child
	const struct look *look;
	struct json_path path[LOOK_MAX_FIELDS];
	struct arena a;
	struct json j;
	struct buf out;
	int in, to;
};

static bool put_all(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n <= 0)
			return false;
		str_skip(&s, (size_t)n);
	}
	return true;
}

static bool flush(struct reader *r)
{
	bool ok = put_all(r->to, buf_view(&r->out));

	r->out.n = 0;
	return ok;
}

// Only what may stand in a row.
static void put_text(struct reader *r, struct str raw, bool text)
{
	char plain[LOOK_MAX_TEXT];
	size_t n;

	buf_char(&r->out, '\t');
	if (raw.n == 0 || raw.n > sizeof plain)
		return;
	n = raw.n;
	if (text)
		n = json_text(raw, plain);
	else
		memcpy(plain, raw.p, n);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)plain[i] < ' ' || plain[i] == 0x7f)
			return;
	buf_add(&r->out, plain, n);
}

static bool put_record(struct reader *r, struct str key, struct str record)
{
	struct json_value v[LOOK_MAX_FIELDS];
	bool object = str_starts(record, '{') && json_pick(record, r->path, r->look->fields, v);

	put_text(r, key, true);
	for (unsigned i = 0; i < r->look->fields; i++)
		put_text(r, object ? v[i].raw : (struct str){ 0 },
			 object && v[i].kind == JSON_STRING);
	buf_char(&r->out, '\n');
	return r->out.n < OUT_BYTES || flush(r);
}

// To the end of the value that begins with this token.
static bool skip_value(struct json *j, enum json_kind first)
{
	unsigned depth = j->depth;
	enum json_kind kind = first;

	if (first != JSON_OBJECT && first != JSON_ARRAY)
		return first == JSON_STRING || first == JSON_NUMBER || first == JSON_WORD;
	while (j->depth >= depth) {
		kind = json_next(j);
		if (kind == JSON_BAD || kind == JSON_END)
			return false;
	}
	return true;
}

// To the first token of the value at the path.
static enum json_kind descend(struct json *j, struct str path)
{
	enum json_kind kind = json_next(j);

	while (path.n > 0) {
		struct str step = str_cut(&path, '.');
		bool met = false;

		if (kind != JSON_OBJECT)
			return JSON_BAD;
		while (!met) {
			if (json_next(j) != JSON_KEY)
				return JSON_BAD;
			met = str_eq(j->token, step);
			kind = json_next(j);
			if (!met && !skip_value(j, kind))
				return JSON_BAD;
		}
	}
	return kind;
}

static bool each_record(struct reader *r)
{
	struct json *j = &r->j;
	enum json_kind wants = r->look->by_key ? JSON_OBJECT : JSON_ARRAY, kind;
	unsigned inside;

	if (descend(j, r->look->path) != wants)
		return false;
	inside = j->depth;
	while ((kind = json_next(j)) != JSON_CLOSE) {
		struct str key = { 0 };
		const char *start;

		if (r->look->by_key) {
			if (kind != JSON_KEY)
				return false;
			key = j->token;
			kind = json_next(j);
		}
		start = j->p - 1;
		if (!skip_value(j, kind))
			return false;
		if (!put_record(r, key,
				kind == JSON_OBJECT ? (struct str){ start, (size_t)(j->p - start) }
						    : (struct str){ 0 }))
			return false;
	}
	return j->depth == inside - 1;
}

static bool read_input(struct reader *r, struct str *out)
{
	char *start = arena_new(&r->a, char, 0);
	size_t n = 0, room = 0;
	ssize_t got;

	do {
		if (n == room) {
			if (room >= LOOK_MAX_BYTES)
				return false;
			arena_new(&r->a, char, READ_STEP);
			room += READ_STEP;
		}
		got = read(r->in, start + n, room - n);
		n += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	*out = (struct str){ start, n };
	return got == 0;
}

// A last row without fields says that the document was whole.
static int child(void *context)
{
	struct reader *r = context;
	struct str bytes;
	enum json_kind kind;

	cage_warm(HEAP);
	cage_enter();
	if (!read_input(r, &bytes))
		return 1;
	r->j = json_of(bytes);
	if (!each_record(r))
		return 0;
	while ((kind = json_next(&r->j)) != JSON_END)
		if (kind == JSON_BAD)
			return 0;
	buf_str(&r->out, S("whole\n"));
	return flush(r) ? 0 : 1;
}

static bool read_rows(int from, struct arena *a, struct str *out, struct err *e)
{
	char *start = arena_new(a, char, 0);
	size_t n = 0, room = 0;

	for (;;) {
		ssize_t got;

		if (n == room) {
			if (room >= ROWS_BYTES)
				return err_set(e, ERR_LIMIT, "the listing has too many entries");
			arena_new(a, char, READ_STEP);
			room += READ_STEP;
		}
		got = read(from, start + n, room - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(e, ERR_SYSTEM, "cannot hear the caged reader: %m");
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*out = (struct str){ start, n };
	return true;
}

static bool take_rows(struct str text, const struct look *l, struct arena *a, struct looked *out,
		      struct err *e)
{
	struct looked all = { 0 };

	if (!str_has_suffix(text, S("whole\n")))
		return err_set(e, ERR_REMOTE, "the listing is not the JSON that it should be");
	text.n -= 6;
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n');
		struct look_row *row;

		if (all.rows.count == LOOK_MAX_ROWS)
			return err_set(e, ERR_LIMIT, "the listing has over %d entries",
				       LOOK_MAX_ROWS);
		row = list_add(&all.rows, a);
		str_cut(&line, '\t');
		row->key = str_cut(&line, '\t');
		for (unsigned i = 0; i < l->fields; i++)
			row->value[i] = str_cut(&line, '\t');
	}
	*out = all;
	return true;
}

static bool start(struct reader *r, int *from, pid_t *pid, struct err *e)
{
	int ends[2];
	bool ok;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_SYSTEM, "no pipe: %m");
	r->to = ends[1];
	ok = cage_fork(child, r, pid, e);
	close(ends[1]);
	*from = ends[0];
	if (!ok)
		file_closed(from);
	return ok;
}

bool look_at_json(const char *path, const struct look *l, struct arena *a, struct looked *out,
		  struct err *e)
{
	struct reader r = { .look = l };
	autoarena room = { 0 };
	autofd in = -1, from = -1;
	struct str text;
	bool plain;
	pid_t pid;

	for (unsigned i = 0; i < l->fields; i++)
		r.path[i] = json_path(l->field[i]);
	if (!file_open(path, &in, &plain, e))
		return false;
	arena_init(&room, (size_t)LOOK_MAX_BYTES + (4 << 20));
	r.a = room;
	r.in = in;
	r.out = (struct buf){ .p = arena_new(a, char, OUT_BYTES + (8 << 10)),
			      .cap = OUT_BYTES + (8 << 10) };
	if (!start(&r, &from, &pid, e))
		return false;
	if (!read_rows(from, a, &text, e)) {
		cage_kill(pid);
		return false;
	}
	return cage_wait(pid, e) && take_rows(text, l, a, out, e);
}
