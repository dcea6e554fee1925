#include "os/imap.h"

#include "base/buf.h"
#include "base/time.h"
#include "codec/wire/imap.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/transfer.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_BYTES = 1024, TAG = 12, WORDS = 120 };

struct imap {
	CURL *curl;
	struct transfer_peer peer;
	unsigned commands;
	char tag[TAG];    // of the last command
	int64_t deadline; // of clock_since
	size_t n;         // bytes that came and belong to no line yet
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

// Calls `take` with the next line; what it points to holds for the call.
struct taking {
	void (*take)(void *context, const struct imap_line *line);
	void *context;
	struct imap_line last; // its kind, uid and literal hold on
	char says[WORDS];
};

static bool next_line(struct imap *m, struct taking *t, struct err *e)
{
	const char *end;
	struct str line;

	while ((end = memchr(m->in, '\n', m->n)) == NULL) {
		if (m->n == sizeof m->in)
			return err_set(e, ERR_REMOTE, "a line of the mailbox's server has no end");
		if (!fill(m, e))
			return false;
	}
	line = (struct str){ m->in, (size_t)(end - m->in) };
	if (str_has_suffix(line, S("\r")))
		line.n--;
	t->last = imap_line(line, str_of(m->tag));
	if (t->take != NULL)
		t->take(t->context, &t->last);
	snprintf(t->says, sizeof t->says, STR_FMT, STR_ARG(str_first(t->last.says, WORDS - 1)));
	t->last.says = (struct str){ 0 };
	drop(m, (size_t)(end - m->in) + 1);
	return t->last.kind != IMAP_BYE ||
	       err_set(e, ERR_REMOTE, "the mailbox's server hung up: %s", t->says);
}

// `out` -1: nowhere.
static bool literal(struct imap *m, uint64_t left, int out, struct err *e)
{
	while (left > 0) {
		size_t n = m->n < left ? m->n : (size_t)left;

		if (n == 0) {
			if (!fill(m, e))
				return false;
			continue;
		}
		if (out >= 0 && !file_write_all(out, (struct str){ m->in, n }, e))
			return false;
		drop(m, n);
		left -= n;
	}
	return true;
}

// ---- commands

static void within(struct imap *m, int seconds)
{
	m->deadline = clock_since() + seconds * TIME_SECOND;
}

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

// Until the command is done; literals on the way are dropped.
static bool done(struct imap *m, struct taking *t, struct err *e)
{
	do {
		if (!next_line(m, t, e) || (t->last.literal && !literal(m, t->last.bytes, -1, e)))
			return false;
	} while (t->last.kind != IMAP_GOOD && t->last.kind != IMAP_BAD);
	return t->last.kind == IMAP_GOOD ||
	       err_set(e, ERR_CONFIG, "the mailbox's server refuses: %s", t->says);
}

// ---- the connection

static bool set_place(CURL *u, const struct imap_place *p, struct err *e)
{
	const struct relay *at = &p->at.at;
	bool six = str_has(at->host, ':');
	char text[TEXT_BYTES];
	struct buf b = { .p = text, .cap = sizeof text - 1 };

	buf_fmt(&b, "%s://%s" STR_FMT "%s:%u/", at->implicit ? "imaps" : "imap", six ? "[" : "",
		STR_ARG(at->host), six ? "]" : "", (unsigned)at->port);
	text[b.n] = '\0';
	if (b.over || curl_easy_setopt(u, CURLOPT_URL, text) != 0)
		return err_set(e, ERR_CONFIG, "the name of the mailbox's server is too long");
	if (p->ca.n == 0)
		return true;
	b.n = 0;
	buf_str(&b, p->ca);
	text[b.n] = '\0';
	curl_easy_setopt(u, CURLOPT_CAINFO, text);
	curl_easy_setopt(u, CURLOPT_CAPATH, NULL);
	return true;
}

static void set_person(CURL *u, const struct imap_place *p)
{
	char text[TEXT_BYTES];
	struct buf b = { .p = text, .cap = sizeof text - 1 };

	if (p->user.n == 0)
		return;
	buf_str(&b, p->user);
	text[b.n] = '\0';
	curl_easy_setopt(u, CURLOPT_USERNAME, text);
	b.n = 0;
	buf_str(&b, p->password);
	text[b.n] = '\0';
	curl_easy_setopt(u, CURLOPT_PASSWORD, text);
	explicit_bzero(text, sizeof text);
}

static void set_rest(struct imap *m, const struct imap_place *p)
{
	CURL *u = m->curl;

	m->peer = (struct transfer_peer){ .lan = p->lan || p->at.at.loopback };
	curl_easy_setopt(u, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(u, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(u, CURLOPT_CONNECTTIMEOUT, (long)IMAP_CONNECT_SECONDS);
	curl_easy_setopt(u, CURLOPT_TIMEOUT, (long)IMAP_CONNECT_SECONDS);
	curl_easy_setopt(u, CURLOPT_PROTOCOLS_STR, "imap,imaps");
	curl_easy_setopt(u, CURLOPT_PROXY, "");
	curl_easy_setopt(u, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(u, CURLOPT_USE_SSL,
			 p->at.at.loopback ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
	if (p->at.at.loopback && !p->at.at.implicit && p->ca.n == 0)
		curl_easy_setopt(u, CURLOPT_USE_SSL, (long)CURLUSESSL_NONE);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETFUNCTION, transfer_open);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETDATA, &m->peer);
}

static bool fails(const struct imap *m, const struct imap_place *p, CURLcode code, struct err *e)
{
	struct str host = p->at.at.host;

	if (code == CURLE_LOGIN_DENIED)
		return err_set(e, ERR_CONFIG,
			       STR_FMT " refuses the user and password of credentials/imap",
			       STR_ARG(host));
	if (m->peer.whose != NULL)
		return err_set(e, ERR_CONFIG, STR_FMT " is at %s (%s): not asked", STR_ARG(host),
			       m->peer.where, m->peer.whose);
	return err_set(e, ERR_REMOTE, STR_FMT ":%u: %s", STR_ARG(host), (unsigned)p->at.at.port,
		       curl_easy_strerror(code));
}

static bool open_folder(struct imap *m, struct str folder, struct err *e)
{
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	struct taking t = { 0 };

	buf_fmt(&b, "SELECT \"" STR_FMT "\"", STR_ARG(folder));
	return command(m, buf_view(&b), e) && done(m, &t, e);
}

bool imap_open(const struct imap_place *p, struct imap **out, struct err *e)
{
	struct imap *m = calloc(1, sizeof *m);
	CURLcode code;

	if (m == NULL)
		abort();
	m->curl = transfer_new();
	set_rest(m, p);
	set_person(m->curl, p);
	if (set_place(m->curl, p, e)) {
		code = curl_easy_perform(m->curl);
		if ((code == CURLE_OK || fails(m, p, code, e)) && open_folder(m, p->at.folder, e)) {
			*out = m;
			return true;
		}
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

struct found {
	uint32_t *uid;
	size_t n, most;
};

static void take_found(void *context, const struct imap_line *line)
{
	struct found *f = context;
	struct str says = line->says;
	uint32_t uid;

	if (line->kind == IMAP_SEARCH)
		while (f->n < f->most && imap_next_uid(&says, &uid))
			f->uid[f->n++] = uid;
}

bool imap_new(struct imap *m, uint32_t *uid, size_t *n, struct err *e)
{
	struct found f = { uid, 0, *n };
	struct taking t = { .take = take_found, .context = &f };

	if (!command(m, S("UID SEARCH UNKEYWORD " IMAP_MARK " UNDELETED"), e) || !done(m, &t, e))
		return false;
	*n = f.n;
	return true;
}

bool imap_get(struct imap *m, uint32_t uid, uint64_t most, int out, struct err *e)
{
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	struct taking t = { 0 };
	bool got = false, over = false;

	buf_fmt(&b, "UID FETCH %u (BODY.PEEK[])", uid);
	if (!command(m, buf_view(&b), e))
		return false;
	within(m, IMAP_MAIL_SECONDS);
	do {
		bool wanted;

		if (!next_line(m, &t, e))
			return false;
		wanted = t.last.kind == IMAP_FETCH && t.last.literal && !got;
		over = over || (wanted && t.last.bytes > most);
		if (t.last.literal && !literal(m, t.last.bytes, wanted && !over ? out : -1, e))
			return false;
		got = got || wanted;
	} while (t.last.kind != IMAP_GOOD && t.last.kind != IMAP_BAD);
	if (over)
		return err_set(e, ERR_LIMIT, "a mail in the mailbox is over %llu MB",
			       (unsigned long long)most >> 20);
	return got || err_set(e, ERR_ABSENT, "the mail is gone from the mailbox");
}

bool imap_mark(struct imap *m, uint32_t uid, struct err *e)
{
	char text[TEXT_BYTES];
	struct buf b = BUF_ON(text);
	struct taking t = { 0 };

	buf_fmt(&b, "UID STORE %u +FLAGS.SILENT (" IMAP_MARK ")", uid);
	return command(m, buf_view(&b), e) && done(m, &t, e);
}

// ---- waiting

static bool ended(struct imap *m, struct taking *t, struct err *e)
{
	within(m, IMAP_COMMAND_SECONDS);
	return put(m, S("DONE\r\n"), e) && done(m, t, e);
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
