#include "os/smtp_connect.h"

#include "base/arena.h"
#include "base/time.h"
#include "codec/mail/certificate.h"
#include "codec/text/base64.h"
#include "os/clock.h"
#include "os/digest.h"
#include "os/http_judge.h"

enum { TEXT_BYTES = 1024, ROOM = 1 << 20 };

void smtp_link_close(struct smtp_link *l)
{
	if (l->talk.curl != NULL)
		curl_easy_cleanup(
			l->talk.curl); // a connection of CONNECT_ONLY goes with its handle
	l->talk.curl = NULL;
	l->stands = false;
}

void smtp_link_done(struct smtp_link *l)
{
	smtp_link_close(l);
	explicit_bzero(l, sizeof *l);
}

// ---- whom

static void put_keys(struct buf *b, const struct tls_want *w)
{
	for (unsigned i = 0; i < w->keys; i++) {
		if (i > 0)
			buf_char(b, ';');
		tls_key_write(b, &w->key[i]);
	}
}

static void name_hop(const struct smtp_hop *h, struct buf *b)
{
	buf_fmt(b, STR_FMT " %u %d %d %d " STR_FMT " " STR_FMT " " STR_FMT " ", STR_ARG(h->host),
		(unsigned)h->port, (int)h->tls.level, h->tls.implicit, h->tls.by_name,
		STR_ARG(h->addresses), STR_ARG(h->ca), STR_ARG(h->user));
	put_keys(b, &h->tls);
}

bool smtp_link_is_to(const struct smtp_link *l, const struct smtp_hop *hop)
{
	char text[SMTP_LINK_KEY];
	struct buf b = BUF_ON(text);

	name_hop(hop, &b);
	return !b.over && str_eq(buf_view(&b), str_of(l->to));
}

// ---- what the server says meanwhile

static void note_ability(struct smtp_link *l, struct str line)
{
	struct str word = str_cut(&line, ' ');
	uint64_t n;

	if (str_eq_nocase(word, S("PIPELINING")))
		l->pipelining = true;
	if (str_eq_nocase(word, S("AUTH")))
		l->auth = true;
	if (str_eq_nocase(word, S("SIZE"))) {
		l->sized = true;
		l->most = str_to_uint(str_trim(line), UINT64_MAX, &n) ? n : 0;
	}
}

// A line of an answer, as libcurl read it. Of those only that to EHLO has 250, and what it said
// before TLS holds no more behind it.
static size_t hear(char *p, size_t one, size_t n, void *context)
{
	struct smtp_link *l = context;
	struct str line = str_trim((struct str){ p, n });
	struct err e;

	(void)one; // always 1
	if (l->said.whole)
		l->said = (struct smtp_reply){ 0 };
	l->answers += l->said.lines == 0;
	if (!smtp_reply_line(&l->said, line, &e) || l->said.code != 250)
		return n;
	if (l->said.lines == 1) {
		l->pipelining = l->sized = l->auth = false;
		l->most = 0;
	} else if (line.n > 4) {
		note_ability(l, str_from(line, 4));
	}
	return n;
}

// ---- how

static bool set_place(struct smtp_link *l, const struct smtp_hop *h, struct curl_slist **at,
		      struct err *e)
{
	CURL *u = l->talk.curl;
	bool six = str_has(h->host, ':');
	char text[TEXT_BYTES];
	struct buf b = { .p = text, .cap = sizeof text - 1 };

	buf_fmt(&b, "%s://%s" STR_FMT "%s:%u/" STR_FMT, h->tls.implicit ? "smtps" : "smtp",
		six ? "[" : "", STR_ARG(h->host), six ? "]" : "", (unsigned)h->port,
		STR_ARG(h->helo));
	text[b.n] = '\0';
	if (b.over || str_has(buf_view(&b), '\n') || curl_easy_setopt(u, CURLOPT_URL, text) != 0)
		return err_set(e, ERR_CONFIG, "the name of the server or our own is too long");
	if (h->addresses.n == 0)
		return true;
	b.n = 0;
	buf_fmt(&b, STR_FMT ":%u:" STR_FMT, STR_ARG(h->host), (unsigned)h->port,
		STR_ARG(h->addresses));
	text[b.n] = '\0';
	if (b.over || (*at = curl_slist_append(NULL, text)) == NULL)
		return err_set(e, ERR_INPUT, "the server has too many addresses");
	curl_easy_setopt(u, CURLOPT_RESOLVE, *at);
	return true;
}

static void set_tls(struct smtp_link *l, const struct smtp_hop *h, bool plain)
{
	CURL *u = l->talk.curl;
	long use = h->tls.level == TLS_MUST ? CURLUSESSL_ALL : CURLUSESSL_TRY;
	char keys[TLS_MAX_KEYS * (TLS_KEY_TEXT + 1) + 1], ca[TEXT_BYTES];
	struct buf b = { .p = keys, .cap = sizeof keys - 1 },
		   file = { .p = ca, .cap = sizeof ca - 1 };

	curl_easy_setopt(u, CURLOPT_USE_SSL,
			 plain || h->tls.level == TLS_NONE ? (long)CURLUSESSL_NONE : use);
	curl_easy_setopt(u, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(u, CURLOPT_SSL_VERIFYPEER, h->tls.by_name ? 1L : 0L);
	curl_easy_setopt(u, CURLOPT_SSL_VERIFYHOST, h->tls.by_name ? 2L : 0L);
	curl_easy_setopt(u, CURLOPT_CERTINFO, 1L);
	put_keys(&b, &h->tls);
	keys[b.n] = '\0';
	if (b.n > 0)
		curl_easy_setopt(u, CURLOPT_PINNEDPUBLICKEY, keys);
	if (h->ca.n == 0)
		return;
	buf_str(&file, h->ca);
	ca[file.n] = '\0';
	curl_easy_setopt(u, CURLOPT_CAINFO, ca);
	curl_easy_setopt(u, CURLOPT_CAPATH, NULL);
}

static void set_person(struct smtp_link *l, const struct smtp_hop *h)
{
	char text[TEXT_BYTES];
	struct buf b = { .p = text, .cap = sizeof text - 1 };

	if (h->user.n == 0)
		return;
	buf_str(&b, h->user);
	text[b.n] = '\0';
	curl_easy_setopt(l->talk.curl, CURLOPT_USERNAME, text);
	b.n = 0;
	buf_str(&b, h->password);
	text[b.n] = '\0';
	curl_easy_setopt(l->talk.curl, CURLOPT_PASSWORD, text);
	explicit_bzero(text, sizeof text);
	curl_easy_setopt(l->talk.curl, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
	curl_easy_setopt(l->talk.curl, CURLOPT_SASL_IR, 1L);
}

static void set_rest(struct smtp_link *l)
{
	CURL *u = l->talk.curl;

	curl_easy_setopt(u, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(u, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(u, CURLOPT_CONNECTTIMEOUT, (long)SMTP_CONNECT_SECONDS);
	curl_easy_setopt(u, CURLOPT_TIMEOUT, (long)SMTP_CONNECT_SECONDS);
	curl_easy_setopt(u, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(u, CURLOPT_PROXY, "");
	curl_easy_setopt(u, CURLOPT_ERRORBUFFER, l->error);
	curl_easy_setopt(u, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(u, CURLOPT_HEADERDATA, l);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETFUNCTION, transfer_open);
	curl_easy_setopt(u, CURLOPT_OPENSOCKETDATA, &l->peer);
}

// ---- what went wrong

static bool fails_to_connect(const struct smtp_link *l, const struct smtp_hop *h, CURLcode code,
			     struct err *e)
{
	struct str host = h->host;

	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return err_set(e, ERR_REMOTE, STR_FMT ": the name cannot be resolved",
			       STR_ARG(host));
	case CURLE_COULDNT_CONNECT:
		if (l->peer.whose == NULL)
			return err_set(e, ERR_REMOTE, STR_FMT ":%u: no connection", STR_ARG(host),
				       (unsigned)h->port);
		return err_set(e, ERR_INPUT,
			       STR_FMT " is at %s (%s): no mail is sent there; the recipient's "
				       "domain must name a server of the Internet",
			       STR_ARG(host), l->peer.where, l->peer.whose);
	case CURLE_OPERATION_TIMEDOUT:
		return err_set(e, ERR_REMOTE,
			       STR_FMT ":%u: it was not ready for mail within %d seconds",
			       STR_ARG(host), (unsigned)h->port, SMTP_CONNECT_SECONDS);
	default:
		if (l->said.code >= 400)
			return err_set(e, ERR_REMOTE, STR_FMT " takes no mail of us: %u %s" STR_FMT,
				       STR_ARG(host), l->said.code,
				       smtp_status_text(&l->said.status).text,
				       STR_ARG(smtp_reply_text(&l->said)));
		return err_set(e, ERR_REMOTE, STR_FMT ":%u: it hung up, or is no mail server (%s)",
			       STR_ARG(host), (unsigned)h->port,
			       l->error[0] != '\0' ? l->error : curl_easy_strerror(code));
	}
}

// Bytes behind the answer to STARTTLS are somebody's in between, or no TLS.
static bool is_tls(const struct smtp_link *l, CURLcode code)
{
	return (code == CURLE_WEIRD_SERVER_REPLY && l->answers > 1 && l->said.code == 220) ||
	       code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CONNECT_ERROR ||
	       code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR ||
	       code == CURLE_SSL_PINNEDPUBKEYNOTMATCH || code == CURLE_SSL_CERTPROBLEM ||
	       code == CURLE_SSL_CACERT_BADFILE;
}

static const char *wants_says(const struct tls_want *w)
{
	static const char *const by[] = {
		[TLS_BY_NOTHING] = "our own settings want it",
		[TLS_BY_RELAY] = "it is our relay",
		[TLS_BY_STS] = "MTA-STS of its domain wants it",
		[TLS_BY_DANE] = "DANE of its zone wants it",
		[TLS_BY_PIN] = "mail.pins wants it",
	};

	return by[w->by];
}

static bool fails_tls(const struct smtp_hop *h, CURLcode code, struct err *e)
{
	struct str host = h->host;

	switch ((int)code) {
	case CURLE_USE_SSL_FAILED:
		return err_set(e, ERR_REMOTE,
			       STR_FMT " offers no TLS, and must (%s): nothing was sent",
			       STR_ARG(host), wants_says(&h->tls));
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
		return err_set(e, ERR_REMOTE,
			       STR_FMT
			       " shows another key than it must (%s): nothing was sent; ask "
			       "its owner by another way whether it changed",
			       STR_ARG(host), wants_says(&h->tls));
	case CURLE_SSL_CACERT_BADFILE:
		return err_set(e, ERR_CONFIG, "the file of authorities " STR_FMT " cannot be read",
			       STR_ARG(h->ca));
	default:
		if (!h->tls.by_name)
			return err_set(e, ERR_REMOTE,
				       STR_FMT ": TLS cannot be made: nothing was sent",
				       STR_ARG(host));
		return err_set(e, ERR_REMOTE,
			       STR_FMT ": its certificate does not hold: not trusted, expired, or "
				       "for another name (%s): nothing was sent",
			       STR_ARG(host), wants_says(&h->tls));
	}
}

static bool fails(const struct smtp_link *l, const struct smtp_hop *h, CURLcode code,
		  enum smtp_stage *stage, struct err *e)
{
	if (is_tls(l, code)) {
		*stage = AT_TLS;
		return fails_tls(h, code, e);
	}
	if (code != CURLE_LOGIN_DENIED)
		return fails_to_connect(l, h, code, e);
	*stage = AT_AUTH;
	return err_set(e, l->said.code / 100 == 4 ? ERR_REMOTE : ERR_CONFIG,
		       STR_FMT
		       " does not take the user and password of credentials/mail: %u %s" STR_FMT,
		       STR_ARG(h->host), l->said.code, smtp_status_text(&l->said.status).text,
		       STR_ARG(smtp_reply_text(&l->said)));
}

// ---- all of it

static bool try_once(struct smtp_link *l, const struct smtp_hop *h, bool plain, CURLcode *code,
		     struct err *e)
{
	struct curl_slist *at = NULL;
	bool ok;

	smtp_link_close(l);
	l->talk.n = 0;
	l->talk.curl = transfer_new();
	l->error[0] = '\0';
	l->said = (struct smtp_reply){ 0 };
	l->tls = l->auth = l->pipelining = l->sized = false;
	l->most = 0;
	l->answers = 0;
	l->peer = (struct transfer_peer){ .lan = h->lan };
	set_rest(l);
	ok = set_place(l, h, &at, e);
	if (ok) {
		set_tls(l, h, plain);
		set_person(l, h);
		*code = curl_easy_perform(l->talk.curl);
	}
	curl_slist_free_all(at);
	return ok;
}

static bool has_tls(const struct smtp_link *l)
{
	struct curl_certinfo *all = NULL;

	return curl_easy_getinfo(l->talk.curl, CURLINFO_CERTINFO, &all) == CURLE_OK &&
	       all != NULL && all->num_of_certs > 0;
}

// Against a libcurl that made less of what was asked for.
static bool is_kept(struct smtp_link *l, const struct smtp_hop *h, enum smtp_stage *stage,
		    struct err *e)
{
	l->tls = has_tls(l);
	*stage = AT_TLS;
	if (h->tls.level == TLS_MUST && !l->tls)
		return fails_tls(h, CURLE_USE_SSL_FAILED, e);
	*stage = AT_AUTH;
	if (h->user.n > 0 && !l->auth)
		return err_set(e, ERR_CONFIG,
			       STR_FMT ":%u asks nobody for a password, and credentials/mail has "
				       "one: is this the port for submission?",
			       STR_ARG(h->host), (unsigned)h->port);
	return true;
}

bool smtp_link_open(struct smtp_link *l, const struct smtp_hop *hop, enum smtp_stage *stage,
		    struct err *e)
{
	CURLcode code = CURLE_OK;
	struct buf to = { .p = l->to, .cap = sizeof l->to - 1 };

	*stage = AT_CONNECT;
	if (hop->user.n > 0 && hop->tls.level != TLS_MUST)
		return err_set(e, ERR_CONFIG,
			       "credentials/mail has a password, which goes over TLS only: " STR_FMT
			       " is asked without",
			       STR_ARG(hop->host));
	name_hop(hop, &to);
	if (to.over)
		return err_set(e, ERR_CONFIG, "what is said of the server is too long");
	l->to[to.n] = '\0';
	if (!try_once(l, hop, false, &code, e))
		return false;
	if (hop->tls.level == TLS_TRY && is_tls(l, code) && !hop->tls.implicit &&
	    !try_once(l, hop, true, &code, e))
		return false;
	l->stands = code == CURLE_OK ? is_kept(l, hop, stage, e) : fails(l, hop, code, stage, e);
	if (!l->stands)
		smtp_link_close(l);
	return l->stands;
}

// ---- what it shows

static bool key_of(struct str pem, struct tls_key *out)
{
	static const struct str head = { "-----BEGIN CERTIFICATE-----", 27 };
	autoarena a = { 0 };
	struct str der, key;
	struct digest d;
	char *room;
	size_t n;

	if (!str_has_prefix(pem, head) || pem.n > ROOM / 2)
		return false;
	str_skip(&pem, head.n);
	pem = str_cut(&pem, '-');
	arena_init(&a, ROOM);
	room = arena_new(&a, char, pem.n + 1);
	if (!base64_read(pem, room, &n))
		return false;
	der = (struct str){ room, n };
	if (!certificate_key(der, &key))
		return false;
	digest_init(&d);
	digest_add(&d, key);
	digest_done(&d, out->sha256);
	return true;
}

void smtp_link_shows(const struct smtp_link *l, struct smtp_shown *out)
{
	static const struct str pem = { "Cert:", 5 };
	struct curl_certinfo *all = NULL;

	*out = (struct smtp_shown){ .tls = l->tls };
	if (!l->tls || curl_easy_getinfo(l->talk.curl, CURLINFO_CERTINFO, &all) != CURLE_OK)
		return;
	for (const struct curl_slist *x = all->certinfo[0]; x != NULL; x = x->next) {
		struct str line = str_of(x->data);

		http_certificate_line(line, &out->since, &out->until);
		if (str_has_prefix(line, pem))
			out->key_known = key_of(str_from(line, pem.n), &out->key);
	}
}
