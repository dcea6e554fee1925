#include "base/test.h"
#include "os/digest.h"
#include "task/hook/post.h"

TEST("hook: the signature of the specification's own example")
{
	static char room[WEBHOOK_ROOM];
	struct webhook_secret secret[WEBHOOK_SECRETS] = { 0 };
	struct webhook w = { S("msg_p5jXN8AQM9LWM0D4loKWxJek"), 1614265330,
			     S("{\"test\": 2432232314}"), secret };
	char text[WEBHOOK_SIGNATURES];
	struct buf b = BUF_ON(room), out = BUF_ON(text);
	struct err e = { 0 };

	CHECK(webhook_secret(S("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), &secret[0], &e));
	CHECK(webhook_secret(S("whsec_YW5vdGhlciBzZWNyZXQgb2YgMzIgYnl0ZXMgaGVyZSE="), &secret[1],
			     &e));
	CHECK(webhook_sign(&w, digest_hmac, &b, &out, &e));
	CHECK(str_eq(buf_view(&out), S("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= "
				       "v1,ekLzcsgGR/WMUjqS8N+Qf/G3JtQIAwL7RL+RN8nGYEE=")));
}

TEST("hook: nothing goes to a private address, nor in clear")
{
	struct http_client *c = http_client_new();
	struct hook h = { .url = S("https://127.0.0.1:1/hook"), .secret = { { .n = 24 } } };
	const struct hook_message m = { S("a"), 1, S("{}") };
	struct hook_answer out;
	struct err e = { 0 };

	CHECK(!hook_post(c, &h, &m, &out, &e) && e.kind == ERR_CONFIG);
	CHECK(str_contains(str_of(e.text), S("private network")) && out.status == 0);
	h.url = S("http://hook.member.example/");
	CHECK(!hook_post(c, &h, &m, &out, &e) && e.kind == ERR_CONFIG);
	CHECK(str_contains(str_of(e.text), S("https")));
	h = (struct hook){ .url = S("http://127.0.0.1:1/"),
			   .example = true,
			   .secret = { { .n = 24 } } };
	CHECK(!hook_post(c, &h, &m, &out, &e) && e.kind == ERR_REMOTE);
	http_client_free(c);
}
