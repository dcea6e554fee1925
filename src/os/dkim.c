#include "os/dkim.h"

#include "base/time.h"
#include "codec/mail/mime_read.h"
#include "codec/mail/record.h"
#include "codec/net/name.h"
#include "os/cage.h"
#include "os/clock.h"
#include "os/dkim_opendkim.h"
#include "os/dns.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// What the child says: it asks for a key, or says one signature, or that it is over.
enum what { ASKS = 1, SAYS, ENDS };
struct word {
	uint32_t what;
	union {
		struct {
			char domain[DKIM_NAME], selector[DKIM_NAME];
		} key;
		struct dkim_said said;
	};
};
// What it is answered.
struct reply {
	uint32_t answer; // enum dkim_answer
	char record[DKIM_RECORD];
};

struct dkim_reader {
	struct dkim_opendkim *lib;
	struct str mail;
	int theirs; // the child's end, while it is started
};

// A check under way.
struct checking {
	int fd;
	int64_t until; // clock_since()
	const struct dkim_keys *keys;
	struct arena *a;
	unsigned asked;
	struct dkim_found *out;
};

// ---- the child: leaves where its parent does; its only descriptor is 0

static void take(void *to, size_t n)
{
	char *p = to;

	while (n > 0) {
		const ssize_t got = read(STDIN_FILENO, p, n);

		if (got <= 0)
			cage_leave(0);
		p += got;
		n -= (size_t)got;
	}
}

static void give(const void *from, size_t n)
{
	const char *p = from;

	while (n > 0) {
		const ssize_t put = write(STDIN_FILENO, p, n);

		if (put <= 0)
			cage_leave(0);
		p += put;
		n -= (size_t)put;
	}
}

static enum dkim_answer ask(const char *domain, const char *selector, char *record)
{
	struct word w = { .what = ASKS };
	struct reply r;

	if (strlen(domain) >= DKIM_NAME || strlen(selector) >= DKIM_NAME)
		return DKIM_KEY_ABSENT;
	memcpy(w.key.domain, domain, strlen(domain));
	memcpy(w.key.selector, selector, strlen(selector));
	give(&w, sizeof w);
	take(&r, sizeof r);
	memcpy(record, r.record, sizeof r.record);
	return (enum dkim_answer)r.answer;
}

static int verify(void *context)
{
	const struct dkim_reader *r = context;
	struct dkim_said said[DKIM_SIGNATURES];
	struct word w = { .what = SAYS };
	size_t n;

	setrlimit(RLIMIT_CPU, &(struct rlimit){ DKIM_SECONDS, DKIM_SECONDS });
	if (dup2(r->theirs, STDIN_FILENO) < 0 || close_range(1, ~0U, 0) != 0)
		return 1;
	cage_warm(DKIM_HEAP);
	cage_enter_refusing();
	n = dkim_opendkim_verify(r->lib, r->mail, ask, said);
	for (size_t i = 0; i < n; i++) {
		w.said = said[i];
		give(&w, sizeof w);
	}
	w = (struct word){ .what = ENDS };
	give(&w, sizeof w);
	return 0;
}

// ---- what the parent answers

// "s1._domainkey.m1.example", of a name that can be asked for.
static bool key_name(const struct word *w, struct arena *a, struct str *out)
{
	struct str domain = { w->key.domain, strnlen(w->key.domain, DKIM_NAME) };
	struct str selector = { w->key.selector, strnlen(w->key.selector, DKIM_NAME) };
	struct name whole, below;

	if (!name_read(domain, NULL, &below) || below.labels < 2 ||
	    !name_read(arena_fmt(a, STR_FMT "._domainkey." STR_FMT, STR_ARG(selector),
				 STR_ARG(domain)),
		       NULL, &whole) ||
	    memchr(whole.text, '\\', whole.n) != NULL)
		return false;
	for (size_t i = 0; i < whole.n; i++)
		if (whole.text[i] <= ' ' || whole.text[i] > '~')
			return false;
	*out = arena_str(a, name_str(&whole));
	return true;
}

static enum dkim_answer ask_key(const struct checking *c, struct str name, struct reply *to)
{
	struct dkim_key key = { 0 };
	struct err e = { 0 };

	if (!c->keys->of(c->keys->context, name, c->a, &key, &e))
		return e.kind == ERR_ABSENT  ? DKIM_KEY_ABSENT
		       : e.kind == ERR_INPUT ? DKIM_KEY_SEVERAL
					     : DKIM_KEY_LATER;
	if (key.record.n >= DKIM_RECORD || str_has(key.record, '\0'))
		return DKIM_KEY_ABSENT;
	if (key.record.n > 0)
		memcpy(to->record, key.record.p, key.record.n);
	return key.secure ? DKIM_KEY_SECURE : DKIM_KEY_FOUND;
}

static bool nonsense(struct err *e)
{
	return err_set(e, ERR_SYSTEM, "the reader of DKIM signatures gave what is no answer");
}

static bool answer(struct checking *c, const struct word *w, struct err *e)
{
	struct reply *r = arena_new(c->a, struct reply, 1);
	int64_t since = clock_since();
	struct str name;

	if (c->asked++ == DKIM_SIGNATURES)
		return nonsense(e);
	r->answer = key_name(w, c->a, &name) ? ask_key(c, name, r) : DKIM_KEY_ABSENT;
	c->until += clock_since() - since; // the child did not compute meanwhile
	return send(c->fd, r, sizeof *r, MSG_NOSIGNAL) == (ssize_t)sizeof *r ||
	       err_set(e, ERR_SYSTEM, "the reader of DKIM signatures takes no answer");
}

// Printed ASCII; a blank for all else.
static struct str text(const char *of, size_t room, bool lower, struct arena *a)
{
	size_t n = strnlen(of, room);
	char *to = arena_new(a, char, n);

	for (size_t i = 0; i < n; i++)
		to[i] = of[i] < ' ' || of[i] > '~' ? ' ' : lower ? ascii_lower(of[i]) : of[i];
	return str_trim((struct str){ to, n });
}

static bool note(struct checking *c, const struct dkim_said *s, struct err *e)
{
	if (s->end >= DKIM_END_COUNT || c->out->all.count == DKIM_SIGNATURES)
		return nonsense(e);
	*list_add(&c->out->all, c->a) = (struct dkim_signature){
		.end = (enum dkim_end)s->end,
		.domain = text(s->domain, sizeof s->domain, true, c->a),
		.selector = text(s->selector, sizeof s->selector, true, c->a),
		.covers = text(s->covers, sizeof s->covers, true, c->a),
		.why = text(s->why, sizeof s->why, false, c->a),
		.bits = s->bits,
		.from = s->from == 1,
		.subject = s->subject == 1,
		.secure = s->secure == 1,
	};
	return true;
}

static bool hear_word(struct checking *c, struct word *w, struct err *e)
{
	char *p = (char *)w;
	size_t n = sizeof *w;

	while (n > 0) {
		const int64_t left = c->until - clock_since();
		struct pollfd one = { .fd = c->fd, .events = POLLIN };
		ssize_t got;

		if (left <= 0 || poll(&one, 1, (int)(left / 1000) + 1) == 0)
			return err_set(
				e, ERR_LIMIT,
				"its DKIM signatures took more than %d seconds, and were left",
				DKIM_SECONDS);
		got = recv(c->fd, p, n, MSG_DONTWAIT);
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got <= 0)
			return err_set(e, ERR_SYSTEM,
				       "the reader of DKIM signatures died: they are not verified");
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static bool hear(struct checking *c, struct err *e)
{
	struct word *w = arena_new(c->a, struct word, 1);

	for (;;) {
		bool good = hear_word(c, w, e);

		if (!good || w->what == ENDS)
			return good;
		if (w->what != ASKS && w->what != SAYS)
			return nonsense(e);
		if (!(w->what == ASKS ? answer(c, w, e) : note(c, &w->said, e)))
			return false;
	}
}

// ---- a mail

// How many signatures; false: the head is over the bounds.
static bool count(struct str mail, unsigned *out)
{
	struct str head = mime_cut(mail).head, name, value;
	unsigned fields = 0;

	*out = 0;
	if (head.n > DKIM_HEAD)
		return false;
	while (fields < DKIM_FIELDS && mime_next_field(&head, &name, &value)) {
		fields++;
		*out += str_eq_nocase(name, S("DKIM-Signature"));
		if (name.n + value.n >= DKIM_FIELD - 2)
			return false;
	}
	return fields < DKIM_FIELDS;
}

static bool check(struct dkim_reader *r, struct checking *c, struct err *e)
{
	int pair[2];
	pid_t child;
	bool good;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(e, ERR_SYSTEM, "cannot start the reader of DKIM signatures: %m");
	r->theirs = pair[1];
	good = cage_fork(verify, r, &child, e);
	close(pair[1]);
	c->fd = pair[0];
	if (good) {
		good = hear(c, e);
		cage_kill(child);
	}
	close(pair[0]);
	return good;
}

bool dkim_check(struct dkim_reader *r, struct str mail, const struct dkim_keys *keys,
		struct arena *a, struct dkim_found *out, struct err *e)
{
	struct checking c = { .keys = keys,
			      .a = a,
			      .out = out,
			      .until = clock_since() + DKIM_SECONDS * TIME_SECOND };
	unsigned n;

	*out = (struct dkim_found){ 0 };
	if (!count(mail, &n))
		return err_set(e, ERR_LIMIT,
			       "its head is longer than what DKIM signatures are looked for in");
	r->mail = mail;
	if (n > 0 && !check(r, &c, e))
		return false;
	out->more = n > out->all.count;
	return true;
}

// ---- keys of the DNS

static bool by_dns(void *context, struct str name, struct arena *a, struct dkim_key *out,
		   struct err *e)
{
	struct dns_answer said;
	size_t found = 0;

	if (!dns_ask(context, name, DNS_TXT, a, &said, e))
		return false;
	LIST_EACH (const struct str, rdata, &said.data) {
		struct buf b = { .p = arena_new(a, char, DKIM_RECORD), .cap = DKIM_RECORD };

		if (!txt_read(*rdata, &b) || b.over)
			continue;
		out->record = buf_view(&b);
		found++;
	}
	out->secure = said.secure;
	if (found > 1)
		return err_set(e, ERR_INPUT, STR_FMT ": there are several", STR_ARG(name));
	return found == 1 || err_set(e, ERR_ABSENT, STR_FMT ": there is none", STR_ARG(name));
}

struct dkim_keys dkim_keys_by_dns(struct dns *d)
{
	return (struct dkim_keys){ by_dns, d };
}

// ---- its life

struct dkim_reader *dkim_reader_new(struct err *e)
{
	struct dkim_reader *r = calloc(1, sizeof *r);

	if (r == NULL)
		abort();
	r->lib = dkim_opendkim_new();
	if (r->lib != NULL)
		return r;
	free(r);
	err_set(e, ERR_SYSTEM, "libopendkim cannot be set up");
	return NULL;
}

void dkim_reader_free(struct dkim_reader *r)
{
	if (r == NULL)
		return;
	dkim_opendkim_free(r->lib);
	free(r);
}
