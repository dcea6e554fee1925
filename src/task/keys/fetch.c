#include "task/keys/fetch.h"

#include "codec/mail/header.h"
#include "codec/mail/wkd.h"
#include "os/digest.h"
#include "os/fetch_role.h"
#include "os/file.h"
#include "os/gpg.h"

#include <unistd.h>

enum { LEAST_RATE = 100, FOUND = 200 };

static bool url_of(struct str address, enum wkd_method method, struct buf *b, struct err *e)
{
	char room[HEADER_MAX_ADDRESS];
	struct str rest = address, local = str_cut(&rest, '@');
	unsigned char hash[WKD_HASH];

	if (!header_address_good(address))
		return err_set(e, ERR_INPUT, STR_FMT " is no mail address",
			       STR_ARG(str_first(address, 80)));
	for (size_t i = 0; i < local.n; i++)
		room[i] = ascii_lower(local.p[i]);
	digest_sha1((struct str){ room, local.n }, hash);
	return wkd_url(b, method, address, hash) || err_set(e, ERR_INPUT, "too long an address");
}

static bool asked(const struct home *h, struct fetch_role *r, struct str url, int body,
		  struct ask_answer *out, struct err *e)
{
	struct ask ask = { .lan = h->example,
			   .url = url,
			   .most = GPG_MOST_BYTES,
			   .wait = KEYS_FETCH_SECONDS,
			   .least = LEAST_RATE };

	ask.ca = home_authorities(h);
	return fetch_role_ask(r, &ask, body, NULL, out, e);
}

// The direct method is for who has no host of that name (3.1).
static bool found(const struct home *h, struct str address, int body, struct err *e)
{
	const struct str ca = home_authorities(h);
	autofetchrole r = NULL;
	struct err first = { 0 };

	if (!fetch_role_open(ca, &r, e))
		return false;
	for (unsigned method = WKD_ADVANCED; method <= WKD_DIRECT; method++) {
		char room[WKD_URL];
		struct buf b = BUF_ON(room);
		struct ask_answer got;

		if (!url_of(address, (enum wkd_method)method, &b, e))
			return false;
		if (!asked(h, r, buf_view(&b), body, &got, e)) {
			if (e->kind != ERR_REMOTE)
				return false;
			if (method == WKD_ADVANCED)
				first = *e;
			continue;
		}
		e->kind = ERR_NONE;
		return got.status == FOUND ||
		       err_set(e, ERR_ABSENT, "its domain publishes no key for it (%u)",
			       got.status);
	}
	*e = first;
	return false;
}

bool keys_fetch(const struct home *h, struct str address, struct arena *a, struct str *out,
		struct err *e)
{
	char path[FILE_AGAIN];
	int body;
	bool ok;

	if (!file_in_memory(&body, e))
		return false;
	file_again(body, path);
	ok = found(h, address, body, e) && file_read(path, GPG_MOST_BYTES, a, out, e);
	close(body);
	return ok;
}
