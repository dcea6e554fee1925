#include "base/test.h"
#include "os/digest.h"
#include "os/file.h"
#include "os/folder.h"
#include "task/hook/post.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

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

// ---- against tests/fake/publisher.py, which answers as FOLDER/mood says

struct peer {
	char folder[64];
	int held;
	pid_t pid;
	uint16_t port;
};

static void give(const struct peer *p, const char *name, const char *text)
{
	char path[128];
	struct err e = { 0 };

	snprintf(path, sizeof path, "%s/%s", p->folder, name);
	CHECK(file_write(path, str_of(text), 0600, &e));
}

static void begin(struct peer *p)
{
	int in[2], out[2];
	posix_spawn_file_actions_t acts;
	char port[16] = "", served[96];
	const char *argv[] = { "python3", "tests/fake/publisher.py", p->folder, NULL };
	struct err e = { 0 };
	uint64_t n;

	*p = (struct peer){ .folder = "/tmp/waker-hook-XXXXXX" };
	CHECK(mkdtemp(p->folder) != NULL);
	snprintf(served, sizeof served, "%s/served", p->folder);
	CHECK(folder_make(served, 0700, &e));
	give(p, "served/hook", "thanks");
	CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
	posix_spawn_file_actions_init(&acts);
	posix_spawn_file_actions_adddup2(&acts, in[0], 0);
	posix_spawn_file_actions_adddup2(&acts, out[1], 1);
	CHECK(posix_spawnp(&p->pid, argv[0], &acts, NULL, (char *const *)(uintptr_t)argv,
			   environ) == 0);
	posix_spawn_file_actions_destroy(&acts);
	close(in[0]);
	close(out[1]);
	p->held = in[1];
	for (size_t at = 0; strchr(port, '\n') == NULL; at++)
		CHECK(at < sizeof port - 1 && read(out[0], port + at, 1) == 1);
	close(out[0]);
	CHECK(str_to_uint(str_trim(str_of(port)), UINT16_MAX, &n));
	p->port = (uint16_t)n;
}

static void end(struct peer *p)
{
	struct err e = { 0 };
	int status;

	close(p->held);
	CHECK(waitpid(p->pid, &status, 0) == p->pid);
	CHECK(folder_remove(p->folder, &e));
}

static const struct {
	const char *mood;
	unsigned status;
	uint32_t again;
	enum err_kind kind;
	const char *says;
} answers[] = {
	{ "", 200, 0, ERR_NONE, "" },
	{ "status 202", 202, 0, ERR_NONE, "" },
	{ "status 400", 400, 0, ERR_INPUT, "does not take it: 400 {\"error\": \"so it says\"}" },
	{ "status 410", 410, 0, ERR_INPUT, "nor any more: 410" },
	{ "429 120", 429, 120, ERR_REMOTE, "takes nothing now: 429 slow down" },
	{ "status 503", 503, 0, ERR_REMOTE, "takes nothing now: 503" },
	{ "loop", 302, 0, ERR_INPUT, "does not take it: 302" },
};

TEST("hook: what an answer means for the next try, and a redirect is not followed")
{
	struct http_client *c = http_client_new();
	char url[64];
	struct hook h = { .example = true, .secret = { { .n = 24 } } };
	const struct hook_message m = { S("msg_1"), 1614265330, S("{\"a\": 1}") };
	struct peer p;

	begin(&p);
	snprintf(url, sizeof url, "http://127.0.0.1:%u/hook", (unsigned)p.port);
	h.url = str_of(url);
	for (size_t i = 0; i < COUNTOF(answers); i++) {
		struct hook_answer out;
		struct err e = { 0 };
		bool taken;

		give(&p, "mood", answers[i].mood);
		taken = hook_post(c, &h, &m, &out, &e);
		if (out.status != answers[i].status || e.kind != answers[i].kind)
			printf("# %s: %u %d %s\n", answers[i].mood, out.status, (int)e.kind,
			       e.text);
		CHECK(taken == (answers[i].kind == ERR_NONE) && e.kind == answers[i].kind);
		CHECK(out.status == answers[i].status && out.again == answers[i].again);
		CHECK(str_contains(str_of(e.text), str_of(answers[i].says)));
	}
	end(&p);
	http_client_free(c);
}
