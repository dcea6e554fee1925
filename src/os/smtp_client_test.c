// Against tests/fake/smtp.py, which does what a real server will not.
#include "base/arena.h"
#include "base/test.h"
#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/smtp_client.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 64 << 20, MESSAGE = 200 };

struct fake {
	struct arena a;
	char folder[64];
	int held;
	pid_t pid;
	uint16_t port;
	struct smtp_client *client;
};

static void give(struct fake *f, const char *name, const char *text)
{
	struct err e = { 0 };

	CHECK(file_write(arena_fmt(&f->a, "%s/%s", f->folder, name).p, str_of(text), 0600, &e));
}

static void run(const char *const argv[])
{
	posix_spawn_file_actions_t acts;
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&acts);
	posix_spawn_file_actions_addopen(&acts, 2, "/dev/null", O_WRONLY, 0);
	CHECK(posix_spawnp(&pid, argv[0], &acts, NULL, (char *const *)(uintptr_t)argv, environ) ==
	      0);
	posix_spawn_file_actions_destroy(&acts);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
}

// The server, with a certificate where `tls`; it lives until its standard input is closed.
static void begin(struct fake *f, bool tls)
{
	int in[2], out[2];
	posix_spawn_file_actions_t acts;
	char port[16] = "", cert[96], key[96];
	const char *argv[] = { "python3", "tests/fake/smtp.py", f->folder, cert, key, NULL };
	uint64_t n;

	*f = (struct fake){ .folder = "/tmp/waker-smtp-XXXXXX", .held = -1 };
	arena_init(&f->a, ROOM);
	CHECK(mkdtemp(f->folder) != NULL);
	snprintf(cert, sizeof cert, "%s/cert", f->folder);
	snprintf(key, sizeof key, "%s/key", f->folder);
	if (tls)
		run((const char *const[]){ "openssl",
					   "req",
					   "-x509",
					   "-newkey",
					   "ec",
					   "-pkeyopt",
					   "ec_paramgen_curve:P-256",
					   "-nodes",
					   "-keyout",
					   key,
					   "-out",
					   cert,
					   "-subj",
					   "/CN=127.0.0.1",
					   "-addext",
					   "subjectAltName=IP:127.0.0.1",
					   "-days",
					   "30",
					   "-batch",
					   NULL });
	else
		argv[3] = NULL;
	CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
	posix_spawn_file_actions_init(&acts);
	posix_spawn_file_actions_adddup2(&acts, in[0], 0);
	posix_spawn_file_actions_adddup2(&acts, out[1], 1);
	CHECK(posix_spawnp(&f->pid, argv[0], &acts, NULL, (char *const *)(uintptr_t)argv,
			   environ) == 0);
	posix_spawn_file_actions_destroy(&acts);
	close(in[0]);
	close(out[1]);
	f->held = in[1];
	for (size_t at = 0; strchr(port, '\n') == NULL; at++)
		CHECK(at < sizeof port - 1 && read(out[0], port + at, 1) == 1);
	close(out[0]);
	CHECK(str_to_uint(str_trim(str_of(port)), UINT16_MAX, &n));
	f->port = (uint16_t)n;
	f->client = smtp_client_new();
}

static void end(struct fake *f)
{
	int status;

	smtp_client_free(f->client);
	close(f->held);
	CHECK(waitpid(f->pid, &status, 0) == f->pid);
	run((const char *const[]){ "rm", "-rf", f->folder, NULL });
	arena_done(&f->a);
}

static size_t taken(struct fake *f)
{
	struct file_names names;
	struct err e = { 0 };

	CHECK(folder_names(arena_fmt(&f->a, "%s/mail", f->folder).p, &f->a, &names, &e));
	return names.names.count;
}

static struct str log_of(struct fake *f)
{
	struct str s;
	struct err e = { 0 };

	CHECK(file_read(arena_fmt(&f->a, "%s/log", f->folder).p, ROOM / 4, &f->a, &s, &e));
	return s;
}

static struct smtp_hop to(const struct fake *f, enum tls_level level)
{
	return (struct smtp_hop){ .host = S("127.0.0.1"),
				  .port = f->port,
				  .lan = true,
				  .tls.level = level,
				  .helo = S("waker.example") };
}

#define MAIL                                                                                      \
	S("Subject: x\r\n\r\n.a line that begins with a dot\r\n.\r\n..\r\nand more and more and " \
	  "more "                                                                                 \
	  "and more and more and more and more and more and more and more and more\r\nend\r\n")

static bool send_one(struct fake *f, const struct smtp_hop *h, struct smtp_answer *out,
		     struct err *e)
{
	struct smtp_mail m = { S("cert@team.example"), S("security@member.example"), MAIL };

	*e = (struct err){ 0 };
	return smtp_send(f->client, h, &m, out, e);
}

static const struct {
	const char *mood;
	enum smtp_stage stage;
	enum smtp_outcome outcome;
	unsigned code;
	enum err_kind kind;
	const char *says; // part of it
	unsigned takes;   // mails that the server kept
} ends[] = {
	{ "", AT_END, SMTP_TAKEN, 250, ERR_NONE, "", 1 },
	{ "plainly", AT_END, SMTP_TAKEN, 250, ERR_NONE, "", 1 },
	{ "greet 554 5.7.1 no", AT_CONNECT, SMTP_NOT_SENT, 554, ERR_REMOTE,
	  "takes no mail of us: 554 5.7.1 no", 0 },
	{ "greet 421 4.3.2 busy", AT_CONNECT, SMTP_NOT_SENT, 421, ERR_REMOTE, "421 4.3.2 busy", 0 },
	{ "hangup greet", AT_CONNECT, SMTP_NOT_SENT, 0, ERR_REMOTE, "hung up", 0 },
	{ "garbage greet", AT_CONNECT, SMTP_NOT_SENT, 0, ERR_REMOTE, "no mail server", 0 },
	{ "mail 451 4.3.0 later", AT_MAIL, SMTP_NOT_SENT, 451, ERR_REMOTE,
	  "does not take the sender now: 451 4.3.0 later", 0 },
	{ "mail 550 5.7.1 not you", AT_MAIL, SMTP_NOT_SENT, 550, ERR_INPUT,
	  "does not take the sender: 550", 0 },
	{ "rcpt 450 4.2.0 greylisted", AT_RCPT, SMTP_NOT_SENT, 450, ERR_REMOTE,
	  "recipient now: 450 4.2.0 greylisted", 0 },
	{ "rcpt 452 4.2.2 mailbox full", AT_RCPT, SMTP_NOT_SENT, 452, ERR_REMOTE,
	  "452 4.2.2 mailbox full", 0 },
	{ "rcpt 552 5.2.2 mailbox full", AT_RCPT, SMTP_NOT_SENT, 552, ERR_INPUT,
	  "recipient: 552 5.2.2 mailbox full", 0 },
	{ "rcpt 550 5.1.1 unknown,plainly", AT_RCPT, SMTP_NOT_SENT, 550, ERR_INPUT,
	  "550 5.1.1 unknown", 0 },
	{ "data 451 4.3.0 later", AT_DATA, SMTP_NOT_SENT, 451, ERR_REMOTE, "DATA now: 451", 0 },
	{ "data 554 5.6.0 no,plainly", AT_DATA, SMTP_NOT_SENT, 554, ERR_INPUT, "DATA: 554", 0 },
	{ "hangup mail", AT_MAIL, SMTP_NOT_SENT, 0, ERR_REMOTE, "at mail: it hung up", 0 },
	{ "hangup rcpt", AT_RCPT, SMTP_NOT_SENT, 250, ERR_REMOTE, "at rcpt: it hung up", 0 },
	{ "hangup data", AT_DATA, SMTP_NOT_SENT, 250, ERR_REMOTE, "at data: it hung up", 0 },
	{ "end 451 4.3.0 later", AT_END, SMTP_REFUSED, 451, ERR_REMOTE, "the mail now: 451", 0 },
	{ "end 552 5.3.4 too big", AT_END, SMTP_REFUSED, 552, ERR_INPUT, "the mail: 552 5.3.4", 0 },
	{ "hangup end", AT_END, SMTP_UNKNOWN, 0, ERR_REMOTE, "at end: it hung up", 1 },
	{ "garbage end", AT_END, SMTP_UNKNOWN, 0, ERR_REMOTE, "no answer of a mail server", 1 },
	{ "endless end", AT_END, SMTP_UNKNOWN, 0, ERR_REMOTE, "has no end", 1 },
	{ "lines end", AT_END, SMTP_UNKNOWN, 0, ERR_REMOTE, "over 64 lines", 1 },
	{ "endless rcpt", AT_RCPT, SMTP_NOT_SENT, 250, ERR_REMOTE, "has no end", 0 },
	{ "size 100", AT_MAIL, SMTP_NOT_SENT, 0, ERR_LIMIT, "takes mails of 100 bytes", 0 },
};

TEST("smtp client: however a server ends a mail, it is known what came of it")
{
	struct fake f;
	size_t before = 0;

	begin(&f, false);
	for (size_t i = 0; i < COUNTOF(ends); i++) {
		struct smtp_hop h = to(&f, TLS_NONE);
		struct smtp_answer out;
		struct err e;
		bool sent;

		give(&f, "mood", ends[i].mood);
		smtp_client_free(f.client);
		f.client = smtp_client_new();
		sent = send_one(&f, &h, &out, &e);
		if (out.stage != ends[i].stage || out.outcome != ends[i].outcome ||
		    e.kind != ends[i].kind || !str_contains(str_of(e.text), str_of(ends[i].says)))
			printf("# %s: %s %d %u %d: %s\n", ends[i].mood,
			       smtp_stage_word(out.stage).p, (int)out.outcome, out.reply.code,
			       (int)e.kind, e.text);
		CHECK(sent == (ends[i].outcome == SMTP_TAKEN));
		CHECK(out.stage == ends[i].stage && out.outcome == ends[i].outcome);
		CHECK(out.reply.code == ends[i].code && e.kind == ends[i].kind);
		CHECK(str_contains(str_of(e.text), str_of(ends[i].says)));
		before += ends[i].takes;
		CHECK(taken(&f) == before);
	}
	end(&f);
}

TEST("smtp client: a server that hangs up in the middle has nothing of a mail")
{
	struct fake f;
	struct smtp_hop h;
	struct smtp_answer out;
	struct err e;
	const size_t line = 78, n = (SMTP_MAX_MESSAGE / 78) * line;
	char *big;
	struct smtp_mail m;

	begin(&f, false);
	big = arena_new(&f.a, char, n);
	memset(big, 'x', n);
	for (size_t i = line; i <= n; i += line)
		memcpy(big + i - 2, "\r\n", 2);
	m = (struct smtp_mail){ S(""), S("a@b.example"), { big, n } };
	h = to(&f, TLS_NONE);
	give(&f, "mood", "cut");
	CHECK(!smtp_send(f.client, &h, &m, &out, &e));
	CHECK(out.outcome == SMTP_NOT_SENT && out.stage == AT_BODY && taken(&f) == 0);
	give(&f, "mood", "");
	CHECK(smtp_send(f.client, &h, &m, &out, &e) && out.outcome == SMTP_TAKEN);
	CHECK(taken(&f) == 1);
	end(&f);
}

TEST("smtp client: what arrives is what was sent, dots and all")
{
	struct fake f;
	struct smtp_hop h;
	struct smtp_answer out;
	struct err e = { 0 };
	struct str got, line;

	begin(&f, false);
	h = to(&f, TLS_NONE);
	CHECK(send_one(&f, &h, &out, &e) && str_eq(smtp_reply_text(&out.reply), S("taken as 1")));
	CHECK(file_read(arena_fmt(&f.a, "%s/mail/1", f.folder).p, ROOM / 4, &f.a, &got, &e));
	line = str_cut(&got, '\n');
	CHECK(str_has_prefix(line, S("<cert@team.example>")));
	CHECK(str_eq(str_cut(&got, '\n'), S("<security@member.example>\r")));
	CHECK(str_eq(got, MAIL));
	CHECK(str_contains(log_of(&f), S("1 plain EHLO waker.example\n")));
	end(&f);
}

TEST("smtp client: one connection serves many mails, and one that was closed is made anew")
{
	static const struct {
		const char *mood;
		unsigned connections;
	} rows[] = { { "", 1 }, { "rest 2", 4 }, { "gone 2", 4 }, { "plainly,gone 3", 3 } };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct fake f;
		struct smtp_hop h;
		struct smtp_answer out;
		struct err e;
		struct str last;

		begin(&f, false);
		give(&f, "mood", rows[i].mood);
		h = to(&f, TLS_NONE);
		for (unsigned n = 0; n < 8; n++)
			CHECK(send_one(&f, &h, &out, &e));
		CHECK(taken(&f) == 8);
		last = arena_fmt(&f.a, "\n%u plain DATA", rows[i].connections);
		CHECK(str_contains(log_of(&f), last) || rows[i].connections == 1);
		last = arena_fmt(&f.a, "\n%u plain", rows[i].connections + 1);
		CHECK(!str_contains(log_of(&f), last));
		end(&f);
	}
}

TEST("smtp client: after a refusal the connection serves the next mail")
{
	struct fake f;
	struct smtp_hop h;
	struct smtp_answer out;
	struct err e;

	begin(&f, false);
	h = to(&f, TLS_NONE);
	give(&f, "mood", "once rcpt 450 4.2.0 greylisted");
	CHECK(!send_one(&f, &h, &out, &e) && out.outcome == SMTP_NOT_SENT);
	CHECK(send_one(&f, &h, &out, &e));
	give(&f, "mood", "end 550 5.7.1 spam");
	CHECK(!send_one(&f, &h, &out, &e) && out.outcome == SMTP_REFUSED);
	give(&f, "mood", "");
	CHECK(send_one(&f, &h, &out, &e));
	CHECK(taken(&f) == 2 && !str_contains(log_of(&f), S("\n2 plain")));
	end(&f);
}

// ---- TLS

static struct tls_key key_shown(struct fake *f)
{
	struct smtp_hop h = to(f, TLS_MUST);
	struct smtp_shown shown;
	enum smtp_stage stage;
	struct err e = { 0 };

	CHECK(smtp_look(f->client, &h, &shown, &stage, &e));
	CHECK(shown.tls && shown.key_known && shown.until > shown.since);
	return shown.key;
}

TEST("smtp client: TLS that must be is never left out, whoever takes it away")
{
	static const char *const moods[] = { "strip", "refuse", "broken" };

	for (size_t i = 0; i < COUNTOF(moods); i++) {
		struct fake f;
		struct smtp_hop h;
		struct smtp_answer out;
		struct err e;
		bool sent;

		begin(&f, true);
		give(&f, "mood", moods[i]);
		h = to(&f, TLS_MUST);
		h.tls.by = TLS_BY_DANE;
		CHECK(!send_one(&f, &h, &out, &e) && e.kind == ERR_REMOTE);
		CHECK(out.stage == AT_TLS && out.outcome == SMTP_NOT_SENT);
		CHECK(str_contains(str_of(e.text), S("nothing was sent")));
		CHECK(!str_contains(log_of(&f), S("MAIL")) && taken(&f) == 0);
		h.tls = (struct tls_want){ .level = TLS_TRY };
		sent = send_one(&f, &h, &out, &e);
		CHECK(sent && !out.tls && taken(&f) == 1);
		give(&f, "mood", "");
		end(&f);
	}
}

TEST("smtp client: a key that is pinned is held to, an authority that is named as well")
{
	struct fake f;
	struct smtp_hop h;
	struct smtp_answer out;
	struct err e;

	begin(&f, true);
	h = to(&f, TLS_MUST);
	h.tls.by = TLS_BY_PIN;
	h.tls.key[h.tls.keys++] = (struct tls_key){ "another" };
	CHECK(!send_one(&f, &h, &out, &e) && out.stage == AT_TLS);
	CHECK(str_contains(str_of(e.text),
			   S("shows another key than it must (mail.pins wants it)")));
	h.tls.key[h.tls.keys++] = key_shown(&f);
	CHECK(send_one(&f, &h, &out, &e) && out.tls);
	h = to(&f, TLS_MUST);
	h.tls.by_name = true;
	CHECK(!send_one(&f, &h, &out, &e) && str_contains(str_of(e.text), S("does not hold")));
	h.ca = arena_fmt(&f.a, "%s/cert", f.folder);
	CHECK(send_one(&f, &h, &out, &e) && out.tls);
	h.host = S("localhost");
	CHECK(!send_one(&f, &h, &out, &e) && str_contains(str_of(e.text), S("another name")));
	CHECK(taken(&f) == 2 && !str_contains(log_of(&f), S("plain MAIL")));
	end(&f);
}

TEST("smtp client: a password goes over TLS only, and a wrong one is told as what it is")
{
	struct fake f;
	struct smtp_hop h;
	struct smtp_answer out;
	struct err e;

	begin(&f, true);
	give(&f, "users", "waker hunter2");
	give(&f, "mood", "auth");
	h = to(&f, TLS_TRY);
	h.user = S("waker");
	h.password = S("hunter2");
	CHECK(!send_one(&f, &h, &out, &e) && e.kind == ERR_CONFIG);
	h.tls = (struct tls_want){ .level = TLS_MUST };
	CHECK(send_one(&f, &h, &out, &e) && str_contains(log_of(&f), S("tls AUTH")));
	h.user = S("walker");
	CHECK(!send_one(&f, &h, &out, &e) && e.kind == ERR_CONFIG && out.stage == AT_AUTH);
	CHECK(out.reply.code == 535 && !str_contains(str_of(e.text), S("hunter2")));
	give(&f, "mood", "");
	h.user = S("waker");
	smtp_client_free(f.client);
	f.client = smtp_client_new();
	CHECK(!send_one(&f, &h, &out, &e) && str_contains(str_of(e.text), S("asks nobody")));
	CHECK(!str_contains(log_of(&f), S("plain AUTH")) && taken(&f) == 1);
	end(&f);
}

TEST("smtp client: private addresses, broken addresses and nobody's ports are refused at once")
{
	struct smtp_client *c = smtp_client_new();
	struct smtp_hop h = { .host = S("127.0.0.1"), .port = 1, .helo = S("waker.example") };
	struct smtp_mail m = { S("cert@team.example"), S("security@member.example"), MAIL };
	struct smtp_answer out;
	struct err e;

	CHECK(!smtp_send(c, &h, &m, &out, &e) && e.kind == ERR_INPUT);
	CHECK(str_contains(str_of(e.text), S("no mail is sent there")));
	h.lan = true;
	CHECK(!smtp_send(c, &h, &m, &out, &e) && e.kind == ERR_REMOTE && out.stage == AT_CONNECT);
	h.host = S("mx.example");
	h.addresses = S("127.0.0.1");
	h.lan = false;
	CHECK(!smtp_send(c, &h, &m, &out, &e) &&
	      str_contains(str_of(e.text), S("no mail is sent there")));
	m.to = S("a@b.example>\r\nRCPT TO:<c@d.example");
	CHECK(!smtp_send(c, &h, &m, &out, &e) && e.kind == ERR_INPUT);
	smtp_client_free(c);
}
