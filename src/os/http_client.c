#include "os/http_client.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/http_judge.h"
#include "os/transfer.h"

#include <stdio.h>
#include <stdlib.h>

enum { URL_BYTES = 16 << 10, HOST_BYTES = 256, REFUSED_BYTES = 4096 };

#define PROGRESS_EVERY (TIME_SECOND / 4)

struct http_client {
	CURL *curl;
	char error[CURL_ERROR_SIZE];
	char line[ASK_MAX_TEXT + 64]; // of a header
	char url[URL_BYTES], host[HOST_BYTES], etag[HTTP_MAX_TAG], modified[64], says[ASK_MAX_SAYS];

	// of the ask under way
	const struct ask *ask;
	const struct http_sink *sink;
	struct err *e;  // set by a callback: why it stopped
	bool stopped;   // by a callback, with *e set
	bool enough;    // of a body that is not wanted
	bool elsewhere; // redirected to another host or port
	uint64_t bytes, refused;
	size_t said;
	int64_t began, told;
	struct http_pace pace;
	struct transfer_peer peer;
};

struct http_client *http_client_new(void)
{
	struct http_client *c = calloc(1, sizeof *c);

	if (c == NULL)
		abort();
	c->curl = transfer_new();
	return c;
}

void http_client_free(struct http_client *c)
{
	if (c == NULL)
		return;
	curl_easy_cleanup(c->curl);
	free(c);
}

struct http_trust http_trust(const struct http_client *c)
{
	char *file = NULL, *folder = NULL;

	curl_easy_getinfo(c->curl, CURLINFO_CAINFO, &file);
	curl_easy_getinfo(c->curl, CURLINFO_CAPATH, &folder);
	return (struct http_trust){ file, folder };
}

static bool stop(struct http_client *c, enum err_kind kind, const char *why)
{
	c->stopped = true;
	return err_set(c->e, kind, "%s", why);
}

// What a refusal says is for people; its rest is not waited for.
static size_t take_refused(struct http_client *c, const char *p, size_t n)
{
	size_t room = sizeof c->says - c->said;

	memcpy(c->says + c->said, p, n < room ? n : room);
	c->said += n < room ? n : room;
	c->refused += n;
	c->enough = c->refused > REFUSED_BYTES;
	return c->enough ? 0 : n;
}

static size_t take(char *p, size_t one, size_t n, void *context)
{
	struct http_client *c = context;
	long status = 0;

	(void)one; // always 1
	curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		return take_refused(c, p, n);
	c->bytes += n;
	if (c->bytes > c->ask->most) {
		c->stopped = true;
		err_set(c->e, ERR_LIMIT,
			"the answer is over %llu bytes when decompressed, the most that may come",
			(unsigned long long)c->ask->most);
		return 0;
	}
	if (c->sink->take(c->sink->context, (struct str){ p, n }, c->e))
		return n;
	c->stopped = true;
	return 0;
}

static bool steady(struct http_client *c, int64_t now, uint64_t done)
{
	if (http_pace_holds(&c->pace, now, done))
		return true;
	c->stopped = true;
	return err_set(c->e, ERR_REMOTE, "%s: too slow: under %u bytes a second (%llu bytes came)",
		       c->host, c->ask->least, (unsigned long long)done);
}

static int progress(void *context, curl_off_t all, curl_off_t done, curl_off_t up_all,
		    curl_off_t up_done)
{
	struct http_client *c = context;
	int64_t now = clock_since();

	(void)up_all;
	(void)up_done;
	if (c->sink->progress != NULL && now >= c->told + PROGRESS_EVERY) {
		c->told = now;
		c->sink->progress(c->sink->context, (uint64_t)done, (uint64_t)all);
	}
	return steady(c, now, (uint64_t)done) ? 0 : 1;
}

static bool add_header(struct curl_slist **to, const char *line)
{
	struct curl_slist *more = curl_slist_append(*to, line);

	if (more == NULL)
		abort();
	*to = more;
	return true;
}

static bool one_line(struct str s)
{
	return !str_has(s, '\n') && !str_has(s, '\r') && !str_has(s, '\0');
}

// All lines that go with the ask, secrets only to the host that they are for.
static bool headers_of(struct http_client *c, struct curl_slist **out)
{
	const struct ask *x = c->ask;
	char *line = c->line;

	for (unsigned i = 0; i < x->headers; i++) {
		struct str h = x->header[i].line;

		if (!one_line(h) || !str_has(h, ':'))
			return stop(c, ERR_CONFIG, "a header is one line, NAME: VALUE");
		snprintf(line, sizeof c->line, STR_FMT, STR_ARG(h));
		if (!(x->header[i].secret && c->elsewhere))
			add_header(out, line);
	}
	if (!one_line(x->etag) || !one_line(x->modified))
		return stop(c, ERR_SYSTEM, "what was kept of the last answer is damaged");
	if (x->etag.n > 0) {
		snprintf(line, sizeof c->line, "If-None-Match: " STR_FMT, STR_ARG(x->etag));
		add_header(out, line);
	}
	if (x->modified.n > 0) {
		snprintf(line, sizeof c->line, "If-Modified-Since: " STR_FMT, STR_ARG(x->modified));
		add_header(out, line);
	}
	add_header(out, "Expect:"); // no waiting for "100 Continue"
	return true;
}

static void set_bounds(struct http_client *c)
{
	CURL *u = c->curl;
	int64_t spent = (clock_since() - c->began) / TIME_SECOND, left = c->ask->wait - spent;

	curl_easy_setopt(u, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(u, CURLOPT_TIMEOUT, (long)(left > 0 ? left : 1));
	curl_easy_setopt(u, CURLOPT_CONNECTTIMEOUT, (long)HTTP_CONNECT_SECONDS);
	curl_easy_setopt(u, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(u, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(u, CURLOPT_FOLLOWLOCATION, 0L); // http_ask follows, with its own rules
	curl_easy_setopt(u, CURLOPT_PROXY, "");
	curl_easy_setopt(u, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(u, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(u, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(u, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(u, CURLOPT_CERTINFO, 1L);
	curl_easy_setopt(u, CURLOPT_ACCEPT_ENCODING, "gzip, zstd");
	curl_easy_setopt(u, CURLOPT_USERAGENT, "waker/" WAKER_VERSION);
}

static void set_calls(struct http_client *c)
{
	CURL *u = c->curl;

	curl_easy_setopt(u, CURLOPT_ERRORBUFFER, c->error);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETFUNCTION, transfer_open);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETDATA, &c->peer);
	curl_easy_setopt(u, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(u, CURLOPT_WRITEDATA, c);
	curl_easy_setopt(u, CURLOPT_XFERINFOFUNCTION, progress);
	curl_easy_setopt(u, CURLOPT_XFERINFODATA, c);
	curl_easy_setopt(u, CURLOPT_NOPROGRESS, 0L);
}

static void set_what(struct http_client *c, struct curl_slist *lines)
{
	const struct ask *x = c->ask;
	char text[1024];

	curl_easy_setopt(c->curl, CURLOPT_URL, c->url);
	curl_easy_setopt(c->curl, CURLOPT_HTTPHEADER, lines);
	if (x->post) {
		curl_easy_setopt(c->curl, CURLOPT_POSTFIELDSIZE, (long)x->body.n);
		curl_easy_setopt(c->curl, CURLOPT_COPYPOSTFIELDS, x->body.n > 0 ? x->body.p : "");
	}
	if (x->user.n > 0 && !c->elsewhere) {
		curl_easy_setopt(c->curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		snprintf(text, sizeof text, STR_FMT, STR_ARG(x->user));
		curl_easy_setopt(c->curl, CURLOPT_USERNAME, text);
		snprintf(text, sizeof text, STR_FMT, STR_ARG(x->password));
		curl_easy_setopt(c->curl, CURLOPT_PASSWORD, text);
		explicit_bzero(text, sizeof text);
	}
	if (x->ca.n > 0) {
		snprintf(text, sizeof text, STR_FMT, STR_ARG(x->ca));
		curl_easy_setopt(c->curl, CURLOPT_CAINFO, text);
		curl_easy_setopt(c->curl, CURLOPT_CAPATH, NULL);
	}
}

static bool fails_to_open(struct http_client *c, CURLcode code)
{
	const char *host = c->host;

	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return err_set(c->e, ERR_REMOTE, "%s: the name cannot be resolved", host);
	case CURLE_COULDNT_CONNECT:
		if (c->peer.whose == NULL)
			return err_set(c->e, ERR_REMOTE, "%s: no connection", host);
		return err_set(c->e, ERR_CONFIG,
			       "%s is at %s (%s): refused, unless the feed file says private = yes",
			       host, c->peer.where, c->peer.whose);
	case CURLE_SSL_CACERT_BADFILE:
		return err_set(c->e, ERR_CONFIG, "the file of certificates cannot be read: %s",
			       c->error);
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_ISSUER_ERROR:
		return err_set(c->e, ERR_REMOTE,
			       "%s: its certificate does not hold: not trusted, expired, or for "
			       "another name",
			       host);
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_LOGIN_DENIED:
		return err_set(c->e, ERR_CONFIG, "%s: %s", c->url, c->error);
	default:
		return err_set(c->e, ERR_REMOTE, "%s: %s", host,
			       c->error[0] != '\0' ? c->error : curl_easy_strerror(code));
	}
}

static bool fails(struct http_client *c, CURLcode code)
{
	int64_t spent = (clock_since() - c->began) / TIME_SECOND;
	unsigned long long n = c->bytes;

	if (c->stopped) // with *e set
		return false;
	switch ((int)code) {
	case CURLE_OPERATION_TIMEDOUT:
		return err_set(c->e, ERR_REMOTE, "%s: no whole answer within %lld seconds", c->host,
			       (long long)(spent < c->ask->wait ? spent : c->ask->wait));
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_GOT_NOTHING:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return err_set(c->e, ERR_REMOTE, "%s: the answer was cut off after %llu bytes",
			       c->host, n);
	case CURLE_BAD_CONTENT_ENCODING:
		return err_set(c->e, ERR_REMOTE, "%s: its compression is damaged or unknown",
			       c->host);
	default:
		return fails_to_open(c, code);
	}
}

static bool host_of(const char *url, char *out, size_t room, bool *https)
{
	CURLU *u = curl_url();
	char *host = NULL, *port = NULL, *scheme = NULL;
	bool ok = u != NULL && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
		  curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
		  curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
		  curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK;

	if (ok) {
		snprintf(out, room, "%s:%s", host, port);
		*https = strcmp(scheme, "https") == 0;
	}
	curl_free(host);
	curl_free(port);
	curl_free(scheme);
	curl_url_cleanup(u);
	return ok;
}

// Where a 3xx leads becomes c->url. Another host, port or scheme gets no secrets.
static bool follow(struct http_client *c, long status)
{
	char host[HOST_BYTES];
	char *to = NULL;
	bool was = strncmp(c->url, "https:", 6) == 0, https;

	curl_easy_getinfo(c->curl, CURLINFO_REDIRECT_URL, &to);
	if (to == NULL || strlen(to) >= sizeof c->url || !host_of(to, host, sizeof host, &https))
		return err_set(c->e, ERR_REMOTE, "%s: a redirect that leads nowhere", c->host);
	if (was && !https)
		return err_set(c->e, ERR_REMOTE,
			       "%s: a redirect from https to plain http (%s) is refused", c->host,
			       host);
	if (c->ask->post && status != 307 && status != 308)
		return err_set(c->e, ERR_REMOTE, "%s: a redirect of what was posted is refused",
			       c->host);
	c->elsewhere = c->elsewhere || was != https || strcmp(host, c->host) != 0;
	snprintf(c->url, sizeof c->url, "%s", to);
	snprintf(c->host, sizeof c->host, "%s", host);
	return true;
}

static bool perform(struct http_client *c, long *status)
{
	struct curl_slist *lines = NULL;
	CURLcode code;
	bool ok;

	curl_easy_reset(c->curl);
	c->error[0] = '\0';
	c->said = 0;
	c->peer = (struct transfer_peer){ .lan = c->ask->lan };
	c->pace = (struct http_pace){ .wait = c->ask->wait, .least = c->ask->least };
	set_bounds(c);
	set_calls(c);
	ok = headers_of(c, &lines);
	if (ok) {
		set_what(c, lines);
		code = curl_easy_perform(c->curl);
		curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, status);
		ok = code == CURLE_OK || c->enough || fails(c, code);
	}
	curl_slist_free_all(lines);
	return ok;
}

static struct str header(struct http_client *c, const char *name, char *room, size_t n)
{
	struct curl_header *h;
	struct str s;

	if (curl_easy_header(c->curl, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
		return (struct str){ 0 };
	s = str_of(h->value);
	if (s.n >= n || !one_line(s))
		return (struct str){ 0 };
	memcpy(room, s.p, s.n);
	return (struct str){ room, s.n };
}

// Of the other side's own certificate, the first of those that it showed.
static void certificate(const struct http_client *c, struct ask_answer *out)
{
	struct curl_certinfo *all = NULL;

	if (curl_easy_getinfo(c->curl, CURLINFO_CERTINFO, &all) != CURLE_OK || all == NULL ||
	    all->num_of_certs < 1)
		return;
	for (const struct curl_slist *l = all->certinfo[0]; l != NULL; l = l->next)
		http_certificate_line(str_of(l->data), &out->since, &out->until);
}

static void answer(struct http_client *c, long status, struct ask_answer *out)
{
	curl_off_t retry = 0;

	curl_easy_getinfo(c->curl, CURLINFO_RETRY_AFTER, &retry);
	*out = (struct ask_answer){
		.status = (unsigned)status,
		.bytes = c->bytes,
		.retry = retry < 0 || retry > UINT32_MAX ? 0 : (uint32_t)retry,
		.etag = header(c, "ETag", c->etag, sizeof c->etag),
		.modified = header(c, "Last-Modified", c->modified, sizeof c->modified),
		.says = { c->says, c->said },
	};
	certificate(c, out);
}

static bool begin(struct http_client *c)
{
	struct str url = c->ask->url;
	bool https;

	if (url.n >= sizeof c->url || !one_line(url))
		return err_set(c->e, ERR_CONFIG, "no URL: it is too long or more than one line");
	snprintf(c->url, sizeof c->url, STR_FMT, STR_ARG(url));
	if (!host_of(c->url, c->host, sizeof c->host, &https))
		return err_set(c->e, ERR_CONFIG, "\"%s\" is no URL of http or https", c->url);
	c->stopped = c->enough = c->elsewhere = false;
	c->bytes = c->refused = 0;
	c->began = c->told = clock_since();
	return true;
}

bool http_ask(struct http_client *c, const struct ask *x, const struct http_sink *sink,
	      struct ask_answer *out, struct err *e)
{
	unsigned redirects = 0;
	long status = 0;

	c->ask = x;
	c->sink = sink;
	c->e = e;
	if (!begin(c))
		return false;
	while (perform(c, &status)) {
		bool leads = status == 301 || status == 302 || status == 303 || status == 307 ||
			     status == 308;

		if (!leads || x->stay) {
			answer(c, status, out);
			return true;
		}
		if (redirects++ == HTTP_MAX_REDIRECTS)
			return err_set(e, ERR_REMOTE, "%s: over %d redirects", c->host,
				       HTTP_MAX_REDIRECTS);
		if (!follow(c, status))
			return false;
	}
	return false;
}
