#include "ui/web/serve.h"

#include "base/time.h"
#include "os/clock.h"
#include "os/file.h"
#include "ui/web/web.h"

#include <stdio.h>

enum {
	SOCKET_MODE = 0660, // for a proxy of the same group
	CONNECTIONS = 512,  // at a time; more wait in the kernel
	OF_ONE = 32,        // of one address
	LOOK_SECONDS = 30,  // how often the certificate is looked at
	PEM_BYTES = 256 << 10,
	HOME_BYTES = 1 << 20,
	STORE_BYTES = 1 << 20,
};

struct site {
	struct service *s;
	struct arena a;   // of the home
	struct home home; // as of the last reload
	struct web web;
	struct http_server *server;
	char stamps[128]; // of the certificate and its key, as they are served
	int64_t looked;   // clock_since
};

static void site_done(struct site *x)
{
	ears_also(x->s->ears, -1);
	http_server_close(x->server);
	web_done(&x->web);
	home_close(&x->home);
	if (x->a.start != NULL)
		arena_done(&x->a);
}

// ---- TLS

static bool has_tls(const struct home *h)
{
	return !str_eq(h->web.certificate, S("none"));
}

// Of both files; empty where they cannot be looked at.
static void stamps_of(const struct home *h, char out[128])
{
	autoarena a = { 0 };
	struct str one, two;
	struct err e = { 0 };

	arena_init(&a, HOME_BYTES);
	out[0] = '\0';
	if (has_tls(h) && file_stamp(str_z(&a, h->web.certificate), &a, &one, &e) &&
	    file_stamp(str_z(&a, h->web.key), &a, &two, &e))
		snprintf(out, 128, STR_FMT " " STR_FMT, STR_ARG(one), STR_ARG(two));
}

struct pem {
	struct arena a;
	struct http_key key;
};

static void pem_done(struct pem *p)
{
	if (p->a.start == NULL)
		return;
	explicit_bzero(p->a.start, (size_t)(p->a.at - p->a.start));
	arena_done(&p->a);
}

static bool read_pem(const struct home *h, struct pem *p, struct err *e)
{
	struct str certificate, key;

	if (str_eq(h->web.key, S("none")))
		return err_set(e, ERR_CONFIG, "[web] certificate needs a key, too");
	arena_init(&p->a, 8 * PEM_BYTES);
	if (!file_read(str_z(&p->a, h->web.certificate), PEM_BYTES, &p->a, &certificate, e) ||
	    !file_read_secret(str_z(&p->a, h->web.key), PEM_BYTES, &p->a, &key, e))
		return false;
	p->key.certificate = str_z(&p->a, certificate);
	p->key.key = str_z(&p->a, key);
	return (p->key.certificate != NULL && p->key.key != NULL) ||
	       err_set(e, ERR_CONFIG, "the certificate or its key is no PEM");
}

// ---- where it listens

static bool place_of(const struct home *h, struct http_place *out, struct err *e)
{
	autoarena a = { 0 };
	struct endpoint at;

	arena_init(&a, HOME_BYTES);
	if (!endpoint_read(h->web.listen, &at))
		return http_listen_socket(home_path(h, ROLE_FOLDER, &a), roles[ROLE_WEB].name,
					  SOCKET_MODE, out, e);
	if (!has_tls(h) && !endpoint_is_loopback(&at))
		return err_set(e, ERR_CONFIG,
			       "[web] listen: without a certificate only this machine may be "
			       "answered");
	return http_listen_port(&at, out, e) ||
	       err_in(e, "[web] listen = " STR_FMT, STR_ARG(h->web.listen));
}

static bool listen_at(struct site *x, struct err *e)
{
	const struct http_served how = {
		.answer = web_answer,
		.context = &x->web,
		.most = CONNECTIONS,
		.each = x->home.web.proxy ? 0 : OF_ONE,
		.body = WEB_BODY,
		.keep = true,
		.proxied = x->home.web.proxy,
		.patience = { .head = 10, .body = 5, .reply = 20, .whole = 120 },
		.fields = web_fields,
	};
	CLEANUP(pem_done) struct pem pem = { 0 };
	struct http_place place = HTTP_NOWHERE;

	stamps_of(&x->home, x->stamps);
	if ((has_tls(&x->home) && !read_pem(&x->home, &pem, e)) || !place_of(&x->home, &place, e) ||
	    !http_server_open(&place, &how, has_tls(&x->home) ? &pem.key : NULL, &x->server, e))
		return false;
	ears_also(x->s->ears, http_server_fd(x->server));
	return true;
}

// ---- changes

static bool open_store(struct web *w, struct err *e)
{
	struct site *x = w->context;
	autoarena a = { 0 };

	arena_init(&a, STORE_BYTES);
	return home_store_as(w->home, x->s->store, &a, &w->home->db, e);
}

static bool renew(struct site *x, struct err *e)
{
	CLEANUP(pem_done) struct pem pem = { 0 };
	char stamps[sizeof x->stamps];

	stamps_of(&x->home, stamps);
	if (!read_pem(&x->home, &pem, e) || !http_server_renew(x->server, &pem.key, e))
		return false;
	memcpy(x->stamps, stamps, sizeof stamps);
	log_say(&x->s->log, LOG_INFO, "the certificate is taken over", NULL, 0);
	return true;
}

// The old one stays where the new one is wrong.
static void look_at_certificate(struct site *x)
{
	char now[sizeof x->stamps];
	struct err e = { 0 };

	x->looked = clock_since();
	stamps_of(&x->home, now);
	if (now[0] == '\0' || strcmp(now, x->stamps) == 0)
		return;
	if (!renew(x, &e)) {
		log_err(&x->s->log, LOG_ERROR, "the certificate stays the one of before", &e);
		memcpy(x->stamps, now, sizeof now); // it is told once
	}
}

static bool same_place(const struct home_web *is, const struct home_web *was)
{
	return str_eq(is->listen, was->listen) && is->proxy == was->proxy &&
	       str_eq(is->certificate, S("none")) == str_eq(was->certificate, S("none"));
}

// What is wrong in it leaves all as it was: waker.conf was found right by the supervisor, so that is
// a store that is away, or a certificate.
static bool reload(struct site *x, struct err *e)
{
	struct site was = *x;
	bool same;

	x->a = (struct arena){ 0 };
	arena_init(&x->a, HOME_BYTES);
	if (!home_open_settled(x->s->home.path, x->s->store, &x->a, &x->home, e)) {
		arena_done(&x->a);
		x->a = was.a;
		x->home = was.home;
		return false;
	}
	same = same_place(&x->home.web, &was.home.web);
	home_close(&was.home);
	arena_done(&was.a);
	if (same)
		return !has_tls(&x->home) || renew(x, e);
	ears_also(x->s->ears, -1);
	http_server_close(TAKE(x->server, NULL));
	return listen_at(x, e);
}

static bool begin(struct site *x, struct err *e)
{
	arena_init(&x->a, HOME_BYTES);
	web_init(&x->web);
	x->web.home = &x->home;
	x->web.open = open_store;
	x->web.context = x;
	x->web.log = &x->s->log;
	db_close(TAKE(x->s->home.db, NULL)); // a home of its own is opened again by each reload
	return home_open_settled(x->s->home.path, x->s->store, &x->a, &x->home, e) &&
	       listen_at(x, e);
}

static int wait_for(const struct site *x)
{
	int64_t left = x->looked + LOOK_SECONDS * TIME_SECOND - clock_since();
	int wait = http_server_wait(x->server), look = left <= 0 ? 0 : (int)(left / 1000) + 1;

	return has_tls(&x->home) && (wait < 0 || look < wait) ? look : wait;
}

static void turn(struct site *x, unsigned heard)
{
	if (has_tls(&x->home) && clock_since() - x->looked >= LOOK_SECONDS * TIME_SECOND)
		look_at_certificate(x);
	if (heard != HEARD_RELOAD)
		http_server_work(x->server);
	if (!x->web.changed)
		return;
	x->web.changed = false;
	role_tell(&x->home, ROLE_CLOCK);
	role_tell(&x->home, ROLE_KEYS);
}

bool role_web(struct service *s, struct err *e)
{
	CLEANUP(site_done) struct site x = { .s = s, .looked = clock_since() };

	if (!begin(&x, e))
		return false;
	while (!s->stop) {
		unsigned heard = ears_wait(s->ears, wait_for(&x));
		struct err why = { 0 };

		s->stop = (heard & HEARD_STOP) != 0;
		if ((heard & HEARD_RELOAD) != 0 && !reload(&x, &why)) {
			if (x.server == NULL) { // it listens nowhere: the supervisor begins it anew
				*e = why;
				return false;
			}
			log_err(&s->log, LOG_ERROR, "what was to be taken over is not", &why);
		}
		turn(&x, heard);
	}
	return true;
}
