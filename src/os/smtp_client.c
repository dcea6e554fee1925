#include "os/smtp_client.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/smtp_connect.h"

#include <stdlib.h>

enum { CHUNK_BYTES = 16 << 10, COMMAND_BYTES = 1024, GOODBYE_SECONDS = 2 };

struct smtp_client {
	struct smtp_link link;
	int64_t used;   // when the last mail ended
	unsigned mails; // over this connection
	char chunk[CHUNK_BYTES];
};

struct str smtp_stage_word(enum smtp_stage stage)
{
	static const char *const words[] = {
		[AT_CONNECT] = "connect", [AT_TLS] = "tls",   [AT_AUTH] = "auth",
		[AT_MAIL] = "mail",       [AT_RCPT] = "rcpt", [AT_DATA] = "data",
		[AT_BODY] = "body",       [AT_END] = "end",
	};

	return str_of(words[stage]);
}

struct smtp_client *smtp_client_new(void)
{
	struct smtp_client *c = calloc(1, sizeof *c);

	if (c == NULL)
		abort();
	return c;
}

// Its answer to QUIT is waited for only for a moment: nothing depends on it.
static void part(struct smtp_client *c, bool politely)
{
	struct smtp_talk *t = &c->link.talk;
	struct smtp_reply r;
	struct err e;

	if (c->link.stands && politely) {
		t->deadline = clock_since() + GOODBYE_SECONDS * TIME_SECOND;
		(void)(smtp_talk_write(t, S("QUIT\r\n"), &e) && smtp_talk_read(t, &r, &e));
	}
	smtp_link_close(&c->link);
	c->mails = 0;
}

void smtp_client_free(struct smtp_client *c)
{
	if (c == NULL)
		return;
	part(c, true);
	smtp_link_done(&c->link);
	free(c);
}

// ---- one mail over a connection that stands

struct sending {
	struct smtp_client *c;
	const struct smtp_hop *hop;
	const struct smtp_mail *m;
	struct smtp_answer *out;
	struct err *e;
	bool lost; // the connection is, or nobody knows any more what it would answer
};

static bool lose(struct sending *s)
{
	s->lost = true;
	return err_in(s->e, STR_FMT ", at %s", STR_ARG(s->hop->host),
		      smtp_stage_word(s->out->stage).p);
}

static bool talk(struct sending *s, struct str bytes)
{
	return smtp_talk_write(&s->c->link.talk, bytes, s->e) || lose(s);
}

static bool hear(struct sending *s, struct smtp_reply *r)
{
	return smtp_talk_read(&s->c->link.talk, r, s->e) || lose(s);
}

// What the server does not want: for now (4xx), or for good.
static bool refused(struct sending *s, const struct smtp_reply *r)
{
	static const char *const to[] = {
		[AT_MAIL] = "the sender", [AT_RCPT] = "the recipient", [AT_DATA] = "DATA",
		[AT_BODY] = "the mail",   [AT_END] = "the mail",
	};
	struct err *e = s->e;

	s->out->reply = *r;
	s->lost = r->code == 421; // it closes
	return err_set(e, r->code >= 500 ? ERR_INPUT : ERR_REMOTE,
		       STR_FMT " does not take %s%s: %u %s" STR_FMT, STR_ARG(s->hop->host),
		       to[s->out->stage], r->code >= 500 ? "" : " now", r->code,
		       smtp_status_text(&r->status).text, STR_ARG(smtp_reply_text(r)));
}

// One answer of the three commands that go before the bytes.
static bool answered(struct sending *s, enum smtp_stage stage, unsigned wants, bool *good)
{
	struct smtp_reply r;

	if (*good)
		s->out->stage = stage;
	if (!hear(s, &r))
		return false;
	if (!*good) { // the first refusal counts; the server waits for bytes nonetheless
		s->lost = s->lost || (stage == AT_DATA && r.code / 100 == 3);
		return true;
	}
	*good = r.code / 100 == wants;
	if (*good)
		s->out->reply = r;
	else
		refused(s, &r);
	return true;
}

static bool envelope(struct sending *s)
{
	static const struct {
		enum smtp_stage stage;
		unsigned wants;
	} steps[] = { { AT_MAIL, 2 }, { AT_RCPT, 2 }, { AT_DATA, 3 } };
	char text[3][COMMAND_BYTES];
	struct buf b[3] = { BUF_ON(text[0]), BUF_ON(text[1]), BUF_ON(text[2]) };
	bool pipelined = s->c->link.pipelining, good = true;

	buf_fmt(&b[0], "MAIL FROM:<" STR_FMT ">", STR_ARG(s->m->from));
	if (s->c->link.sized)
		buf_fmt(&b[0], " SIZE=%zu", s->m->bytes.n);
	buf_str(&b[0], S("\r\n"));
	buf_fmt(&b[1], "RCPT TO:<" STR_FMT ">\r\n", STR_ARG(s->m->to));
	buf_str(&b[2], S("DATA\r\n"));
	if (pipelined) { // all in one packet (RFC 2920)
		buf_str(&b[0], buf_view(&b[1]));
		buf_str(&b[0], buf_view(&b[2]));
		if (!talk(s, buf_view(&b[0])))
			return false;
	}
	for (size_t i = 0; i < COUNTOF(steps) && (good || pipelined); i++) {
		struct err first = *s->e;
		bool was = good;

		if (!pipelined && !talk(s, buf_view(&b[i])))
			return false;
		if (!answered(s, steps[i].stage, steps[i].wants, &good)) {
			if (!was)
				*s->e = first; // what was refused says more
			return false;
		}
	}
	return good;
}

// True: the kernel has its end, and the server may have it.
static bool body(struct sending *s)
{
	struct smtp_body m = { .rest = s->m->bytes };

	s->out->stage = AT_BODY;
	for (;;) {
		struct buf b = BUF_ON(s->c->chunk);

		if (!smtp_body_next(&m, &b))
			return true;
		if (!talk(s, buf_view(&b)))
			return false;
	}
}

// From here on the mail is with the server, or not: only its answer tells.
static bool verdict(struct sending *s)
{
	struct smtp_reply r;

	s->out->stage = AT_END;
	s->out->outcome = SMTP_UNKNOWN;
	s->out->reply = (struct smtp_reply){ 0 };
	if (!hear(s, &r))
		return false;
	if (r.code / 100 == 3) {
		err_set(s->e, ERR_REMOTE, "%u is no answer to a mail", r.code);
		return lose(s);
	}
	s->out->reply = r;
	s->out->outcome = r.code / 100 == 2 ? SMTP_TAKEN : SMTP_REFUSED;
	return s->out->outcome == SMTP_TAKEN || refused(s, &r);
}

// After a refusal the server still has a sender, and perhaps waits for bytes.
static void forget(struct sending *s)
{
	struct smtp_talk *t = &s->c->link.talk;
	struct smtp_reply r;
	struct err e;

	if (s->lost || !smtp_talk_write(t, S("RSET\r\n"), &e) || !smtp_talk_read(t, &r, &e) ||
	    r.code / 100 != 2)
		part(s->c, false);
}

static bool fits(struct sending *s)
{
	uint64_t most = s->c->link.most;

	s->out->stage = AT_MAIL;
	return most == 0 || s->m->bytes.n <= most ||
	       err_set(s->e, ERR_LIMIT, STR_FMT " takes mails of %llu bytes, this one has %zu",
		       STR_ARG(s->hop->host), (unsigned long long)most, s->m->bytes.n);
}

static bool send_over(struct sending *s)
{
	bool good;

	s->lost = false;
	if (!fits(s))
		return false;
	good = envelope(s) && body(s) && verdict(s);
	if (!good)
		forget(s);
	s->c->mails += good;
	s->c->used = clock_since();
	return good;
}

// ---- the connection

// A server may have closed what rested, or close it at the next word.
static bool stands(struct smtp_client *c, const struct smtp_hop *hop)
{
	return c->link.stands && smtp_link_is_to(&c->link, hop) &&
	       clock_since() - c->used < SMTP_IDLE_SECONDS * TIME_SECOND &&
	       smtp_talk_is_quiet(&c->link.talk);
}

static bool connected(struct smtp_client *c, const struct smtp_hop *hop, enum smtp_stage *stage,
		      struct err *e)
{
	int64_t deadline = clock_since() + SMTP_WHOLE_SECONDS * TIME_SECOND;

	if (stands(c, hop)) {
		c->link.talk.deadline = deadline;
		return true;
	}
	part(c, smtp_link_is_to(&c->link, hop) ? false : c->link.stands);
	if (!smtp_link_open(&c->link, hop, stage, e))
		return false;
	c->link.talk.deadline = deadline;
	return true;
}

static bool sendable(const struct smtp_mail *m, struct err *e)
{
	struct str domain;

	if (m->from.n > 0 && !smtp_address(m->from, &domain, e))
		return err_in(e, "the sender");
	return smtp_address(m->to, &domain, e) && smtp_message(m->bytes, e);
}

bool smtp_send(struct smtp_client *c, const struct smtp_hop *hop, const struct smtp_mail *m,
	       struct smtp_answer *out, struct err *e)
{
	struct sending s = { .c = c, .hop = hop, .m = m, .out = out, .e = e };

	*out = (struct smtp_answer){ .outcome = SMTP_NOT_SENT, .stage = AT_CONNECT };
	if (!sendable(m, e))
		return false;
	for (;;) {
		bool fresh;

		if (!connected(c, hop, &out->stage, e)) {
			out->reply = c->link.said;
			return false;
		}
		fresh = c->mails == 0;
		out->tls = c->link.tls;
		if (send_over(&s))
			return true;
		if (fresh || !s.lost || out->stage != AT_MAIL)
			return false;
		*out = (struct smtp_answer){ .outcome = SMTP_NOT_SENT, .stage = AT_CONNECT };
		*e = (struct err){ 0 }; // it had enough of the old connection; once anew
	}
}

bool smtp_look(struct smtp_client *c, const struct smtp_hop *hop, struct smtp_shown *out,
	       enum smtp_stage *stage, struct err *e)
{
	*stage = AT_CONNECT;
	if (!connected(c, hop, stage, e))
		return false;
	c->used = clock_since();
	smtp_link_shows(&c->link, out);
	return true;
}
