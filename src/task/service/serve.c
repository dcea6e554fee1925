// The role `metrics`: what task/service/metrics.h finds, for who asks by HTTP.
#include "base/time.h"
#include "os/clock.h"
#include "os/http_server.h"
#include "task/service/metrics.h"
#include "task/service/role.h"

enum {
	PAGE_BYTES = 64 << 20,
	FRESH_SECONDS = 1,  // of a page: many who ask at once get the same
	COUNT_SECONDS = 15, // of the findings counted
	CONNECTIONS = 32,   // at a time; more wait in the kernel
	ASK_SECONDS = 5,    // from connect to the last byte of the answer
	SOCKET_MODE = 0600,
	ASKED_SECONDS = 300, // who asked that recently will ask again: they are counted beforehand
};

struct serving {
	struct service *s;
	struct http_server *server;
	struct arena a;      // of the page
	struct str page;     // .p NULL: none is made
	int64_t made, asked; // clock_since, likewise
	struct metrics_counted counted;
};

static void serving_done(struct serving *v)
{
	ears_also(v->s->ears, -1);
	http_server_close(v->server);
	arena_done(&v->a);
}

static bool is_over(int64_t since, int64_t seconds)
{
	return since == 0 || clock_since() - since >= seconds * TIME_SECOND;
}

// The store may have gone away, and come back: it is opened anew where it failed.
static bool look(struct serving *v, struct metrics *out, struct err *e)
{
	struct home *h = &v->s->home;

	if (h->db == NULL && !home_store_as(h, v->s->store, &v->a, &h->db, e))
		return false;
	if ((is_over(v->counted.at, 2 * COUNT_SECONDS) && !metrics_count(h, &v->counted, e)) ||
	    !metrics_look(h, &v->counted, &v->a, out, e)) {
		db_close(TAKE(h->db, NULL));
		return false;
	}
	return true;
}

static bool have_page(struct serving *v, struct err *e)
{
	struct metrics m;

	v->asked = clock_since();
	if (v->page.p != NULL && !is_over(v->made, FRESH_SECONDS))
		return true;
	v->page = (struct str){ 0 };
	arena_empty(&v->a);
	if (!look(v, &m, e))
		return false;
	v->page = metrics_text(&m, &v->a);
	v->made = clock_since();
	return true;
}

// Between two questions. What fails now is told to who asks next.
static void count_beforehand(struct serving *v)
{
	struct err e = { 0 };

	if (v->s->home.db == NULL || is_over(v->asked, ASKED_SECONDS) ||
	    !is_over(v->counted.at, COUNT_SECONDS))
		return;
	if (!metrics_count(&v->s->home, &v->counted, &e))
		db_close(TAKE(v->s->home.db, NULL));
}

static void answer(void *context, const struct http_ask *ask, struct http_answer *out)
{
	struct serving *v = context;
	struct err e = { 0 };

	out->type = "text/plain; charset=utf-8";
	if (!str_eq(ask->path, S("/metrics"))) {
		out->status = HTTP_ABSENT;
		out->body = S("only /metrics is here\n");
	} else if (!str_eq(ask->method, S("GET")) && !str_eq(ask->method, S("HEAD"))) {
		out->status = HTTP_NO_METHOD;
		out->allow = "GET, HEAD";
		out->body = S("only GET and HEAD are answered\n");
	} else if (!have_page(v, &e)) {
		log_err(&v->s->log, LOG_WARNING, "the metrics cannot be made", &e);
		out->status = HTTP_UNAVAILABLE;
		out->body = S("the store cannot be looked at: see the log\n");
	} else {
		out->status = HTTP_OK;
		out->type = EXPOSITION_TYPE;
		out->body = v->page;
	}
}

// As waker.conf has it; v->server stays NULL where it is off.
static bool begin(struct serving *v, struct err *e)
{
	const struct home *h = &v->s->home;
	const struct http_served how = {
		.answer = answer,
		.context = v,
		.most = CONNECTIONS,
		.patience = { .whole = ASK_SECONDS },
	};
	struct http_place place = HTTP_NOWHERE;
	struct endpoint at;

	if (str_eq(h->metrics, S("off")))
		return true;
	if (!endpoint_read(h->metrics, &at)) {
		if (!http_listen_socket(home_path(h, ROLE_FOLDER, &v->a), roles[ROLE_METRICS].name,
					SOCKET_MODE, &place, e))
			return false;
	} else if (!http_listen_port(&at, &place, e)) {
		return err_in(e, "metrics = " STR_FMT, STR_ARG(h->metrics));
	}
	return http_server_open(&place, &how, NULL, &v->server, e);
}

static int wait_for(const struct serving *v)
{
	int wait = v->server != NULL ? http_server_wait(v->server) : -1;
	int64_t old = clock_since() - v->counted.at;

	if (wait >= 0 || v->s->home.db == NULL || is_over(v->asked, ASKED_SECONDS))
		return wait;
	return old >= COUNT_SECONDS * TIME_SECOND
		       ? 0
		       : (int)((COUNT_SECONDS * TIME_SECOND - old) / 1000) + 1;
}

bool role_metrics(struct service *s, struct err *e)
{
	CLEANUP(serving_done) struct serving v = { .s = s };

	arena_init(&v.a, PAGE_BYTES);
	if (!begin(&v, e))
		return false;
	if (v.server != NULL)
		ears_also(s->ears, http_server_fd(v.server));
	while (!s->stop) {
		unsigned heard = ears_wait(s->ears, wait_for(&v));

		s->stop = (heard & HEARD_STOP) != 0;
		if (v.server == NULL)
			continue;
		http_server_work(v.server);
		if (heard == HEARD_NOTHING)
			count_beforehand(&v);
	}
	return true;
}
