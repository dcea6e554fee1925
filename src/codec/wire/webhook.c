#include "codec/wire/webhook.h"

#include "codec/text/base64.h"

bool webhook_secret(struct str text, struct webhook_secret *out, struct err *e)
{
	struct str letters =
		str_from(text, text.n < S(WEBHOOK_SECRET).n ? text.n : S(WEBHOOK_SECRET).n);
	size_t n = 0;
	bool good = str_has_prefix(text, S(WEBHOOK_SECRET)) && letters.n <= sizeof out->bytes &&
		    base64_read(letters, out->bytes, &n) && n >= WEBHOOK_LEAST_SECRET &&
		    n <= WEBHOOK_MOST_SECRET;

	out->n = good ? n : 0;
	return good ||
	       err_set(e, ERR_CONFIG,
		       "a webhook's secret is " WEBHOOK_SECRET " and base64 of 24 to 64 bytes");
}

static bool is_id(struct str id)
{
	for (size_t i = 0; i < id.n; i++) {
		char low = ascii_lower(id.p[i]);

		if (!((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '_' ||
		      low == '-'))
			return false;
	}
	return id.n > 0 && id.n <= WEBHOOK_MAX_ID;
}

bool webhook_sign(const struct webhook *w, webhook_hmac hmac, struct buf *room, struct buf *out,
		  struct err *e)
{
	unsigned char mac[32];
	unsigned signatures = 0;

	if (!is_id(w->id) || w->moment < 0)
		return err_set(e, ERR_INPUT, "a webhook's id is of letters, digits, _ and -");
	if (w->body.n > WEBHOOK_MAX_BODY)
		return err_set(e, ERR_LIMIT, "a webhook's body has %zu bytes, at most %d go",
			       w->body.n, WEBHOOK_MAX_BODY);
	room->n = 0;
	buf_fmt(room, STR_FMT ".%lld.", STR_ARG(w->id), (long long)w->moment);
	buf_str(room, w->body);
	for (unsigned i = 0; i < WEBHOOK_SECRETS && !room->over; i++) {
		const struct webhook_secret *s = &w->secret[i];

		if (s->n == 0)
			continue;
		hmac((struct str){ s->bytes, s->n }, buf_view(room), mac);
		buf_str(out, signatures++ > 0 ? S(" v1,") : S("v1,"));
		base64_write(out, (struct str){ (const char *)mac, sizeof mac });
	}
	return (signatures > 0 && !out->over) ||
	       err_set(e, ERR_INPUT, "a webhook without a secret is not sent");
}
