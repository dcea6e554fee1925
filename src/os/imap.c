#include "os/imap.h"

#include "base/buf.h"
#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/imap_connect.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_BYTES = 1024, TAG = 12, WORDS = 120 };

struct imap {
	CURL *curl;
	unsigned commands;
	char tag[TAG];    // of the last command
	int64_t deadline; // of clock_since
	struct imap_folder folder;
	bool search; // a line of SEARCH that is longer than the room goes on
	size_t n;    // bytes that came and belong to no line yet
	char in[IMAP_LINE + 2];
};

// ---- bytes

static bool fill(struct imap *m, struct err *e)
{
	struct transfer_room to = { m->in + m->n, sizeof m->in - m->n };

	if (!transfer_read(m->curl, m->deadline, &to, e))
		return err_in(e, "the mailbox's server");
	m->n += to.n;
	return true;
}

static bool put(struct imap *m, struct str bytes, struct err *e)
{
	return transfer_write(m->curl, m->deadline, bytes, e) || err_in(e, "the mailbox's server");
}

static void drop(struct imap *m, size_t n)
{
	m->n -= n;
	memmove(m->in, m->in + n, m->n);
}

// Calls `take` with the next line, as it came and as it was read; what they point to holds for the call.
struct taking {
	void (*take)(void *context, struct str text, const struct imap_line *line);
	void *context;
	struct imap_line last; // its kind, uid and literal hold on
	char says[WORDS];
};

// Of a mailbox in which much waits, one line names it all: what fits is taken, up to the last whole number.
static bool part_of_search(struct imap *m, struct taking *t)
{
	struct str part = { m->in, m->n };
	struct imap_line line = { .kind = IMAP_SEARCH };

	while (part.n > 0 && part.p[part.n - 1] != ' ')
		part.n--;
	line.says = part;
	if (!m->search)
		line = imap_line(part, str_of(m->tag));
	if (part.n == 0 || line.kind != IMAP_SEARCH)
		return false;
	m->search = true;
	if (t->take != NULL)
		t->take(t->context, part, &line);
	drop(m, part.n);
	return true;
}

static void read_line(struct imap *m, struct taking *t, struct str line)
{
	t->last = m->search ? (struct imap_line){ .kind = IMAP_SEARCH, .says = line }
			    : imap_line(line, str_of(m->tag));
	m->search = false;
	if (t->take != NULL)
		t->take(t->context, line, &t->last);
	snprintf(t->says, sizeof t->says, STR_FMT, STR_ARG(str_first(t->last.says, WORDS - 1)));
	t->last.says = (struct str){ 0 };
}

static bool next_line(struct imap *m, struct taking *t, struct err *e)
{
	const char *end;
	struct str line;

	while ((end = memchr(m->in, '\n', m->n)) == NULL) {
		if (m->n == sizeof m->in && !part_of_search(m, t))
			return err_set(e, ERR_REMOTE, "a line of the mailbox's server has no end");
		if (!fill(m, e))
			return false;
	}
	line = (struct str){ m->in, (size_t)(end - m->in) };
	if (str_has_suffix(line, S("\r")))
		line.n--;
	read_line(m, t, line);
	drop(m, (size_t)(end - m->in) + 1);
	return t->last.kind != IMAP_BYE ||
	       err_set(e, ERR_REMOTE, "the mailbox's server hung up: %s", t->says);
}

static void within(struct imap *m, int seconds)
{
	m->deadline = clock_since() + seconds * TIME_SECOND;
}

// `out` -1: nowhere.
static bool literal(struct imap *m, uint64_t left, int out, struct err *e)
{
	const int64_t whole = m->deadline;

	while (left > 0) {
		size_t n = m->n < left ? m->n : (size_t)left;

		if (n == 0) {
			within(m, IMAP_COMMAND_SECONDS);
			m->deadline = m->deadline < whole ? m->deadline : whole;
			if (!fill(m, e))
				return false;
			continue;
		}
		if (out >= 0 && !file_write_all(out, (struct str){ m->in, n }, e))
			return false;
		drop(m, n);
		left -= n;
	}
	m->deadline = whole;
	return true;
}

// ---- commands

static bool command(struct imap *m, struct str words, struct err *e)
{
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);

	within(m, IMAP_COMMAND_SECONDS);
	snprintf(m->tag, sizeof m->tag, "w%u", ++m->commands);
	buf_fmt(&b, "%s " STR_FMT "\r\n", m->tag, STR_ARG(words));
	return b.over ? err_set(e, ERR_CONFIG, "the name of the folder is too long")
		      : put(m, buf_view(&b), e);
}

static bool is_over(const struct taking *t)
{
	return t->last.kind == IMAP_GOOD || t->last.kind == IMAP_BAD;
}

// Until the command is done; literals on the way are dropped. `refused`: of what kind that is.
static bool done(struct imap *m, struct taking *t, enum err_kind refused, struct err *e)
{
	do {
		if (!next_line(m, t, e) || (t->last.literal && !literal(m, t->last.bytes, -1, e)))
			return false;
	} while (!is_over(t));
	return t->last.kind == IMAP_GOOD ||
	       err_set(e, refused, "the mailbox's server refuses: %s", t->says);
}

// ---- the folder

static void take_folder(void *context, struct str text, const struct imap_line *line)
{
	(void)line;
	imap_folder_line(context, text, S(IMAP_MARK));
}

static bool open_folder(struct imap *m, struct str folder, struct err *e)
{
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	struct taking t = { .take = take_folder, .context = &m->folder };

	buf_fmt(&b, "SELECT \"" STR_FMT "\"", STR_ARG(folder));
	return command(m, buf_view(&b), e) && done(m, &t, ERR_CONFIG, e);
}

const struct imap_folder *imap_folder_of(const struct imap *m)
{
	return &m->folder;
}

bool imap_open(const struct imap_place *p, struct imap **out, struct err *e)
{
	struct imap *m = calloc(1, sizeof *m);

	if (m == NULL)
		abort();
	m->curl = transfer_new();
	if (imap_connect(m->curl, p, e) && open_folder(m, p->at.folder, e)) {
		*out = m;
		return true;
	}
	imap_close(m);
	return false;
}

void imap_close(struct imap *m)
{
	if (m == NULL)
		return;
	curl_easy_cleanup(m->curl);
	free(m);
}

// ---- mails

struct found { // the lowest, ascending
	uint32_t *uid;
	size_t n, most;
};

static void add_found(struct found *f, uint32_t uid)
{
	size_t at = f->n;

	while (at > 0 && f->uid[at - 1] > uid)
		at--;
	if (at == f->most || (at > 0 && f->uid[at - 1] == uid))
		return;
	if (f->n < f->most)
		f->n++;
	memmove(f->uid + at + 1, f->uid + at, (f->n - 1 - at) * sizeof *f->uid);
	f->uid[at] = uid;
}

static void take_found(void *context, struct str text, const struct imap_line *line)
{
	struct str says = line->says;
	uint32_t uid;

	(void)text;
	if (line->kind == IMAP_SEARCH)
		while (imap_next_uid(&says, &uid))
			add_found(context, uid);
}

bool imap_new(struct imap *m, struct str set, uint32_t *uid, size_t *n, struct err *e)
{
	struct found f = { uid, 0, *n };
	struct taking t = { .take = take_found, .context = &f };
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);

	if (set.n > 0)
		buf_fmt(&b, "UID SEARCH UID " STR_FMT " UNDELETED", STR_ARG(set));
	else
		buf_str(&b, S("UID SEARCH UNKEYWORD " IMAP_MARK " UNDELETED"));
	if (!command(m, buf_view(&b), e) || !done(m, &t, ERR_REMOTE, e))
		return false;
	*n = f.n;
	return true;
}

struct getting {
	uint32_t uid;
	uint64_t most;
	int out;
	bool got, none; // its bytes came; it was named, without any
};

// What comes of a mail, up to the end of a line's literal. A mail that is given twice is taken once.
static bool get_part(struct imap *m, struct getting *g, const struct imap_line *line, struct err *e)
{
	bool mine = line->kind == IMAP_FETCH && line->body && !g->got &&
		    (line->uid == 0 || line->uid == g->uid);

	g->none = g->none || (mine && !line->literal);
	if (mine && line->bytes > g->most)
		return err_set(e, ERR_LIMIT, "mail %u of the mailbox is over %llu MB", g->uid,
			       (unsigned long long)g->most >> 20);
	if (line->literal && !literal(m, line->bytes, mine ? g->out : -1, e))
		return err_in(e, "mail %u", g->uid);
	g->got = g->got || (mine && line->literal);
	return true;
}

bool imap_get(struct imap *m, uint32_t uid, uint64_t most, int out, struct err *e)
{
	struct getting g = { .uid = uid, .most = most, .out = out };
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	struct taking t = { 0 };

	buf_fmt(&b, "UID FETCH %u (BODY.PEEK[])", uid);
	if (!command(m, buf_view(&b), e))
		return false;
	within(m, IMAP_MAIL_SECONDS);
	do {
		if (!next_line(m, &t, e))
			return err_in(e, "mail %u", uid);
		if (!get_part(m, &g, &t.last, e))
			return false;
	} while (!is_over(&t));
	if (t.last.kind == IMAP_BAD)
		return err_set(e, ERR_DENIED, "mail %u: the mailbox's server refuses: %s", uid,
			       t.says);
	if (g.none)
		return err_set(e, ERR_DENIED, "mail %u: the mailbox's server has no bytes of it",
			       uid);
	return g.got || err_set(e, ERR_ABSENT, "mail %u is gone from the mailbox", uid);
}

bool imap_mark(struct imap *m, uint32_t uid, struct err *e)
{
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	struct taking t = { 0 };

	buf_fmt(&b, "UID STORE %u +FLAGS.SILENT (" IMAP_MARK ")", uid);
	return command(m, buf_view(&b), e) && done(m, &t, ERR_DENIED, e);
}

// ---- waiting

static bool ended(struct imap *m, struct taking *t, struct err *e)
{
	within(m, IMAP_COMMAND_SECONDS);
	return put(m, S("DONE\r\n"), e) && done(m, t, ERR_REMOTE, e);
}

static bool idle(struct imap *m, int64_t until, bool *came, struct err *e)
{
	struct taking t = { 0 };

	while (!*came) {
		curl_socket_t fd = CURL_SOCKET_BAD;
		int64_t left = until - clock_since();
		struct pollfd p = { .events = POLLIN };

		if (left <= 0)
			break;
		if (memchr(m->in, '\n', m->n) == NULL) { // what TLS has read is asked for by fill
			size_t n = 0;
			CURLcode code =
				curl_easy_recv(m->curl, m->in + m->n, sizeof m->in - m->n, &n);

			if (code == CURLE_AGAIN) {
				if (curl_easy_getinfo(m->curl, CURLINFO_ACTIVESOCKET, &fd) !=
				    CURLE_OK)
					return err_set(e, ERR_REMOTE, "the connection is gone");
				p.fd = fd;
				(void)poll(&p, 1, (int)(left / (TIME_SECOND / 1000)) + 1);
				continue;
			}
			if (code != CURLE_OK || n == 0)
				return err_set(e, ERR_REMOTE, "the mailbox's server hung up");
			m->n += n;
			continue;
		}
		if (!next_line(m, &t, e))
			return false;
		*came = t.last.kind == IMAP_EXISTS;
	}
	return ended(m, &t, e);
}

bool imap_wait(struct imap *m, int milliseconds, bool *came, struct err *e)
{
	int64_t until = clock_since() + milliseconds * (TIME_SECOND / 1000);
	struct taking t = { 0 };

	*came = false;
	if (!command(m, S("IDLE"), e))
		return false;
	do {
		if (!next_line(m, &t, e))
			return false;
		*came = *came || t.last.kind == IMAP_EXISTS;
	} while (t.last.kind != IMAP_GO_ON && t.last.kind != IMAP_BAD);
	if (t.last.kind == IMAP_GO_ON)
		return idle(m, until, came, e);
	(void)poll(NULL, 0, milliseconds); // it has no IDLE: it is asked again after that
	return true;
}
