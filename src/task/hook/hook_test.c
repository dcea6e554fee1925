#include "base/test.h"
#include "task/hook/hook.h"

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
		{ CHANNEL_CEF, "zeehaven", false, true },
		{ CHANNEL_CEF, "a/b", false, false },
		{ CHANNEL_SYSLOG, "siem.m1.example:6514", false, true },
		{ CHANNEL_SYSLOG, "[2001:db8::1]:6514", false, true },
		{ CHANNEL_SYSLOG,
		  "192.0.2.1:6514#sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", false,
		  true },
		{ CHANNEL_SYSLOG, "siem.m1.example:6514#sha256//x", false, false },
		{ CHANNEL_SYSLOG, "siem.m1.example:6514#", false, false },
		{ CHANNEL_SYSLOG, "siem.m1.example", false, false },
		{ CHANNEL_SYSLOG, "siem.m1.example:0", false, false },
		{ CHANNEL_SYSLOG, "siem.m1.example:65536", false, false },
		{ CHANNEL_SYSLOG, "u@siem.m1.example:6514", false, false },
		{ CHANNEL_SYSLOG, "2001:db8::1:6514", false, false },
		{ CHANNEL_SYSLOG, "[siem]:6514", false, false },
		{ CHANNEL_SYSLOG, ":6514", false, false },
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

TEST("hook: a new secret is one that a webhook can be signed with, and no two are the same")
{
	autoarena a = { 0 };
	struct webhook_secret one;
	struct err e = { 0 };
	struct str first;

	arena_init(&a, 1 << 20);
	first = hook_secret(&a);
	CHECK(webhook_secret(first, &one, &e) && one.n == HOOK_SECRET_BYTES);
	CHECK(!str_eq(first, hook_secret(&a)));
}
