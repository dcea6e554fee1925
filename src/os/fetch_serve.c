#include "os/fetch_serve.h"

#include "os/channel.h"
#include "os/http_client.h"
#include "os/landlock.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { STATUS_DONE = 0, STATUS_SYSTEM = 71 };

struct serve {
	struct http_client *http;
	int body;
	char room[ASK_MAX_MESSAGE], back[ASK_MAX_MESSAGE];
};

static bool take(void *context, struct str bytes, struct err *e)
{
	struct serve *s = context;

	while (bytes.n > 0) {
		ssize_t n = write(s->body, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, ERR_SYSTEM, "what was fetched cannot be kept: %m");
		str_skip(&bytes, (size_t)n);
	}
	return true;
}

static void progress(void *context, uint64_t done, uint64_t all)
{
	struct serve *s = context;
	struct buf b = BUF_ON(s->back);
	struct err ignored;

	ask_write_progress(&b, done, all);
	if (!channel_send(FETCH_SERVE_FD, buf_view(&b), -1, &ignored))
		exit(STATUS_DONE); // nobody waits for the rest
}

static bool serve_one(struct serve *s, struct str message, struct err *e)
{
	const struct http_sink sink = { take, progress, s };
	struct buf b = BUF_ON(s->back);
	struct ask_answer answer = { 0 };
	struct ask x;

	if (!ask_read(message, &x) || s->body < 0)
		err_set(e, ERR_SYSTEM, "what fetches got no ask that it understands");
	else if (http_ask(s->http, &x, &sink, &answer, e))
		e->kind = ERR_NONE;
	if (e->kind != ERR_NONE)
		answer = (struct ask_answer){ .kind = e->kind, .text = str_of(e->text) };
	ask_write_answer(&b, &answer);
	return channel_send(FETCH_SERVE_FD, buf_view(&b), -1, e);
}

// It can gain nothing, reads only what names and certificates need, writes nowhere but to
// what it was given, leaves no memory behind for others to read, and goes with its parent.
static void shut(const char *ca)
{
	static const struct rlimit none = { 0, 0 };
	const char *const places[] = { "/etc",
				       "/lib",
				       "/lib64",
				       "/usr/lib",
				       "/usr/share/ca-certificates",
				       "/usr/local/share/ca-certificates",
				       "/run/systemd/resolve",
				       "/run/resolvconf",
				       ca };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &none);
	landlock_only_read(places, COUNTOF(places));
}

static bool serve_trust(struct serve *s, struct err *e)
{
	struct http_trust t = http_trust(s->http);
	struct buf b = BUF_ON(s->back);

	buf_fmt(&b, "%s\n%s", t.file != NULL ? t.file : "", t.folder != NULL ? t.folder : "");
	return channel_send(FETCH_SERVE_FD, buf_view(&b), -1, e);
}

int fetch_serve(const char *ca)
{
	struct serve *s = calloc(1, sizeof *s);
	struct err e = { 0 };
	bool trust = strcmp(ca, FETCH_SERVE_TRUST) == 0, more;

	if (s == NULL)
		return STATUS_SYSTEM;
	shut(ca);
	s->http = http_client_new();
	more = !trust;
	if (trust && !serve_trust(s, &e))
		e.kind = ERR_SYSTEM;
	while (more) {
		struct buf b = BUF_ON(s->room);

		more = channel_receive(FETCH_SERVE_FD, -1, &b, &s->body, &e);
		if (!more)
			break;
		more = serve_one(s, buf_view(&b), &e);
		explicit_bzero(s->room, sizeof s->room); // an ask holds secrets
		if (s->body >= 0)
			close(s->body);
	}
	http_client_free(s->http);
	free(s);
	return e.kind == ERR_NONE || e.kind == ERR_ABSENT ? STATUS_DONE : STATUS_SYSTEM;
}
