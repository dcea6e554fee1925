#include "base/time.h"
#include "codec/mail/smtp_write.h"
#include "codec/text/id.h"
#include "model/mail/rate.h"
#include "os/file.h"
#include "task/hook/hook.h"
#include "task/hook/post.h"
#include "task/mail/route.h"
#include "task/service/do.h"
#include "task/tell/act.h"
#include "task/tell/send.h"

enum { HELD_SECONDS = 60, MOST_DOMAINS = 1024, DOMAINS_ARENA = 1 << 20 };

struct mailer_domain {
	struct str name;
	struct rate rate;
};

// What a process that sends has open, as long as it lives.
struct mailer {
	struct ways ways;
	struct smtp_client *smtp;
	struct http_client *http;
	struct arena a; // of the domains
	LIST(struct mailer_domain) domains;
	bool open; // ways are
};

static void mailer_done(void *own)
{
	struct mailer *m = own;

	if (m->open)
		ways_close(&m->ways);
	smtp_client_free(m->smtp);
	http_client_free(m->http);
	arena_done(&m->a);
}

static struct mailer *mailer_of(struct service *s)
{
	struct mailer *m = s->own;

	if (m == NULL) {
		m = arena_new(&s->a, struct mailer, 1);
		arena_init(&m->a, DOMAINS_ARENA);
		m->smtp = smtp_client_new();
		m->http = http_client_new();
		s->own = m;
		s->own_done = mailer_done;
	}
	return m;
}

static struct mailer_domain *domain_of(struct mailer *m, struct str name)
{
	struct mailer_domain *d;

	LIST_EACH (struct mailer_domain, known, &m->domains)
		if (str_eq_nocase(known->name, name))
			return known;
	if (m->domains.count == MOST_DOMAINS) { // all begin anew
		memset(&m->domains, 0, sizeof m->domains);
		arena_empty(&m->a);
	}
	d = list_add(&m->domains, &m->a);
	d->name = arena_str(&m->a, name);
	return d;
}

// When a mail to a domain may go; 0: now, and it is counted.
static int64_t may_go(const struct service *s, struct mailer *m, struct str domain)
{
	int64_t now = home_moment(&s->home);
	int64_t next = rate_next(&domain_of(m, domain)->rate, s->home.mail.rate, now);

	return next > now ? next : 0;
}

// ---- by each channel; *r is what came of it

static struct str code_and_words(const struct smtp_answer *got, const struct err *why,
				 struct arena *a)
{
	const struct smtp_reply *reply = &got->reply;

	if (reply->code == 0)
		return arena_str(a, str_of(why->text));
	return arena_fmt(a, "%u %s" STR_FMT, reply->code, smtp_status_text(&reply->status).text,
			 STR_ARG(smtp_reply_text(reply)));
}

static enum sending_end end_of(const struct smtp_answer *got, bool ok, const struct err *why)
{
	if (ok)
		return SENDING_ARRIVED;
	if (got->outcome == SMTP_UNKNOWN)
		return SENDING_DOUBT;
	return err_meaning(why->kind)->retry || why->kind == ERR_CONFIG ? SENDING_LATER
									: SENDING_REFUSED;
}

// False: it cannot be tried now, nothing has begun; *again says when.
static bool find_way(struct service *s, const struct sending *x, struct arena *a,
		     struct route *route, int64_t *again, struct err *e)
{
	struct mailer *m = mailer_of(s);
	struct str domain;

	if (!m->open && !ways_open(&s->home, &m->ways, e)) {
		*again = s->home.now + HELD_SECONDS * TIME_SECOND;
		return false;
	}
	m->open = true;
	if (!smtp_address(x->delivery.address, &domain, e))
		return false;
	*again = may_go(s, m, domain);
	if (*again > 0)
		return err_set(e, ERR_REMOTE, "so many mails a minute go to one domain");
	return route_mail(&m->ways, domain, x->delivery.form == FORM_TLS, a, route, e);
}

static void by_mail(struct service *s, const struct sending *x, const struct route *route,
		    struct arena *a, struct sending_result *r)
{
	struct smtp_mail mail = { .from = s->home.mail.from,
				  .to = x->delivery.address,
				  .bytes = x->bytes };
	struct smtp_answer got = { 0 };
	struct err why = { 0 };
	unsigned hop;
	bool ok = route_send(mailer_of(s)->smtp, route, &mail, &hop, &got, &why);

	r->end = end_of(&got, ok, &why);
	r->code = got.reply.code;
	r->said = code_and_words(&got, &why, a);
}

static void by_hook(struct service *s, const struct sending *x, struct arena *a,
		    struct sending_result *r)
{
	struct hook h = { .url = x->delivery.address, .example = s->home.example };
	struct hook_message m = { x->delivery.tag, home_moment(&s->home) / TIME_SECOND, x->bytes };
	struct hook_answer got = { 0 };
	struct err why = { 0 };
	bool ok = hook_secrets(&s->home, x->delivery.contact, h.secret, &why) &&
		  hook_post(mailer_of(s)->http, &h, &m, &got, &why);

	explicit_bzero(h.secret, sizeof h.secret);
	r->end = ok                             ? SENDING_ARRIVED
		 : err_meaning(why.kind)->retry ? SENDING_LATER
						: SENDING_REFUSED;
	r->code = got.status;
	r->said = ok ? S("") : arena_str(a, str_of(why.text));
}

// A receiver of syslog says nothing: what it hung up on when it had all of it is in doubt.
static void by_syslog(struct service *s, const struct sending *x, struct arena *a,
		      struct sending_result *r)
{
	struct syslog_place place;
	struct err why = { 0 };
	bool given = false;
	bool ok = hook_receiver(x->delivery.address, &place) ||
		  err_set(&why, ERR_INPUT, "its address is no receiver's");

	if (ok) {
		place.lan = s->home.example;
		ok = syslog_give(&place, x->bytes, &given, &why);
	}
	r->end = ok                             ? SENDING_ARRIVED
		 : given                        ? SENDING_DOUBT
		 : err_meaning(why.kind)->retry ? SENDING_LATER
						: SENDING_REFUSED;
	r->said = ok ? S("") : arena_str(a, str_of(why.text));
}

// drop/FOLDER/N-….jsonl, or .cef: the same however often it is written.
static void by_file(struct service *s, const struct sending *x, struct arena *a,
		    struct sending_result *r)
{
	const char *drop = home_path(&s->home, HOOK_DROP, a);
	struct str folder = arena_fmt(a, "%s/" STR_FMT, drop, STR_ARG(x->delivery.address));
	const char *end = x->delivery.channel == CHANNEL_CEF ? "cef" : "jsonl";
	char id[ID_TEXT];
	struct err why = { 0 };
	bool ok;

	id_write('N', x->message.number, id);
	ok = folder_make(drop, 0700, &why) && folder_make(folder.p, 0700, &why) &&
	     file_write(arena_fmt(a, STR_FMT "/%s.%s", STR_ARG(folder), id, end).p, x->bytes, 0600,
			&why);
	r->end = ok ? SENDING_ARRIVED : SENDING_LATER;
	r->said = ok ? S("") : arena_str(a, str_of(why.text));
}

// ---- the job

struct sent {
	struct sending sending;
	bool way; // there is one by which it can go
	struct sending_result result;
};

static bool keep(struct service *s, const struct job_row *j, void *kept, struct err *e)
{
	struct sent *x = kept;
	struct sending copy = x->sending; // it may be called again

	x->result.now = home_moment(&s->home);
	x->result.last = j->state == JOB_DONE;
	return sending_over(s->home.db, &copy, &x->result, e);
}

static void give(struct service *s, struct sent *x, const struct route *route, struct arena *a)
{
	switch (x->sending.delivery.channel) {
	case CHANNEL_MAIL:
		by_mail(s, &x->sending, route, a, &x->result);
		break;
	case CHANNEL_WEBHOOK:
		by_hook(s, &x->sending, a, &x->result);
		break;
	case CHANNEL_FILE:
	case CHANNEL_CEF:
		by_file(s, &x->sending, a, &x->result);
		break;
	case CHANNEL_SYSLOG:
		by_syslog(s, &x->sending, a, &x->result);
		break;
	case CHANNEL_PHONE:
	case CHANNEL_OTHER:
	case CHANNEL_COUNT:
		x->result.end = SENDING_REFUSED;
		x->result.said = S("nothing here goes by that way");
		break;
	}
}

// What a job that failed says; one that will never succeed is over, for the message tells of it.
static bool told(const struct service *s, const struct sent *x, struct done *out, struct arena *a,
		 struct err *e)
{
	const struct sending_result *r = &x->result;

	switch (r->end) {
	case SENDING_ARRIVED:
		out->result = S("arrived");
		return true;
	case SENDING_REFUSED:
		out->result = arena_fmt(a, "refused: " STR_FMT, STR_ARG(r->said));
		return true;
	case SENDING_UNSAFE:
		out->result =
			S("no secured connection can be had: it is sealed anew, without detail");
		return true;
	case SENDING_STOPPED:
	case SENDING_LATER:
	case SENDING_DOUBT:
		break;
	}
	// By its own tries: the job was also taken up where it was not the time for it.
	out->again = job_again(ERR_REMOTE, x->sending.delivery.tries, s->home.now);
	if (out->again == TIME_NEVER) {
		out->result = arena_fmt(a, "given up: " STR_FMT, STR_ARG(r->said));
		return true;
	}
	return err_set(e, ERR_REMOTE, STR_FMT, STR_ARG(r->said));
}

// x->way: there is one. False: it is not the time for it; else *x says what came of it.
static bool prepare(struct service *s, struct sent *x, struct arena *a, struct route *route,
		    struct done *out, struct err *e)
{
	struct err why = { 0 };

	x->way = x->sending.delivery.channel != CHANNEL_MAIL ||
		 find_way(s, &x->sending, a, route, &out->again, &why);
	if (x->way)
		return true;
	if (out->again > 0 || why.kind == ERR_CONFIG) {
		*e = why;
		return false;
	}
	x->sending.delivery.tries++; // also one that did not come so far as to begin
	x->result.end = why.kind == ERR_DENIED         ? SENDING_UNSAFE
			: err_meaning(why.kind)->retry ? SENDING_LATER
						       : SENDING_REFUSED;
	x->result.said = arena_str(a, str_of(why.text));
	return true;
}

// What is not to be sent, or not yet.
static bool decline(struct service *s, struct sent *x, enum sending_may may, struct done *out,
		    struct err *e)
{
	if (may == SENDING_HELD) {
		out->again = s->home.now + HELD_SECONDS * TIME_SECOND;
		return err_set(e, ERR_CONFLICT, "it is held");
	}
	if (may == SENDING_TAKEN_BACK) {
		x->result.end = SENDING_STOPPED;
		out->keep = keep;
		out->kept = x;
	}
	out->result = S("it is not to leave any more");
	return true;
}

bool do_send(struct service *s, struct str key, struct arena *a, struct done *out, struct err *e)
{
	struct sent *x = arena_new(a, struct sent, 1);
	struct route *route = arena_new(a, struct route, 1);
	enum sending_may may;
	int64_t delivery;

	if (!tell_key_read(key, &delivery, e) ||
	    !sending_load(s->home.db, delivery, a, &x->sending, &may, e))
		return false;
	if (may != SENDING_MAY)
		return decline(s, x, may, out, e);
	if (!prepare(s, x, a, route, out, e) ||
	    (x->way && !sending_begin(s->home.db, &x->sending, s->home.now, a, &may, e)))
		return false;
	if (may != SENDING_MAY)
		return decline(s, x, may, out, e);
	if (x->way)
		give(s, x, route, a);
	out->keep = keep;
	out->kept = x;
	return told(s, x, out, a, e);
}
