#include "os/syslog_client.h"

#include "base/buf.h"
#include "base/time.h"
#include "os/clock.h"
#include "os/smtp_talk.h"

#include <poll.h>

enum { TEXT_BYTES = 512 };

struct link {
	struct smtp_talk talk;
	struct transfer_peer peer;
	char error[CURL_ERROR_SIZE];
};

static void link_done(struct link *l)
{
	if (l->talk.curl != NULL)
		curl_easy_cleanup(l->talk.curl);
}

// It speaks no HTTP: so does libcurl not, that makes TLS and gives the connection away.
static bool set(struct link *l, const struct syslog_place *p, struct err *e)
{
	CURL *u = l->talk.curl;
	bool six = str_has(p->host, ':');
	char text[TEXT_BYTES], pin[TLS_KEY_TEXT + 1];
	struct buf url = { .p = text, .cap = sizeof text - 1 },
		   key = { .p = pin, .cap = sizeof pin - 1 };

	buf_fmt(&url, "https://%s" STR_FMT "%s:%u/", six ? "[" : "", STR_ARG(p->host),
		six ? "]" : "", (unsigned)p->port);
	text[url.n] = '\0';
	if (url.over || curl_easy_setopt(u, CURLOPT_URL, text) != 0)
		return err_set(e, ERR_INPUT, "the name of the receiver is too long");
	if (p->pinned) {
		tls_key_write(&key, &p->pin);
		pin[key.n] = '\0';
		curl_easy_setopt(u, CURLOPT_PINNEDPUBLICKEY, pin);
	}
	curl_easy_setopt(u, CURLOPT_SSL_VERIFYPEER, p->pinned ? 0L : 1L);
	curl_easy_setopt(u, CURLOPT_SSL_VERIFYHOST, p->pinned ? 0L : 2L);
	curl_easy_setopt(u, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(u, CURLOPT_SSL_ENABLE_ALPN, 0L);
	curl_easy_setopt(u, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(u, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(u, CURLOPT_CONNECTTIMEOUT, (long)SYSLOG_SECONDS);
	curl_easy_setopt(u, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(u, CURLOPT_PROXY, "");
	curl_easy_setopt(u, CURLOPT_ERRORBUFFER, l->error);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETFUNCTION, transfer_open);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETDATA, &l->peer);
	return true;
}

static bool fails(const struct link *l, const struct syslog_place *p, CURLcode code, struct err *e)
{
	struct str host = str_first(p->host, 120);

	if (l->peer.whose != NULL)
		return err_set(e, ERR_INPUT, STR_FMT " is at %s (%s): nothing is sent there",
			       STR_ARG(host), l->peer.where, l->peer.whose);
	switch ((int)code) {
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
		return err_set(e, ERR_REMOTE,
			       STR_FMT " shows another key than the one that is pinned: nothing "
				       "was sent",
			       STR_ARG(host));
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_ISSUER_ERROR:
		return err_set(e, ERR_REMOTE,
			       STR_FMT ": its certificate does not hold: nothing was sent",
			       STR_ARG(host));
	default:
		return err_set(e, ERR_REMOTE, STR_FMT ":%u: no connection with TLS (%s)",
			       STR_ARG(host), (unsigned)p->port,
			       l->error[0] != '\0' ? l->error : curl_easy_strerror(code));
	}
}

// One that wants a certificate of ours, or no syslog, hangs up when it has seen what it gets. That
// something can be read is not enough: TLS 1.3 sends tickets.
static bool stays(struct link *l, struct err *e)
{
	const int64_t millisecond = TIME_SECOND / 1000;
	const int64_t end = clock_since() + SYSLOG_QUIET_MILLISECONDS * millisecond;
	struct pollfd wait = { .fd = -1, .events = POLLIN };
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (curl_easy_getinfo(l->talk.curl, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK)
		wait.fd = fd;
	for (int64_t left; (left = end - clock_since()) > 0;) {
		(void)poll(&wait, 1, (int)(left / millisecond) + 1);
		if (!smtp_talk_is_quiet(&l->talk))
			return err_set(e, ERR_REMOTE,
				       "the receiver hung up when it had it, or speaks no syslog");
	}
	return true;
}

bool syslog_give(const struct syslog_place *p, struct str bytes, bool *given, struct err *e)
{
	CLEANUP(link_done)
	struct link l = { .talk = { .curl = transfer_new() }, .peer = { .lan = p->lan } };
	CURLcode code;

	*given = false;
	if (!set(&l, p, e))
		return false;
	code = curl_easy_perform(l.talk.curl);
	if (code != CURLE_OK)
		return fails(&l, p, code, e);
	l.talk.deadline = clock_since() + SYSLOG_SECONDS * TIME_SECOND;
	if (!smtp_talk_write(&l.talk, bytes, e))
		return false;
	*given = true;
	return stays(&l, e);
}
