#include "task/mail/route.h"

#include "codec/mail/record.h"
#include "codec/mail/relay.h"
#include "model/mail/pin.h"
#include "os/file.h"
#include "os/machine.h"
#include "task/mail/sts.h"

#include <stdlib.h>

enum { ROOM = 8 << 20, MOST_ADDRESSES = 6 };

// ---- what all ways share

static bool pins_of(struct ways *w, struct err *e)
{
	struct tls_want none;

	if (!file_read(home_path(w->home, HOME_PINS, &w->a), PINS_MAX_BYTES, &w->a, &w->pins, e)) {
		if (e->kind != ERR_ABSENT)
			return false;
		*e = (struct err){ 0 };
		w->pins = S("");
	}
	return pins_find(w->pins, S(""), S(""), &none, e);
}

static bool who_of(struct ways *w, struct err *e)
{
	if (credentials_read(w->home->path, S("mail"), &w->who, e))
		return (w->who.user.n > 0 && w->who.password.n > 0) ||
		       err_set(e, ERR_CONFIG, "credentials/mail lacks user = … or password = …");
	if (e->kind != ERR_ABSENT)
		return false;
	*e = (struct err){ 0 };
	return true;
}

static struct str helo_of(struct ways *w)
{
	char called[MACHINE_CALLED];

	if (!str_eq(w->home->mail.helo, S("machine")))
		return w->home->mail.helo;
	machine_called(called);
	return arena_str(&w->a, str_of(called));
}

// Of an example home: where tests have their servers.
static uint16_t port_of(const struct home *h)
{
	const char *said = getenv("WAKER_MAIL_PORT");
	uint64_t n;

	return h->example && said != NULL && str_to_uint(str_of(said), UINT16_MAX, &n) && n > 0
		       ? (uint16_t)n
		       : ROUTE_PORT;
}

bool ways_open(const struct home *h, struct ways *out, struct err *e)
{
	struct ways w = { .home = h, .port = port_of(h) };
	struct relay relay;
	bool by_relay = str_eq(h->mail.send, S("relay"));

	if (str_eq(h->mail.send, S("off")))
		return err_set(e, ERR_CONFIG,
			       "no mail is sent: [mail] says send = off; set direct or relay");
	if (by_relay && !relay_read(h->mail.relay, &relay))
		return err_set(e, ERR_CONFIG,
			       "[mail] says send = relay, and not which: set relay = "
			       "smtp://HOST:PORT");
	arena_init(&w.a, ROOM);
	w.helo = helo_of(&w);
	if (!pins_of(&w, e) || (by_relay && !who_of(&w, e))) {
		ways_close(&w);
		return false;
	}
	*out = w;
	return true;
}

void ways_close(struct ways *w)
{
	credentials_done(&w->who);
	dns_close(w->dns);
	http_client_free(w->http);
	if (w->a.start != NULL)
		arena_done(&w->a);
	*w = (struct ways){ 0 };
}

static bool resolver(struct ways *w, struct err *e)
{
	struct dns_how how = { .resolver = w->home->mail.resolver };
	const char *anchors;

	if (w->dns != NULL)
		return true;
	anchors = home_path(w->home, HOME_ANCHORS, &w->a);
	how.anchors = file_exists(anchors) ? anchors : NULL;
	return dns_open(&how, &w->dns, e);
}

static void leave_out(struct route *r, struct arena *a, struct str host, const char *why)
{
	r->note = arena_fmt(a, STR_FMT "%s" STR_FMT " %s", STR_ARG(r->note),
			    r->note.n > 0 ? "; " : "", STR_ARG(host), why);
}

// ---- our relay

// Between it and us: at the least as well as it sends on, but on this machine it may be plain.
static bool to_relay(struct ways *w, struct route *r, struct err *e)
{
	const struct home_mail *m = &w->home->mail;
	struct smtp_hop *hop = &r->hop[0];
	struct relay relay;
	struct tls_want pin;

	if (!relay_read(m->relay, &relay) || !pins_find(w->pins, relay.host, S(""), &pin, e))
		return false;
	*hop = (struct smtp_hop){ .host = relay.host,
				  .port = relay.port,
				  .lan = true,
				  .helo = w->helo,
				  .user = w->who.user,
				  .password = w->who.password };
	if (!str_eq(m->authorities, S("system")))
		hop->ca = m->authorities;
	if (pin.keys > 0)
		hop->tls = pin;
	else if (relay.loopback && !relay.implicit && hop->user.n == 0)
		hop->tls = (struct tls_want){ .level = TLS_TRY };
	else
		hop->tls =
			(struct tls_want){ .level = TLS_MUST, .by_name = true, .by = TLS_BY_RELAY };
	hop->tls.implicit = relay.implicit;
	r->relay = true;
	r->hops = 1;
	r->by = m->relay_enforces ? TLS_BY_RELAY : TLS_BY_NOTHING;
	return true;
}

// ---- the servers of a domain

struct servers {
	LIST(struct mx) at;
};

static bool by_preference(const void *a, const void *b)
{
	return ((const struct mx *)a)->preference < ((const struct mx *)b)->preference;
}

// In the order in which they are tried; without an MX the domain itself is one.
static bool servers_of(struct ways *w, struct str domain, struct arena *a, struct servers *out,
		       bool *is_signed, struct err *e)
{
	struct dns_answer said;
	struct mx mx;

	if (!dns_ask(w->dns, domain, DNS_MX, a, &said, e))
		return false;
	*is_signed = said.secure;
	if (!said.name)
		return err_set(e, ERR_INPUT, STR_FMT ": there is no such domain", STR_ARG(domain));
	LIST_EACH (const struct str, rdata, &said.data) {
		size_t at = out->at.count;

		if (!mx_read(*rdata, &mx))
			continue;
		if (mx.host.n == 0)
			return err_set(e, ERR_INPUT,
				       STR_FMT " says that it takes no mail (RFC 7505)",
				       STR_ARG(domain));
		list_add(&out->at, a);
		for (; at > 0 && by_preference(&mx, &out->at.at[at - 1]); at--)
			out->at.at[at] = out->at.at[at - 1];
		out->at.at[at] = mx;
	}
	if (said.data.count == 0) {
		mx = (struct mx){ 0 };
		if (!name_read(domain, NULL, &mx.host))
			return err_set(e, ERR_INPUT, "\"" STR_FMT "\" is no domain",
				       STR_ARG(domain));
		*list_add(&out->at, a) = mx;
	}
	return out->at.count > 0 ||
	       err_set(e, ERR_INPUT, STR_FMT " has MX records, none of which names a server",
		       STR_ARG(domain));
}

static bool addresses_of(struct ways *w, struct str host, struct arena *a, struct smtp_hop *hop,
			 bool *is_signed, struct err *e)
{
	static const enum dns_type types[] = { DNS_A, DNS_AAAA };
	struct buf b = { .p = arena_new(a, char, SMTP_ADDRESSES), .cap = SMTP_ADDRESSES };
	struct dns_answer said;
	struct address address;
	size_t n = 0;

	for (size_t t = 0; t < COUNTOF(types); t++) {
		if (!dns_ask(w->dns, host, types[t], a, &said, e))
			return false;
		*is_signed = *is_signed && said.secure;
		for (size_t i = 0; i < said.data.count && n < MOST_ADDRESSES; i++)
			if (record_address(said.data.at[i], &address)) {
				if (n++ > 0)
					buf_char(&b, ',');
				address_write(&b, address);
			}
	}
	hop->addresses = buf_view(&b);
	return true;
}

static bool dane_of(struct ways *w, const struct smtp_hop *hop, struct arena *a,
		    struct tls_want *out, struct err *e)
{
	struct tlsa records[DNS_MAX_RECORDS];
	struct dns_answer said;
	size_t n = 0;

	if (!dns_ask(w->dns,
		     arena_fmt(a, "_%u._tcp." STR_FMT, (unsigned)hop->port, STR_ARG(hop->host)),
		     DNS_TLSA, a, &said, e))
		return false;
	for (size_t i = 0; said.secure && i < said.data.count; i++)
		n += tlsa_read(said.data.at[i], &records[n]);
	*out = (struct tls_want){ .level = TLS_TRY };
	if (n > 0)
		*out = tls_by_dane(records, n);
	return true;
}

struct asked { // of a domain
	struct ways *w;
	struct str domain;
	struct sts_policy sts;
	struct arena *a;
};

// How the connection to this server must be kept. False: it is left out, and *e says why.
static bool keep_of(const struct asked *d, bool is_signed, struct smtp_hop *hop, struct err *e)
{
	struct tls_want pin, sure = { .level = TLS_TRY };

	if (!pins_find(d->w->pins, hop->host, d->domain, &pin, e) ||
	    (is_signed && !dane_of(d->w, hop, d->a, &sure, e)))
		return false;
	hop->tls = sure;
	if (d->sts.mode == STS_ENFORCE && sure.by != TLS_BY_DANE) {
		if (!sts_names(&d->sts, hop->host) && pin.keys == 0)
			return err_set(e, ERR_REMOTE,
				       "is not named by the domain's MTA-STS policy");
		hop->tls =
			(struct tls_want){ .level = TLS_MUST, .by_name = true, .by = TLS_BY_STS };
	}
	if (pin.keys > 0)
		hop->tls = pin;
	return true;
}

static bool to_server(const struct asked *d, const struct mx *mx, struct route *r)
{
	const struct home *home = d->w->home;
	struct str host = arena_str(d->a, name_str(&mx->host));
	struct smtp_hop hop = {
		.host = host, .port = d->w->port, .lan = home->example, .helo = d->w->helo
	};
	bool is_signed = r->signed_names;
	struct err e = { 0 };

	if (!addresses_of(d->w, host, d->a, &hop, &is_signed, &e)) {
		leave_out(r, d->a, S(""), e.text); // which begins with the name
		return false;
	}
	if (hop.addresses.n == 0) {
		leave_out(r, d->a, host, "has no address");
		return false;
	}
	hop.ca = home_authorities(home);
	if (!keep_of(d, is_signed, &hop, &e)) {
		leave_out(r, d->a, host, e.text);
		return false;
	}
	r->hop[r->hops++] = hop;
	return true;
}

static bool to_domain(struct ways *w, struct str domain, struct arena *a, struct route *r,
		      struct err *e)
{
	struct asked d = { .w = w, .domain = domain, .a = a };
	struct servers all = { 0 };

	if (!resolver(w, e) || !servers_of(w, domain, a, &all, &r->signed_names, e))
		return false;
	sts_of(w, domain, a, &d.sts);
	for (size_t i = 0; i < all.at.count && r->hops < ROUTE_MAX_HOPS; i++)
		if (to_server(&d, &all.at.at[i], r) &&
		    (r->hops == 1 || r->hop[r->hops - 1].tls.by < r->by))
			r->by = r->hop[r->hops - 1].tls.by;
	return r->hops > 0 ||
	       err_set(e, ERR_REMOTE, "no server of " STR_FMT " can be used: " STR_FMT,
		       STR_ARG(domain), STR_ARG(str_first(r->note, 140)));
}

// ---- which of them

// Without those that nothing enforces.
static bool only_enforced(struct route *r, struct str domain, struct arena *a, struct err *e)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < r->hops && !r->relay; i++) {
		if (r->hop[i].tls.by == TLS_BY_NOTHING) {
			leave_out(r, a, r->hop[i].host, "is not held to TLS by anything");
			continue;
		}
		r->hop[kept] = r->hop[i];
		r->by = kept == 0 || r->hop[i].tls.by < r->by ? r->hop[i].tls.by : r->by;
		kept++;
	}
	r->hops = r->relay ? r->hops : kept;
	return (r->hops > 0 && r->by != TLS_BY_NOTHING) ||
	       err_set(e, ERR_DENIED,
		       "%s to " STR_FMT
		       " enforces TLS (no pin, DANE, MTA-STS), and this must not go "
		       "without",
		       r->relay ? "nothing behind the relay" : "nothing", STR_ARG(domain));
}

bool route_mail(struct ways *w, struct str domain, bool enforced, struct arena *a,
		struct route *out, struct err *e)
{
	struct route r = { .note = S("") };

	if (!(str_eq(w->home->mail.send, S("relay")) ? to_relay(w, &r, e)
						     : to_domain(w, domain, a, &r, e)))
		return false;
	if (enforced && !only_enforced(&r, domain, a, e))
		return false;
	*out = r;
	return true;
}

bool route_send(struct smtp_client *c, const struct route *r, const struct smtp_mail *m,
		unsigned *hop, struct smtp_answer *out, struct err *e)
{
	for (unsigned i = 0; i < r->hops; i++) {
		*hop = i;
		*e = (struct err){ 0 };
		if (smtp_send(c, &r->hop[i], m, out, e))
			return true;
		if (out->outcome != SMTP_NOT_SENT || e->kind != ERR_REMOTE)
			return false;
	}
	return false;
}
