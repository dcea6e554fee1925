#include "base/test.h"
#include "task/tell/hook.h"

enum { ROOM = 1 << 20 };

TEST("hook: a webhook is signed as Standard Webhooks says, by both secrets while one is changed")
{
	// The example of the specification: https://github.com/standard-webhooks/standard-webhooks
	const struct hook_message m = { S("msg_p5jXN8AQM9LWM0D4loKWxJek"), 1614265330,
					S("{\"test\": 2432232314}") };
	const struct str one[HOOK_SECRETS] = { S("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") };
	const struct str two[HOOK_SECRETS] = { S("whsec_c2VjcmV0"),
					       S("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") };
	const struct str none[HOOK_SECRETS] = { { 0 } }, bad[HOOK_SECRETS] = { S("secret") };
	autoarena a = { 0 };
	struct err e = { 0 };
	struct str out;

	arena_init(&a, ROOM);
	CHECK(hook_sign(&m, one, &a, &out, &e) &&
	      str_eq(out, S("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));
	CHECK(hook_sign(&m, two, &a, &out, &e) &&
	      str_has_suffix(out, S(" v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));
	CHECK(!hook_sign(&m, none, &a, &out, &e) && e.kind == ERR_CONFIG);
	CHECK(!hook_sign(&m, bad, &a, &out, &e) && e.kind == ERR_CONFIG);
}

TEST("hook: what is no address of a machine is refused")
{
	static const struct {
		enum channel channel;
		const char *address;
		bool example, good;
	} rows[] = {
		{ CHANNEL_WEBHOOK, "https://soc.m1.example/waker", false, true },
		{ CHANNEL_WEBHOOK, "http://soc.m1.example/waker", false, false },
		{ CHANNEL_WEBHOOK, "http://127.0.0.1:80/", true, true },
		{ CHANNEL_WEBHOOK, "https://u:p@soc.m1.example/", false, false },
		{ CHANNEL_WEBHOOK, "https://", false, false },
		{ CHANNEL_WEBHOOK, "https://a b/", false, false },
		{ CHANNEL_WEBHOOK, "file:///etc/passwd", false, false },
		{ CHANNEL_FILE, "zeehaven", false, true },
		{ CHANNEL_FILE, "../x", false, false },
		{ CHANNEL_FILE, "", false, false },
		{ CHANNEL_MAIL, "soc@m1.example", false, false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct home h = { .example = rows[i].example };
		struct err e = { 0 };

		printf("# row %zu\n", i);
		CHECK(hook_address(&h, rows[i].channel, str_of(rows[i].address), &e) ==
		      rows[i].good);
	}
}
