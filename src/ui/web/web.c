#include "ui/web/web.h"

#include "model/web/networks.h"
#include "os/random.h"
#include "task/audit/write.h"

const struct http_field web_fields[] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; "
				     "base-uri 'none'; frame-ancestors 'none'" },
	{ "Strict-Transport-Security", "max-age=31536000" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "X-Robots-Tag", "noindex" },
	{ NULL, NULL },
};

void web_init(struct web *w)
{
	arena_init(&w->a, WEB_ARENA);
	arena_init(&w->life, WEB_LIFE);
	w->tolls = arena_new(&w->life, struct tolls, 1);
	random_fill(&w->tolls->salt, sizeof w->tolls->salt);
}

void web_done(struct web *w)
{
	if (w->a.start == NULL)
		return;
	arena_done(&w->a);
	arena_done(&w->life);
}

// ---- its language

// What is asked for, else what the browser prefers: of two it knows, the one that stands first.
static enum page_language language_of(const struct http_ask *ask, const struct home *h)
{
	struct str rest = http_ask_head(ask, "Accept-Language"), want = http_ask_query(ask, "l");

	if (str_eq(want, S("nl")) || str_eq(want, S("en")))
		return str_eq(want, S("nl")) ? PAGE_DUTCH : PAGE_ENGLISH;
	while (rest.n > 0) {
		struct str one = str_trim(str_cut(&rest, ','));

		one = str_first(one, 2);
		if (str_eq_nocase(one, S("nl")))
			return PAGE_DUTCH;
		if (str_eq_nocase(one, S("en")))
			return PAGE_ENGLISH;
	}
	return str_eq(h->language, S("nl")) ? PAGE_DUTCH : PAGE_ENGLISH;
}

void web_begin(struct web_call *c, enum word title)
{
	bool dutch = c->page.language == PAGE_DUTCH;

	page_frame_head(&c->page, dutch, title, c->web->home->team);
}

void web_end(struct web_call *c)
{
	struct str phone = c->web->home->phone;
	bool known = !str_eq(phone, S("none"));

	page_frame_foot(&c->page, known, known ? phone : S(""));
	c->out->body = buf_view(&c->page.b);
}

struct str web_level(struct web_call *c, enum severity s)
{
	static const char *const shapes[SEVERITY_COUNT] = { "", "1■", "2▲", "3●", "4○" };

	return arena_fmt(&c->web->a, "%s " STR_FMT, s < SEVERITY_COUNT ? shapes[s] : "",
			 STR_ARG(severity_word(s, c->page.language == PAGE_DUTCH)));
}

// ---- pages that say no

static const struct refusal {
	unsigned status;
	enum word says;
} refusals[] = {
	{ HTTP_BAD, WORD_NO_INPUT },         { HTTP_DENIED, WORD_NO_RIGHT },
	{ HTTP_ABSENT, WORD_NO_PAGE },       { HTTP_NO_METHOD, WORD_NO_METHOD },
	{ HTTP_CONFLICT, WORD_NO_CONFLICT }, { HTTP_TOO_LONG, WORD_NO_ROOM },
	{ HTTP_NO_TYPE, WORD_NO_TYPE },      { HTTP_TOO_MANY, WORD_NO_MORE },
	{ HTTP_UNAVAILABLE, WORD_NO_STORE }, { HTTP_FAILED, WORD_NO_LUCK },
};

static void refuse(struct web_call *c, unsigned status)
{
	const struct refusal *r = &refusals[COUNTOF(refusals) - 1];

	for (size_t i = 0; i < COUNTOF(refusals); i++)
		if (refusals[i].status == status)
			r = &refusals[i];
	c->page.b.n = 0;
	c->page.b.over = false;
	c->out->status = status;
	c->out->type = "text/html; charset=utf-8";
	web_begin(c, WORD_NO_TITLE);
	page_refused_all(&c->page, r->says);
	web_end(c);
}

// ---- who may, and how often

static unsigned waits(struct web_call *c, unsigned what, unsigned a_minute, bool counted)
{
	const struct toll_ask ask = {
		.who = c->ask->from,
		.what = what,
		.a_minute = a_minute * (c->ask->known ? 1 : WEB_UNKNOWN),
		.now = c->now,
	};
	struct tolls *t = c->web->tolls;

	return counted ? toll_take(t, &ask) : toll_look(t, &ask);
}

enum { TOLL_WRONG = 1 << 16 }; // beside the rows

static bool is_wrong(const struct web_route *r, const struct err *e)
{
	return (r->may == WEB_LINK && e->kind == ERR_ABSENT) ||
	       (r->may == WEB_SECRET && e->kind == ERR_DENIED);
}

// What was put off has been counted.
static bool may_more(struct web_call *c)
{
	const struct web_route *r = c->route;
	unsigned wait = 0;

	if (c->ask->again)
		return true;
	if (r->a_minute > 0)
		wait = waits(c, (unsigned)(r - web_routes), r->a_minute, true);
	if (wait == 0 && r->may != WEB_ANYBODY)
		wait = waits(c, TOLL_WRONG, WEB_WRONG_A_MINUTE, false);
	c->out->after = wait;
	return wait == 0;
}

static bool has_type(const struct web_route *r, const struct http_ask *ask)
{
	struct str type = http_ask_head(ask, "Content-Type");

	type = str_trim(str_cut(&type, ';'));
	switch (r->body) {
	case WEB_FORM:
		return str_eq_nocase(type, S("application/x-www-form-urlencoded"));
	case WEB_JSON:
		return str_eq_nocase(type, S("application/json"));
	case WEB_NO_BODY:
		break;
	}
	return true;
}

bool web_from_machines(const struct web_call *c)
{
	return c->ask->known && networks_hold(c->web->home->web.scanners, c->ask->from);
}

// ---- one request

static bool have_store(struct web *w, struct err *e)
{
	return w->home->db != NULL || (w->open != NULL && w->open(w, e));
}

// An answer is a row of the audit, whose newest is noted beside it. It is done all the same.
static void note_audit(struct web *w)
{
	struct err e = { 0 };

	if (!audit_note_head(w->home, &w->a, &e))
		log_err(w->log, LOG_WARNING, "the audit's end is not noted", &e);
}

// What only looks cannot write, and is undone even so.
bool web_in_store(struct web_call *c, struct err *e)
{
	struct home *h = c->web->home;
	bool changes = c->route->store == WEB_CHANGES;
	bool good;

	if (changes && !db_try(h->db, e)) {
		c->busy = e->kind == ERR_CONFLICT;
		return false;
	}
	good = (changes || db_look(h->db, e)) && c->route->page(c, e);
	if (good && changes && !c->undo) {
		good = db_commit(h->db, e);
		c->web->changed = c->web->changed || good;
		if (good)
			note_audit(c->web);
	} else {
		db_abort(h->db);
	}
	return good;
}

static bool attempt(struct web_call *c, struct err *e)
{
	if (c->route->store == WEB_ALONE)
		return c->route->page(c, e);
	return have_store(c->web, e) && web_in_store(c, e);
}

static void failed(struct web_call *c, const struct err *e)
{
	const struct web_route *r = c->route;
	unsigned status = (unsigned)err_meaning(e->kind)->http_status;

	if (is_wrong(r, e)) // may_more has looked whether it is one too many
		(void)!waits(c, TOLL_WRONG, WEB_WRONG_A_MINUTE, true);
	if (c->busy)
		status = HTTP_UNAVAILABLE;
	if (e->kind == ERR_SYSTEM || e->kind == ERR_CONFIG || e->kind == ERR_NONE) {
		log_err(c->web->log, LOG_WARNING, "a page cannot be made", e);
		if (r->store != WEB_ALONE && c->web->open != NULL)
			db_close(TAKE(c->web->home->db, NULL));
		status = HTTP_UNAVAILABLE;
	}
	refuse(c, status);
}

static void answer_route(struct web_call *c)
{
	struct err e = { 0 };

	if (c->ask->too_long || c->ask->body.n > c->route->most) {
		refuse(c, HTTP_TOO_LONG);
		return;
	}
	if (!has_type(c->route, c->ask)) {
		refuse(c, HTTP_NO_TYPE);
		return;
	}
	if (!may_more(c)) {
		refuse(c, HTTP_TOO_MANY);
		return;
	}
	if (attempt(c, &e) && !c->page.b.over)
		return;
	if (c->busy && !c->ask->last)
		c->out->later = true;
	else
		failed(c, &e);
}

void web_answer(void *context, const struct http_ask *ask, struct http_answer *out)
{
	struct web *w = context;
	struct web_call c = { .web = w, .ask = ask, .out = out };
	const char *allow = NULL;

	arena_empty(&w->a);
	c.page.b = (struct buf){ .p = arena_new(&w->a, char, WEB_PAGE), .cap = WEB_PAGE };
	c.page.language = language_of(ask, w->home);
	c.now = home_moment(w->home);
	out->status = HTTP_OK;
	out->type = "text/html; charset=utf-8";
	c.route = web_route_find(ask->method, ask->path, &c.part, &allow);
	if (c.route != NULL) {
		answer_route(&c);
		return;
	}
	out->allow = allow;
	refuse(&c, allow != NULL ? HTTP_NO_METHOD : HTTP_ABSENT);
}
