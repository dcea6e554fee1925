#include "os/imap_connect.h"

#include "base/buf.h"

enum { TEXT_BYTES = 1024 };

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

static void set_rest(CURL *u, const struct imap_place *p, struct transfer_peer *peer)
{
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
	curl_easy_setopt(u, CURLOPT_OPENSOCKETDATA, peer);
}

static bool fails_tls(const struct imap_place *p, CURLcode code, struct err *e)
{
	struct str host = p->at.at.host;

	switch ((int)code) {
	case CURLE_USE_SSL_FAILED:
		return err_set(e, ERR_REMOTE,
			       STR_FMT " offers no TLS, and must: nothing was said to it",
			       STR_ARG(host));
	case CURLE_SSL_CACERT_BADFILE:
		return err_set(e, ERR_CONFIG, "the file of authorities " STR_FMT " cannot be read",
			       STR_ARG(p->ca));
	case CURLE_SSL_CONNECT_ERROR:
		return err_set(e, ERR_REMOTE, STR_FMT ":%u: TLS cannot be made", STR_ARG(host),
			       (unsigned)p->at.at.port);
	default:
		return err_set(e, ERR_REMOTE,
			       STR_FMT ": its certificate does not hold: not trusted, expired, or "
				       "for another name: nothing was said to it",
			       STR_ARG(host));
	}
}

static bool fails(const struct imap_place *p, const struct transfer_peer *peer, CURLcode code,
		  struct err *e)
{
	struct str host = p->at.at.host;
	unsigned port = p->at.at.port;

	switch ((int)code) {
	case CURLE_LOGIN_DENIED:
		return err_set(e, ERR_CONFIG,
			       STR_FMT " refuses the user and password of credentials/imap",
			       STR_ARG(host));
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
		return fails_tls(p, code, e);
	case CURLE_COULDNT_RESOLVE_HOST:
		return err_set(e, ERR_REMOTE, STR_FMT ": the name cannot be resolved",
			       STR_ARG(host));
	case CURLE_OPERATION_TIMEDOUT:
		return err_set(e, ERR_REMOTE, STR_FMT ":%u: it was not ready within %d seconds",
			       STR_ARG(host), port, IMAP_CONNECT_SECONDS);
	case CURLE_COULDNT_CONNECT:
		if (peer->whose != NULL)
			return err_set(e, ERR_CONFIG, STR_FMT " is at %s (%s): not asked",
				       STR_ARG(host), peer->where, peer->whose);
		return err_set(e, ERR_REMOTE, STR_FMT ":%u: no connection", STR_ARG(host), port);
	default:
		return err_set(e, ERR_REMOTE, STR_FMT ":%u: it hung up, or is no IMAP server (%s)",
			       STR_ARG(host), port, curl_easy_strerror(code));
	}
}

bool imap_connect(CURL *u, const struct imap_place *p, struct err *e)
{
	struct transfer_peer peer = { .lan = p->lan || p->at.at.loopback };
	CURLcode code;

	set_rest(u, p, &peer);
	set_person(u, p);
	if (!set_place(u, p, e))
		return false;
	code = curl_easy_perform(u);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETDATA, NULL);
	return code == CURLE_OK || fails(p, &peer, code, e);
}
