// A request into the spool.
#include "base/buf.h"
#include "base/time.h"
#include "os/file.h"
#include "os/part.h"
#include "task/fetch/fetching.h"

enum { LEAST_RATE = 1000, NAME_BYTES = 120, HEADER_BYTES = 4096 };

struct str fetching_name(struct fetching *f, struct str says)
{
	char *out = arena_new(&f->a, char, NAME_BYTES);
	size_t n = 0;

	for (size_t i = 0; i < says.n && n < NAME_BYTES; i++) {
		char c = says.p[i], low = ascii_lower(c);
		bool good = (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
			    c == '_' || (c == '.' && n > 0);

		if (good)
			out[n++] = c;
	}
	return n > 0 ? (struct str){ out, n } : S("fetched");
}

bool fetching_body(struct fetching *f, struct str members, struct str *out, struct err *e)
{
	struct str more = str_trim(f->how->body);

	if (more.n > 0 && (!str_starts(more, '{') || !str_has_suffix(more, S("}"))))
		return err_set(e, ERR_CONFIG, "[fetch]: body must be a JSON object here");
	if (more.n > 0)
		more = str_trim((struct str){ more.p + 1, more.n - 2 });
	*out = arena_fmt(&f->a, "{" STR_FMT "%s" STR_FMT "}", STR_ARG(members),
			 more.n > 0 ? "," : "", STR_ARG(more));
	return true;
}

const char *fetch_wants(const struct feed_fetch *how, const struct credentials *c)
{
	if (how->auth == FETCH_HEADER && c->token.n == 0)
		return "token = …";
	if (how->auth == FETCH_BASIC && (c->user.n == 0 || c->password.n == 0))
		return "user = … and password = …";
	if (how->auth == FETCH_HMAC && (c->key.n == 0 || c->secret.n == 0))
		return "key = … and secret = …";
	return NULL;
}

bool fetching_secrets(struct fetching *f, struct err *e)
{
	struct credentials *c = &f->secrets;
	const char *missing;

	if (f->how->auth == FETCH_OPEN || c->a.start != NULL)
		return true;
	if (!credentials_read(f->with->home, f->how->credentials, c, e))
		return e->kind == ERR_ABSENT
			       ? err_set(e, ERR_CONFIG,
					 "its credentials are not there: write " STR_FMT
					 "/credentials/" STR_FMT,
					 STR_ARG(f->with->home), STR_ARG(f->how->credentials))
			       : false;
	missing = fetch_wants(f->how, c);
	return missing == NULL || err_set(e, ERR_CONFIG, "the credentials \"" STR_FMT "\" lack %s",
					  STR_ARG(f->how->credentials), missing);
}

static void add_header(struct ask *x, struct str line, bool secret)
{
	if (x->headers < ASK_MAX_HEADERS)
		x->header[x->headers++] = (struct ask_header){ line, secret };
}

// How the feed's credentials are shown. Texts that hold secrets live with those.
static void authorise(struct fetching *f, struct ask *x)
{
	struct credentials *c = &f->secrets;
	unsigned char mac[DIGEST_BYTES];
	char hex[DIGEST_TEXT];

	switch (f->how->auth) {
	case FETCH_OPEN:
		break;
	case FETCH_HEADER:
		add_header(x,
			   arena_fmt(&c->a, STR_FMT ": " STR_FMT, STR_ARG(f->how->header),
				     STR_ARG(c->token)),
			   true);
		break;
	case FETCH_BASIC:
		x->user = c->user;
		x->password = c->password;
		break;
	case FETCH_HMAC:
		digest_hmac(c->secret, x->body, mac);
		digest_hex(mac, hex);
		add_header(x, arena_fmt(&c->a, "HMAC2: %s", hex), true);
	}
}

static struct ask ask_of(struct fetching *f, const struct get *g)
{
	const struct feed_fetch *how = f->how;
	struct ask x = {
		.post = g->post,
		.lan = how->lan,
		.url = g->url,
		.body = g->body,
		.etag = g->etag,
		.modified = g->modified,
		.ca = how->ca,
		.most = how->most,
		.wait = (uint32_t)(how->wait / TIME_SECOND),
		.least = LEAST_RATE,
	};

	LIST_EACH (const struct str, h, &how->headers)
		add_header(&x, *h, false);
	if (g->accept != NULL)
		add_header(&x, str_of(g->accept), false);
	if (g->post && str_starts(str_trim(g->body), '{'))
		add_header(&x, S("Content-Type: application/json"), false);
	authorise(f, &x);
	return x;
}

static void note_certificate(struct fetching *f, const struct ask_answer *x)
{
	if (x->until > 0 && (f->shown.until == 0 || x->until < f->shown.until))
		f->shown = (struct certificate){ x->since, x->until };
}

// The ask's answer into the part; a role that died is started anew the next time.
static bool perform(struct fetching *f, const struct get *g, int body, struct ask_answer *out,
		    struct err *e)
{
	const struct fetch_progress p = { f->with->progress, f->with->context };
	struct ask x;

	if (!fetching_secrets(f, e) ||
	    (f->role == NULL && !fetch_role_open(f->how->ca, &f->role, e)))
		return false;
	x = ask_of(f, g);
	f->retry = 0;
	if (fetch_role_ask(f->role, &x, body, &p, out, e)) {
		f->retry = out->retry;
		note_certificate(f, out);
		return feed_fetch_status(f->how, out->status, out->retry, out->says, e);
	}
	if (e->kind == ERR_SYSTEM) {
		fetch_role_close(f->role);
		f->role = NULL;
	}
	return false;
}

bool fetching_get(struct fetching *f, const struct get *g, struct got *out, struct err *e)
{
	autopart part = { .fd = -1 };
	struct str name = fetching_name(f, g->name);
	struct ask_answer answer;

	if (g->aside)
		name = arena_fmt(&f->a, PART_MARK STR_FMT, STR_ARG(name));
	if (!part_open(f->spool, name, &part, e) || !perform(f, g, part.fd, &answer, e))
		return false;
	*out = (struct got){
		.same = answer.status == 304,
		.name = name,
		.etag = arena_str(&f->a, answer.etag),
		.modified = arena_str(&f->a, answer.modified),
		.path = arena_str(&f->a, str_of(part.path)).p,
	};
	f->report->bytes += answer.bytes;
	return out->same || part_keep(&part, e);
}
