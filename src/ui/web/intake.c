#include "base/time.h"
#include "model/feed/name.h"
#include "os/digest.h"
#include "os/file.h"
#include "os/random.h"
#include "task/credentials.h"
#include "ui/web/views.h"

enum { FOLDER_MODE = 0700, FILE_MODE = 0600 };

// By digests, so that the time it takes says nothing of how much was right.
static bool same(struct str a, struct str b)
{
	unsigned char one[DIGEST_BYTES], other[DIGEST_BYTES], differs = 0;

	digest_hmac(S("waker callback"), a, one);
	digest_hmac(S("waker callback"), b, other);
	for (unsigned i = 0; i < DIGEST_BYTES; i++)
		differs |= one[i] ^ other[i];
	return differs == 0;
}

static struct str said_secret(const struct http_ask *ask)
{
	struct str s = http_ask_head(ask, "Authorization");

	if (s.n > 7 && str_eq_nocase(str_first(s, 7), S("bearer ")))
		return str_trim(str_from(s, 7));
	return http_ask_head(ask, "X-Api-Key");
}

// A feed without a secret takes nothing, and is not told from one whose secret is another.
static bool may_put(struct web_call *c, struct err *e)
{
	autocredentials of = { 0 };
	struct str said = said_secret(c->ask);
	struct err why = { 0 };
	bool known = feed_name_is(c->part) &&
		     credentials_read(c->web->home->path,
				      arena_fmt(&c->web->a, "callback-" STR_FMT, STR_ARG(c->part)),
				      &of, &why);

	if (known && of.token.n > 0 && same(said, of.token))
		return true;
	if (why.kind == ERR_CONFIG || why.kind == ERR_SYSTEM) // an operator should know
		log_err(c->web->log, LOG_WARNING, "a callback has no secret", &why);
	return err_set(e, ERR_DENIED, "no such feed, or not its secret");
}

// It stands in the inbox whole or not at all: what begins with a dot is nobody's yet.
static bool put(struct web_call *c, struct err *e)
{
	struct arena *a = &c->web->a;
	struct str folder =
		arena_fmt(a, "%s/" STR_FMT, home_path(c->web->home, "inbox", a), STR_ARG(c->part));
	struct str name, hidden;
	char at[TIME_TEXT], hex[12];
	unsigned char some[sizeof hex / 2];
	struct buf b = BUF_ON(hex);

	random_fill(some, sizeof some);
	buf_hex(&b, some, sizeof some);
	time_write(c->now / TIME_SECOND * TIME_SECOND, at);
	name = arena_fmt(a, "callback-%.10s-%.2s%.2s%.2s-" STR_FMT ".json", at, at + 11, at + 14,
			 at + 17, STR_ARG(buf_view(&b)));
	hidden = arena_fmt(a, STR_FMT "/." STR_FMT, STR_ARG(folder), STR_ARG(name));
	return folder_make(folder.p, FOLDER_MODE, e) &&
	       file_write(hidden.p, c->ask->body, FILE_MODE, e) &&
	       file_rename(hidden.p,
			   arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name)).p, e);
}

bool web_intake(struct web_call *c, struct err *e)
{
	if (!may_put(c, e))
		return false;
	if (str_trim(c->ask->body).n == 0)
		return err_set(e, ERR_INPUT, "nothing was sent");
	if (!put(c, e))
		return false;
	c->web->changed = true;
	c->out->status = HTTP_ACCEPTED;
	c->out->type = "text/plain; charset=utf-8";
	c->out->body = S("taken\n");
	return true;
}
