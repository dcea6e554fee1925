#include "task/mail/try.h"

#include "base/time.h"
#include "codec/mail/record.h"
#include "codec/mail/relay.h"
#include "task/mail/note.h"

enum { SOON_DAYS = 14, TXT_BYTES = 2048 };

struct trying {
	const struct home *home;
	struct arena *a;
	struct ways ways;
	struct smtp_client *client;
};

static void failed(const char *what, const struct err *e, const char *remedy)
{
	step_print(what, CHECK_WRONG, str_of(e->text), remedy);
}

static const char *state_of_tls(const struct tls_want *w)
{
	static const char *const says[] = {
		[TLS_BY_NOTHING] = "TLS where the server has it: nothing enforces it",
		[TLS_BY_RELAY] = "TLS enforced to the relay, by its certificate",
		[TLS_BY_STS] = "TLS enforced by MTA-STS",
		[TLS_BY_DANE] = "TLS enforced by DANE",
		[TLS_BY_PIN] = "TLS enforced by mail.pins",
	};

	if (w->by == TLS_BY_NOTHING && w->level == TLS_MUST)
		return "TLS always, but with whom is not enforced: none of its TLSA records can be "
		       "used here (3 1 1 can)";
	return says[w->by];
}

static void put_route(const struct trying *t, const struct route *r)
{
	for (unsigned i = 0; i < r->hops; i++) {
		const struct smtp_hop *h = &r->hop[i];

		step_print("route", CHECK_OK,
			   arena_fmt(t->a, "%u. " STR_FMT ":%u%s" STR_FMT "%s: %s", i + 1,
				     STR_ARG(h->host), (unsigned)h->port,
				     h->addresses.n > 0 ? " (" : "", STR_ARG(h->addresses),
				     h->addresses.n > 0 ? ")" : "", state_of_tls(&h->tls)),
			   "");
	}
	if (r->note.n > 0)
		step_print("route", CHECK_WARNING,
			   arena_fmt(t->a, "left out: " STR_FMT, STR_ARG(r->note)),
			   "its operator must put that right; mail goes by the others");
	step_print(
		"enforced", CHECK_OK,
		r->by == TLS_BY_NOTHING
			? S("nothing enforces TLS as far as the recipient's server: only what may "
			    "go plain goes this way")
			: arena_fmt(t->a,
				    "TLS is enforced as far as the recipient's server (" STR_FMT
				    ")",
				    STR_ARG(tls_by_word(r->by))),
		"");
}

// Its key is what a line of mail.pins would have.
static void put_shown(const struct trying *t, const struct smtp_hop *hop,
		      const struct smtp_shown *s)
{
	char key[TLS_KEY_TEXT], until[TIME_TEXT];
	struct buf b = BUF_ON(key);
	int64_t days = (s->until - home_moment(t->home)) / TIME_DAY;
	bool soon = s->until != 0 && days < SOON_DAYS;

	step_print("connect", CHECK_OK,
		   arena_fmt(t->a, STR_FMT ":%u is ready for mail", STR_ARG(hop->host),
			     (unsigned)hop->port),
		   "");
	if (!s->tls) {
		step_print("tls", CHECK_WARNING, S("the connection is not encrypted"),
			   "let the server offer STARTTLS");
		return;
	}
	if (s->key_known)
		tls_key_write(&b, &s->key);
	time_write(s->until, until);
	step_print("tls", soon ? CHECK_WARNING : CHECK_OK,
		   arena_fmt(t->a, "key " STR_FMT "; its certificate ends in %lld days (%.10s)",
			     STR_ARG(buf_view(&b)), (long long)days, until),
		   soon ? "it must be renewed in time; a pin is of the key, and stays if that does"
			: "");
}

// As far as the first server that is ready for mail.
static bool look(struct trying *t, const struct route *r)
{
	for (unsigned i = 0; i < r->hops; i++) {
		struct smtp_shown shown;
		enum smtp_stage stage;
		struct err e = { 0 };

		if (smtp_look(t->client, &r->hop[i], &shown, &stage, &e)) {
			put_shown(t, &r->hop[i], &shown);
			return true;
		}
		failed(smtp_stage_word(stage).p, &e,
		       i + 1 < r->hops ? "the next server is tried" : "nothing was sent");
	}
	return false;
}

// ---- the mail

static void put_answer(struct trying *t, const struct smtp_hop *hop, const struct smtp_answer *x,
		       const struct err *e)
{
	static const char *const after[] = {
		[SMTP_NOT_SENT] = "nobody has the mail: it can be tried again",
		[SMTP_REFUSED] =
			"the server does not have the mail: what it says is for its operator",
		[SMTP_TAKEN] = "",
		[SMTP_UNKNOWN] = "look whether it arrived: sent again it may be there twice",
	};

	if (x->outcome != SMTP_TAKEN) {
		failed(x->stage >= AT_MAIL ? "answer" : smtp_stage_word(x->stage).p, e,
		       x->outcome == SMTP_NOT_SENT && e->kind != ERR_REMOTE
			       ? "nobody has the mail, and another try changes nothing until that "
				 "is "
				 "put right"
			       : after[x->outcome]);
		return;
	}
	step_print("answer", CHECK_OK,
		   arena_fmt(t->a, STR_FMT " has it%s: %u %s" STR_FMT, STR_ARG(hop->host),
			     x->tls ? ", over TLS" : "", x->reply.code,
			     smtp_status_text(&x->reply.status).text,
			     STR_ARG(smtp_reply_text(&x->reply))),
		   "");
	step_print_sent();
}

static bool from_of(const struct home *h, struct str *out)
{
	*out = h->mail.from;
	if (!str_eq(*out, S("none")))
		return true;
	step_print("settings", CHECK_WRONG, S("[mail] does not say who sends"),
		   "set from = ADDRESS in waker.conf");
	return false;
}

static bool opened(struct trying *t)
{
	struct err e = { 0 };

	if (ways_open(t->home, &t->ways, &e)) {
		t->client = smtp_client_new();
		return true;
	}
	failed("settings", &e, "put waker.conf right; see waker.conf(5)");
	return false;
}

static void closed(struct trying *t)
{
	smtp_client_free(t->client);
	ways_close(&t->ways);
}

static void mail_by(struct trying *t, const struct steps_wish *w, struct str from,
		    struct str domain)
{
	struct smtp_mail m = { .from = from, .to = str_of(w->to) };
	struct smtp_answer answer;
	struct route r;
	struct err e = { 0 };
	unsigned hop = 0;

	if (!route_mail(&t->ways, domain, w->enforced, t->a, &r, &e)) {
		failed("route", &e, "nothing was sent");
		return;
	}
	put_route(t, &r);
	if (!look(t, &r) || w->dry)
		return;
	m.bytes = note_mail(
		&(struct note){
			from, m.to, S("Test of mail by Waker"),
			S("This is a test, by `waker mail test`. It asks nothing of you, and "
			  "nothing is wrong.\r\n"),
			home_moment(t->home) },
		t->a);
	(void)!route_send(t->client, &r, &m, &hop, &answer, &e);
	put_answer(t, &r.hop[hop], &answer, &e);
}

void try_mail(const struct home *h, const struct steps_wish *w, struct arena *a)
{
	struct trying t = { .home = h, .a = a };
	struct str from, domain;
	struct err e = { 0 };

	if (!smtp_address(str_of(w->to), &domain, &e)) {
		failed("address", &e, "nothing was sent");
		return;
	}
	if (!from_of(h, &from) || !opened(&t))
		return;
	step_print("settings", CHECK_OK,
		   arena_fmt(a, "send = " STR_FMT "%s" STR_FMT ", from " STR_FMT,
			     STR_ARG(h->mail.send), str_eq(h->mail.send, S("relay")) ? " by " : "",
			     STR_ARG(str_eq(h->mail.send, S("relay")) ? h->mail.relay : S("")),
			     STR_ARG(from)),
		   "");
	mail_by(&t, w, from, domain);
	closed(&t);
}

// ---- without an address

static bool has_spf(const struct dns_answer *said, struct arena *a)
{
	LIST_EACH (const struct str, rdata, &said->data) {
		char *text = arena_new(a, char, TXT_BYTES);
		struct buf b = { .p = text, .cap = TXT_BYTES };

		if (txt_read(*rdata, &b) &&
		    (str_eq_nocase(buf_view(&b), S("v=spf1")) ||
		     str_eq_nocase(str_first(buf_view(&b), 7), S("v=spf1 "))))
			return true;
	}
	return false;
}

// Whether answers and bounces can come back, and others can see that it is we who send.
static void look_at_domain(struct trying *t, struct str domain)
{
	struct dns_answer said;
	struct route back;
	struct err e = { 0 };

	if (!route_mail(&t->ways, domain, false, t->a, &back, &e)) {
		failed("from", &e,
		       "answers and undeliverable mail go there: give its domain an MX");
		return;
	}
	if (!dns_ask(t->ways.dns, domain, DNS_TXT, t->a, &said, &e)) {
		failed("from", &e, "look whether the resolver of [mail] answers");
		return;
	}
	if (!has_spf(&said, t->a))
		step_print(
			"from", CHECK_WARNING,
			arena_fmt(t->a, STR_FMT " has no SPF record", STR_ARG(domain)),
			"publish who may send for it (v=spf1 …): many servers refuse mail without");
	else
		step_print("from", CHECK_OK,
			   arena_fmt(t->a, STR_FMT " has %u server%s for mail, and SPF",
				     STR_ARG(domain), back.hops, back.hops == 1 ? "" : "s"),
			   "");
}

void try_way(const struct home *h, struct arena *a)
{
	struct trying t = { .home = h, .a = a };
	struct str from, domain;
	struct route r;
	struct err e = { 0 };

	if (!from_of(h, &from) || !smtp_address(from, &domain, &e) || !opened(&t))
		return;
	if (!str_eq(h->mail.send, S("relay")))
		look_at_domain(&t, domain);
	else if (route_mail(&t.ways, domain, false, a, &r, &e))
		look(&t, &r);
	else
		failed("route", &e, "put relay in waker.conf right");
	closed(&t);
}
