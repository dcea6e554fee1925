#include "task/mail/sts.h"

#include "base/time.h"
#include "codec/mail/record.h"
#include "os/file.h"

enum {
	FETCH_SECONDS = 60,
	LEAST_RATE = 100,
	TXT_BYTES = 1024,
	HEAD_BYTES = 64,
	FOLDER_MODE = 0700
};

#define STS_FOLDER "run/mta-sts"

struct kept {
	struct str id, file; // of the policy; empty: there is none
	int64_t until;
};

static const char *place(struct ways *w, struct str domain, struct arena *a)
{
	return arena_fmt(a, STR_FMT "/" STS_FOLDER "/" STR_FMT, STR_ARG(w->home->path),
			 STR_ARG(domain))
		.p;
}

// "UNTIL ID\n" and the policy as it came. One that is over, or damaged, is none.
static struct kept kept_of(struct ways *w, struct str domain, struct arena *a)
{
	struct kept k = { 0 };
	struct str rest, head, until;
	struct err e = { 0 };
	uint64_t n;

	if (!file_read(place(w, domain, a), STS_MAX_BYTES + HEAD_BYTES, a, &rest, &e))
		return k;
	head = str_cut(&rest, '\n');
	until = str_cut(&head, ' ');
	if (!str_to_uint(until, INT64_MAX, &n) || (int64_t)n < home_moment(w->home))
		return k;
	return (struct kept){ head, rest, (int64_t)n };
}

static void keep(struct ways *w, struct str domain, const struct kept *k, struct arena *a)
{
	const char *folder = home_path(w->home, STS_FOLDER, a);
	struct err e = { 0 };
	struct str text = arena_fmt(a, "%lld " STR_FMT "\n" STR_FMT, (long long)k->until,
				    STR_ARG(k->id), STR_ARG(k->file));

	// Without it the policy holds for this mail, and is asked for at the next.
	(void)(folder_make(folder, FOLDER_MODE, &e) &&
	       file_write(place(w, domain, a), text, FOLDER_MODE & 0600, &e));
}

static bool record_id(struct ways *w, struct str domain, struct arena *a, struct str *id)
{
	struct dns_answer said;
	struct err e = { 0 };
	unsigned found = 0;

	if (!dns_ask(w->dns, arena_fmt(a, "_mta-sts." STR_FMT, STR_ARG(domain)), DNS_TXT, a, &said,
		     &e))
		return false;
	LIST_EACH (const struct str, rdata, &said.data) {
		char *text = arena_new(a, char, TXT_BYTES);
		struct buf b = { .p = text, .cap = TXT_BYTES };

		found += txt_read(*rdata, &b) && sts_record(buf_view(&b), id);
	}
	return found == 1; // of two none holds (3.1)
}

struct body {
	struct arena *a;
	struct buf b;
};

static bool take(void *context, struct str bytes, struct err *e)
{
	struct body *x = context;

	buf_str(&x->b, bytes);
	return !x->b.over || err_set(e, ERR_LIMIT, "a policy is at most %d bytes", STS_MAX_BYTES);
}

static bool fetch(struct ways *w, struct str domain, struct arena *a, struct str *out)
{
	struct body x = { a, { .p = arena_new(a, char, STS_MAX_BYTES), .cap = STS_MAX_BYTES } };
	struct http_sink sink = { .take = take, .context = &x };
	struct ask_answer answer;
	struct err e = { 0 };
	struct ask ask = {
		.stay = true, // 3.3
		.lan = w->home->example,
		.url = arena_fmt(a, "https://mta-sts." STR_FMT "/.well-known/mta-sts.txt",
				 STR_ARG(domain)),
		.most = STS_MAX_BYTES,
		.wait = FETCH_SECONDS,
		.least = LEAST_RATE,
	};

	ask.ca = home_authorities(w->home);
	if (w->http == NULL)
		w->http = http_client_new();
	if (!http_ask(w->http, &ask, &sink, &answer, &e) || answer.status != 200)
		return false;
	*out = buf_view(&x.b);
	return true;
}

void sts_of(struct ways *w, struct str domain, struct arena *a, struct sts_policy *out)
{
	struct kept k = kept_of(w, domain, a);
	struct sts_policy p = { 0 };
	struct str id, file;
	struct err e = { 0 };

	if (record_id(w, domain, a, &id) && !(k.file.n > 0 && str_eq(id, k.id)) &&
	    fetch(w, domain, a, &file) && sts_policy(file, &p, &e)) {
		k = (struct kept){ id, file,
				   home_moment(w->home) + (int64_t)p.max_age * TIME_SECOND };
		keep(w, domain, &k, a);
	}
	*out = (struct sts_policy){ 0 };
	if (k.file.n > 0 && sts_policy(k.file, &p, &e))
		*out = p;
}
