#include "base/test.h"
#include "codec/wire/webhook.h"

#define SECRET S("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
#define OTHER  S("whsec_YW5vdGhlciBzZWNyZXQgb2YgMzIgYnl0ZXMgaGVyZSE=")

static char room[WEBHOOK_ROOM];
static char heard[256]; // what was last signed

static void hear(struct str secret, struct str bytes, unsigned char out[32])
{
	snprintf(heard, sizeof heard, STR_FMT, STR_ARG(bytes));
	memset(out, (int)secret.n, 32);
}

TEST("webhook: id, moment and body are signed, with each secret that holds")
{
	struct webhook_secret secret[WEBHOOK_SECRETS] = { 0 };
	struct webhook w = { S("msg_1"), 1614265330, S("{\"a\": 1}"), secret };
	char text[WEBHOOK_SIGNATURES];
	struct buf b = BUF_ON(room), out = BUF_ON(text);
	struct err e = { 0 };

	CHECK(!webhook_sign(&w, hear, &b, &out, &e) && e.kind == ERR_INPUT);
	CHECK(webhook_secret(SECRET, &secret[0], &e) && secret[0].n == 24);
	CHECK(webhook_sign(&w, hear, &b, &out, &e) && out.n == WEBHOOK_SIGNATURE);
	CHECK(str_eq(str_of(heard), S("msg_1.1614265330.{\"a\": 1}")));
	CHECK(webhook_secret(OTHER, &secret[1], &e) && secret[1].n == 32);
	out.n = 0;
	CHECK(webhook_sign(&w, hear, &b, &out, &e) && out.n == 2 * WEBHOOK_SIGNATURE + 1);
	CHECK(str_has_prefix(buf_view(&out), S("v1,GBgYGBgY")));
	CHECK(str_contains(buf_view(&out), S(" v1,ICAgIC")));
	secret[0].n = 0; // the old one has ended
	out.n = 0;
	CHECK(webhook_sign(&w, hear, &b, &out, &e) && str_has_prefix(buf_view(&out), S("v1,ICAg")));
}

TEST("webhook: a secret is whsec_ and base64 of enough bytes, and is in no sentence")
{
	static const char *const wrong[] = {
		"",
		"whsec_",
		"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZI",
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!w",
		"whsec_"
		"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrT"
		"wjUPD8ILPZI",
	};

	for (size_t i = 0; i < COUNTOF(wrong); i++) {
		struct webhook_secret s = { .n = 1 };
		struct err e = { 0 };

		CHECK(!webhook_secret(str_of(wrong[i]), &s, &e) && s.n == 0);
		CHECK(!str_contains(str_of(e.text), S("MfKQ")));
	}
}

TEST("webhook: an id that could end in the moment, and a body without bound, are refused")
{
	static const struct str ids[] = { { "", 0 }, { "a.b", 3 }, { "a b", 3 }, { "a\r\nb", 4 } };
	struct webhook_secret secret[WEBHOOK_SECRETS] = { { .n = 24 } };
	char text[WEBHOOK_SIGNATURES];
	struct buf b = BUF_ON(room), out = BUF_ON(text);
	struct err e = { 0 };
	struct webhook w = { .moment = 1, .secret = secret };

	for (size_t i = 0; i < COUNTOF(ids); i++) {
		w.id = ids[i];
		CHECK(!webhook_sign(&w, hear, &b, &out, &e) && e.kind == ERR_INPUT);
	}
	w = (struct webhook){ S("a"), 1, { room, WEBHOOK_MAX_BODY + 1 }, secret };
	CHECK(!webhook_sign(&w, hear, &b, &out, &e) && e.kind == ERR_LIMIT);
}
