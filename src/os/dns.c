#include "os/dns.h"

#include "base/buf.h"
#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unbound.h>

#define ROOT_KEY "/usr/share/dns/root.key"

enum { CLASS_IN = 1, TEXT_BYTES = 300, NXDOMAIN = 3 };

struct dns {
	struct ub_ctx *at;
	struct ub_result *got; // of the question under way
	bool came;
	int failed;
};

void dns_close(struct dns *d)
{
	if (d == NULL)
		return;
	if (d->at != NULL)
		ub_ctx_delete(d->at);
	free(d);
}

static bool resolvers(struct dns *d, struct str list, struct err *e)
{
	if (str_eq(list, S("self")))
		return true;
	if (str_eq(list, S("system")))
		return ub_ctx_resolvconf(d->at, NULL) == 0 ||
		       err_set(e, ERR_CONFIG, "/etc/resolv.conf names no resolver");
	while (list.n > 0) {
		struct str one = str_cut(&list, ',');
		char text[TEXT_BYTES];

		snprintf(text, sizeof text, STR_FMT, STR_ARG(one));
		if (ub_ctx_set_fwd(d->at, text) != 0)
			return err_set(e, ERR_CONFIG, "resolver: \"%s\" is no address", text);
	}
	return true;
}

static bool set_up(struct dns *d, const struct dns_how *how, struct err *e)
{
	if (!resolvers(d, how->resolver, e))
		return false;
	// Who is named may be this machine, and without this none of it is ever asked.
	if (ub_ctx_set_option(d->at, "do-not-query-localhost:", "no") != 0 ||
	    ub_ctx_async(d->at, 1) != 0)
		return err_set(e, ERR_SYSTEM, "the resolver's library cannot be set up");
	if (!file_exists(ROOT_KEY) || ub_ctx_add_ta_file(d->at, ROOT_KEY) != 0)
		return err_set(e, ERR_CONFIG,
			       "the key of the root zone is not at " ROOT_KEY
			       ": install the package dns-root-data");
	if (how->anchors != NULL && ub_ctx_add_ta_file(d->at, how->anchors) != 0)
		return err_set(e, ERR_CONFIG, "%s: it has no keys of zones", how->anchors);
	return true;
}

bool dns_open(const struct dns_how *how, struct dns **out, struct err *e)
{
	struct dns *d = calloc(1, sizeof *d);

	if (d == NULL || (d->at = ub_ctx_create()) == NULL)
		abort();
	if (!set_up(d, how, e)) {
		dns_close(d);
		return false;
	}
	*out = d;
	return true;
}

static void take(void *context, int failed, struct ub_result *got)
{
	struct dns *d = context;

	d->came = true;
	d->failed = failed;
	d->got = got;
}

static bool wait(struct dns *d, struct err *e)
{
	int64_t end = clock_since() + DNS_SECONDS * TIME_SECOND;

	while (!d->came) {
		int64_t left = end - clock_since();
		struct pollfd p = { .fd = ub_fd(d->at), .events = POLLIN };

		if (left <= 0)
			return err_set(e, ERR_REMOTE, "no answer of the DNS within %d seconds",
				       DNS_SECONDS);
		(void)poll(&p, 1, (int)(left / (TIME_SECOND / 1000)) + 1);
		if (ub_process(d->at) != 0)
			return err_set(e, ERR_SYSTEM, "the resolver's library has died");
	}
	return true;
}

static bool judge(const struct dns *d, struct err *e)
{
	const struct ub_result *r = d->got;

	if (d->failed != 0 || r == NULL)
		return err_set(e, ERR_REMOTE, "the DNS cannot be asked: %s",
			       ub_strerror(d->failed));
	if (r->bogus)
		return err_set(e, ERR_REMOTE, "the signatures of DNSSEC do not hold: %.120s",
			       r->why_bogus != NULL ? r->why_bogus : "");
	return r->rcode == 0 || r->rcode == NXDOMAIN ||
	       err_set(e, ERR_REMOTE, "the DNS has no answer (rcode %d)", r->rcode);
}

bool dns_ask(struct dns *d, struct str name, enum dns_type type, struct arena *a,
	     struct dns_answer *out, struct err *e)
{
	char text[TEXT_BYTES];
	int id = 0;
	bool ok;

	snprintf(text, sizeof text, STR_FMT, STR_ARG(name));
	d->came = false;
	d->got = NULL;
	if (ub_resolve_async(d->at, text, (int)type, CLASS_IN, d, take, &id) != 0)
		return err_set(e, ERR_SYSTEM, "%s: it cannot be asked for", text);
	ok = wait(d, e);
	if (!ok)
		ub_cancel(d->at, id);
	ok = ok && judge(d, e);
	if (ok) {
		*out = (struct dns_answer){ .name = !d->got->nxdomain, .secure = d->got->secure };
		for (size_t i = 0;
		     d->got->data != NULL && d->got->data[i] != NULL && i < DNS_MAX_RECORDS; i++)
			*list_add(&out->data, a) = arena_str(
				a, (struct str){ d->got->data[i], (size_t)d->got->len[i] });
	}
	ub_resolve_free(d->got);
	return ok || err_in(e, "%s", text);
}
