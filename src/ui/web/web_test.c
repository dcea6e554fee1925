#include "base/test.h"
#include "base/time.h"
#include "codec/text/id.h"
#include "store/member.h"
#include "store/message.h"
#include "ui/web/answer_form.h"
#include "ui/web/web.h"

static const int64_t NOW = 1000 * TIME_DAY;

TEST("web: what GET and HEAD ask for changes nothing, and only POST has a body")
{
	for (size_t i = 0; i < web_routes_count; i++) {
		const struct web_route *r = &web_routes[i];
		bool get = strcmp(r->method, "GET") == 0;

		CHECK(get || strcmp(r->method, "POST") == 0);
		CHECK(!get || r->store != WEB_CHANGES);
		CHECK(!get || (r->body == WEB_NO_BODY && r->most == 0));
		CHECK(get || (r->most > 0 && r->most <= WEB_BODY && r->a_minute > 0));
		CHECK((r->may == WEB_ANYBODY) == (strchr(r->path, '{') == NULL));
	}
}

TEST("web: a path is found by its whole form, with its part and with its methods")
{
	static const struct {
		struct str method, path, part;
		bool is;
		const char *allow;
	} rows[] = {
		{ S("GET"), S("/healthz"), S(""), true, NULL },
		{ S("HEAD"), S("/healthz"), S(""), true, NULL },
		{ S("GET"), S("/a/abc"), S("abc"), true, NULL },
		{ S("POST"), S("/a/abc"), S("abc"), true, NULL },
		{ S("PUT"), S("/a/abc"), S(""), false, "GET, HEAD, POST" },
		{ S("get"), S("/healthz"), S(""), false, "GET, HEAD" },
		{ S("POST"), S("/healthz"), S(""), false, "GET, HEAD" },
		{ S("GET"), S("/in/hibp"), S(""), false, "POST" },
		{ S("GET"), S("/a/"), S(""), false, NULL },
		{ S("GET"), S("/a/b/c"), S(""), false, NULL },
		{ S("GET"), S("/a"), S(""), false, NULL },
		{ S("GET"), S("/healthz/"), S(""), false, NULL },
		{ S("GET"), S("/healthzz"), S(""), false, NULL },
		{ S("GET"), S("//healthz"), S(""), false, NULL },
		{ S("GET"), S("/"), S(""), false, NULL },
		{ S("GET"), S(""), S(""), false, NULL },
		{ S("GET"),
		  S("/a/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), S(""),
		  false, NULL },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const char *allow = NULL;
		struct str part = { 0 };
		bool is = web_route_find(rows[i].method, rows[i].path, &part, &allow) != NULL;

		CHECK(is == rows[i].is);
		CHECK(!is || str_eq(part, rows[i].part));
		CHECK((allow == NULL) == (rows[i].allow == NULL));
		CHECK(allow == NULL || strcmp(allow, rows[i].allow) == 0);
	}
}

// ---- asked for, with a store in memory

struct play {
	struct home home;
	struct log_by log;
	struct web web;
	struct http_answer out;
};

static void begin_play(struct play *p)
{
	struct err e = { 0 };
	struct member m = { .slug = S("m1"), .name = S("First"), .until = TIME_NEVER };

	*p = (struct play){ .home = { .path = S("/nowhere"),
				      .team = S("Team <1>"),
				      .language = S("en"),
				      .phone = S("+31 33"),
				      .now = NOW },
			    .log = { "web", "test" } };
	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, NOW, &p->home.db, &e));
	CHECK(member_put(p->home.db, &m, &e));
	web_init(&p->web);
	p->web.home = &p->home;
	p->web.log = &p->log;
}

static void end_play(struct play *p)
{
	web_done(&p->web);
	db_close(p->home.db);
}
#define autoplay CLEANUP(end_play) struct play

static struct str ask(struct play *p, const char *method, const char *path, struct str body)
{
	const struct http_ask asked = {
		.method = str_of(method), .path = str_of(path), .body = body, .known = true
	};

	p->out = (struct http_answer){ 0 };
	web_answer(&p->web, &asked, &p->out);
	return p->out.body;
}

TEST("web: each refusal is a page with the telephone number, and a wrong link says no more than "
     "that")
{
	autoplay p;
	char first[4096];
	struct str page, copy;

	begin_play(&p);
	page = ask(&p, "GET", "/none", S(""));
	CHECK(p.out.status == HTTP_ABSENT && str_contains(page, S("+31 33")));
	CHECK(str_contains(page, S("Team &lt;1&gt;")) && page.n < sizeof first);
	memcpy(first, page.p, page.n);
	copy = (struct str){ first, page.n };
	page = ask(&p, "GET", "/a/abcdefghijklmnopqrstuvwxyz", S(""));
	CHECK(p.out.status == HTTP_ABSENT && str_eq(page, copy));
	page = ask(&p, "GET", "/a/x", S(""));
	CHECK(p.out.status == HTTP_ABSENT && str_eq(page, copy));
	page = ask(&p, "DELETE", "/check", S(""));
	CHECK(p.out.status == HTTP_NO_METHOD && strcmp(p.out.allow, "GET, HEAD, POST") == 0 &&
	      str_contains(page, S("+31 33")));
	page = ask(&p, "POST", "/check", S("id=x")); // of no type that a form has
	CHECK(p.out.status == HTTP_NO_TYPE && str_contains(page, S("+31 33")));
}

TEST("web: links that are none are counted for each address, and then not even looked for")
{
	autoplay p;

	begin_play(&p);
	for (unsigned i = 0; i < WEB_WRONG_A_MINUTE; i++) {
		ask(&p, "GET", "/a/abcdefghijklmnopqrstuvwxyz", S(""));
		CHECK(p.out.status == HTTP_ABSENT);
	}
	ask(&p, "GET", "/a/abcdefghijklmnopqrstuvwxyz", S(""));
	CHECK(p.out.status == HTTP_TOO_MANY && p.out.after > 0);
	ask(&p, "POST", "/in/hibp", S("{}"));
	CHECK(p.out.status == HTTP_NO_TYPE); // before anything is counted
	ask(&p, "GET", "/check", S(""));
	CHECK(p.out.status == HTTP_OK); // what anybody may
}

TEST("web: a store that cannot be asked is told as such, and what needs none is there")
{
	autoplay p;

	begin_play(&p);
	db_close(TAKE(p.home.db, NULL));
	ask(&p, "GET", "/readyz", S(""));
	CHECK(p.out.status == HTTP_UNAVAILABLE);
	ask(&p, "GET", "/healthz", S(""));
	CHECK(p.out.status == HTTP_OK);
}

static bool writes(struct web_call *c, struct err *e)
{
	struct telling t = { .mode = TELL_ON };

	return telling_set(c->web->home->db, &t, e);
}

TEST("web: a page of GET that would write is refused by the store itself")
{
	static const struct web_route bad = { "GET",       "/", WEB_ANYBODY, WEB_READS,
					      WEB_NO_BODY, 0,   0,           writes },
				      good = { "POST",   "/", WEB_ANYBODY, WEB_CHANGES,
					       WEB_FORM, 1,   1,           writes };
	autoplay p;
	struct http_ask asked = { 0 };
	struct web_call c = { .ask = &asked };
	struct err e = { 0 };

	begin_play(&p);
	c.web = &p.web;
	c.route = &bad;
	CHECK(!web_in_store(&c, &e) && e.kind == ERR_SYSTEM);
	e = (struct err){ 0 };
	c.route = &good;
	CHECK(web_in_store(&c, &e) && p.web.changed);
}

// ---- the answer form

enum { ROOM = 1 << 20 };

static struct answer_page page_of(struct arena *a)
{
	struct answer_page page = { .number = 7 };

	*list_add(&page.findings, a) = (struct answer_finding){
		.number = 1, .may = ~0u, .code = 1u << ANSWER_NOT_OURS, .said = ANSWER_COUNT
	};
	*list_add(&page.findings, a) =
		(struct answer_finding){ .number = 2, .may = ~0u, .said = ANSWER_COUNT };
	return page;
}

// @1, @2: the ids of the page's findings.
static struct str with_ids(const char *text, struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, 2 * WEB_BODY), .cap = 2 * WEB_BODY };
	char id[ID_TEXT];

	for (struct str rest = str_of(text); rest.n > 0; str_skip(&rest, 1)) {
		if (rest.p[0] != '@') {
			buf_char(&b, rest.p[0]);
			continue;
		}
		str_skip(&rest, 1);
		id_write('F', (uint32_t)(rest.p[0] - '0'), id);
		buf_str(&b, str_of(id));
	}
	CHECK(!b.over);
	return buf_view(&b);
}

static bool typed(const char *text, struct arena *a, struct typed_all *out)
{
	struct answer_page *page = arena_new(a, struct answer_page, 1);
	struct err e = { 0 };

	*page = page_of(a);
	return typed_read(with_ids(text, a), page, NOW, a, out, &e);
}

TEST("web: what was typed goes to its finding, and a day is meant to its end")
{
	autoarena a = { 0 };
	struct typed_all all;

	arena_init(&a, ROOM);
	CHECK(typed("r.@1=one&a.@2=accepted&d.@2=1972-10-20&a.@1=fixed&d.@1=x", &a, &all));
	CHECK(all.chosen == 2 && all.at[0].answer == ANSWER_FIXED && typed_is_right(&all));
	CHECK(str_eq(all.at[0].reason, S("one")) && all.at[0].day == TIME_NEVER);
	CHECK(all.at[1].day > time_of_date(1972, 10, 20) &&
	      all.at[1].day < time_of_date(1972, 10, 21));
}

TEST("web: a day that cannot be is told at its finding")
{
	static const struct {
		const char *text;
		bool right;
	} rows[] = {
		{ "a.@2=accepted", false },
		{ "a.@2=accepted&d.@2=x", false },
		{ "a.@2=accepted&d.@2=1972-09-01", false },          // gone by
		{ "a.@2=accepted&d.@2=1973-09-01", false },          // too far
		{ "a.@2=working&d.@2=1972-10-01T10:00:00Z", false }, // no day
		{ "a.@2=working&d.@2=1972-10-01", true },
		{ "a.@2=working", true },
		{ "a.@2=fixed&d.@2=1972-09-01", true }, // nobody asked for one
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct typed_all all;

		arena_init(&a, ROOM);
		CHECK(typed(rows[i].text, &a, &all));
		CHECK(typed_is_right(&all) == rows[i].right && all.at[1].bad_day != rows[i].right);
	}
}

TEST("web: a field, a finding or an answer that the page does not have is refused whole")
{
	static const char *const rows[] = { "x=1",       "a.F-AAAAAA-A=fixed",
					    "a.@1=gone", "a.@1=seen",
					    "undo=1",    "z.@1=1",
					    "a=fixed",   "a.@1=%00" };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct typed_all all;

		arena_init(&a, ROOM);
		CHECK(!typed(rows[i], &a, &all));
	}
}

TEST("web: words that are too long are cut between letters, and the wrong code is told where one "
     "was asked")
{
	autoarena a = { 0 };
	struct typed_all all;
	struct buf b = { .p = NULL };

	arena_init(&a, ROOM);
	b = (struct buf){ .p = arena_new(&a, char, 8192), .cap = 8192 };
	buf_str(&b, S("a.@1=not-ours&a.@2=fixed&r.@1=x"));
	for (unsigned i = 0; i < ANSWER_REASON; i++)
		buf_str(&b, S("\xc3\xa9"));
	buf_char(&b, '\0');
	CHECK(!b.over && typed(b.p, &a, &all));
	CHECK(all.at[0].reason.n == ANSWER_REASON - 1);
	typed_bad_code(&all);
	CHECK(all.at[0].bad_code && !all.at[1].bad_code);
}
