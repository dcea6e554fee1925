#include "task/hook/post.h"

#include "base/arena.h"
#include "os/digest.h"

enum { ARENA_BYTES = 4 << 20, ANSWER_BYTES = 64 << 10, LEAST_RATE = 10 };

// What a hook answers with its 200 is for nobody.
static bool drop(void *context, struct str bytes, struct err *e)
{
	(void)context;
	(void)bytes;
	(void)e;
	return true;
}

static bool is_url(const struct hook *h, struct err *e)
{
	if (str_has_prefix(h->url, S("https://")) ||
	    (h->example && str_has_prefix(h->url, S("http://"))))
		return true;
	return err_set(e, ERR_CONFIG, "a webhook is at a URL of https");
}

static void add(struct ask *x, struct str line)
{
	x->header[x->headers++] = (struct ask_header){ line, true };
}

static bool ask_of(const struct hook *h, const struct webhook *w, struct arena *a, struct ask *x,
		   struct err *e)
{
	struct buf room = { .p = arena_new(a, char, WEBHOOK_ROOM), .cap = WEBHOOK_ROOM };
	struct buf sign = { .p = arena_new(a, char, WEBHOOK_SIGNATURES),
			    .cap = WEBHOOK_SIGNATURES };

	if (!webhook_sign(w, digest_hmac, &room, &sign, e))
		return false;
	*x = (struct ask){ .post = true,
			   .stay = true,
			   .lan = h->example,
			   .url = h->url,
			   .body = w->body,
			   .most = ANSWER_BYTES,
			   .wait = HOOK_SECONDS,
			   .least = LEAST_RATE };
	add(x, S("Content-Type: application/json"));
	add(x, arena_fmt(a, "webhook-id: " STR_FMT, STR_ARG(w->id)));
	add(x, arena_fmt(a, "webhook-timestamp: %lld", (long long)w->moment));
	add(x, arena_fmt(a, "webhook-signature: " STR_FMT, STR_ARG(buf_view(&sign))));
	return true;
}

static void note(const struct ask_answer *got, struct hook_answer *out)
{
	out->status = got->status;
	out->again = got->retry;
	for (size_t i = 0; i < got->says.n && out->n < sizeof out->says; i++) {
		char c = got->says.p[i];

		out->says[out->n++] = c >= ' ' && c <= '~' ? c : ' ';
	}
}

static bool judge(const struct hook_answer *x, struct err *e)
{
	struct str says = { x->says, x->n };

	if (x->status / 100 == 2)
		return true;
	if (x->status == 429 || x->status >= 500)
		return err_set(e, ERR_REMOTE, "the webhook takes nothing now: %u " STR_FMT,
			       x->status, STR_ARG(str_first(says, 120)));
	return err_set(e, ERR_INPUT, "the webhook does not take it%s: %u " STR_FMT,
		       x->status == 410 ? ", nor any more" : "", x->status,
		       STR_ARG(str_first(says, 120)));
}

// Its own text speaks of feed files.
static bool unasked(struct err *e)
{
	bool inside = e->kind == ERR_CONFIG && str_contains(str_of(e->text), S("refused, unless"));

	return inside ? err_set(e, ERR_CONFIG,
				"the webhook's host lies in a private network, or nobody's: "
				"nothing "
				"is sent there")
		      : false;
}

bool hook_post(struct http_client *c, const struct hook *h, const struct hook_message *m,
	       struct hook_answer *out, struct err *e)
{
	const struct webhook w = { m->id, m->moment, m->body, h->secret };
	const struct http_sink sink = { .take = drop };
	struct ask_answer got;
	struct ask x;
	autoarena a = { 0 };

	*out = (struct hook_answer){ 0 };
	arena_init(&a, ARENA_BYTES);
	if (!is_url(h, e) || !ask_of(h, &w, &a, &x, e))
		return false;
	if (!http_ask(c, &x, &sink, &got, e))
		return unasked(e);
	note(&got, out);
	return judge(out, e);
}
