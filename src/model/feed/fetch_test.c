#include "base/buf.h"
#include "base/test.h"
#include "base/time.h"
#include "codec/text/ini.h"
#include "model/feed/fetch.h"

#define ROOM ((size_t)1 << 20)

static bool read(struct str text, struct arena *a, struct feed_fetch *f, struct err *e)
{
	struct ini in = ini_of(text);
	enum ini_kind kind;

	*f = feed_fetch_standard();
	while ((kind = ini_next(&in, e)) != INI_END)
		if (kind == INI_PAIR && !feed_fetch_key(f, &in, a, e))
			return false;
	return e->kind == ERR_NONE && feed_fetch_whole(f, e);
}

TEST("fetch: where a feed comes from is told by its first word")
{
	static const struct {
		const char *from;
		enum fetch_how how;
		const char *rest;
	} rows[] = {
		{ "https://x.example/list.txt", FETCH_URL, "https://x.example/list.txt" },
		{ "http://x.example:8080/", FETCH_URL, "http://x.example:8080/" },
		{ "file:/srv/list.txt", FETCH_FILE, "/srv/list.txt" },
		{ "folder:/srv/in", FETCH_FOLDER, "/srv/in" },
		{ "misp:https://x.example", FETCH_MISP, "https://x.example" },
		{ "misp:https://x.example/a/manifest.json", FETCH_MISP_FEED,
		  "https://x.example/a/manifest.json" },
		{ "n6:https://x.example/search", FETCH_N6, "https://x.example/search" },
		{ "mail", FETCH_MAIL, "" },
		{ "callback", FETCH_CALLBACK, "" },
		{ "stream", FETCH_STREAM, "" },
		{ "file", FETCH_BY_HAND, "" },
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct feed_fetch f;
		struct err e = { 0 };

		CHECK(read(arena_fmt(&a, "[fetch]\nfrom = %s\n", rows[i].from), &a, &f, &e));
		CHECK(f.how == rows[i].how && str_eq(f.from, str_of(rows[i].rest)));
	}
}

TEST("fetch: every key is read")
{
	autoarena a = { 0 };
	struct feed_fetch f;
	struct err e = { 0 };

	arena_init(&a, ROOM);
	CHECK(read(S("[fetch]\nfrom = https://x.example/{date}\nmethod = POST\nbody = "
		     "{\"d\":\"{date}\"}\n"
		     "header = Accept: a\nheader = X: b:c\ncredentials = some-one\nauth = header "
		     "Auth-Key\n"
		     "quiet = 02:00-04:00 UTC\nquiet = 23:30-00:15 UTC\ngap = 5 seconds\n"
		     "every = 2 hours\nmost = 3 MiB\nwait = 5 minutes\nprivate = yes\nca = "
		     "/etc/x.pem\n"),
		   &a, &f, &e));
	CHECK(f.post && str_eq(f.body, S("{\"d\":\"{date}\"}")) && f.headers.count == 2);
	CHECK(str_eq(f.headers.at[1], S("X: b:c")) && str_eq(f.credentials, S("some-one")));
	CHECK(f.auth == FETCH_HEADER && str_eq(f.header, S("Auth-Key")));
	CHECK(f.every == 2 * TIME_HOUR && f.most == 3 << 20 && f.wait == 300 * TIME_SECOND);
	CHECK(f.quiets == 2 && f.quiet[0].from == 2 * TIME_HOUR &&
	      f.quiet[0].until == 4 * TIME_HOUR);
	CHECK(f.quiet[1].from == 23 * TIME_HOUR + 30 * TIME_MINUTE &&
	      f.quiet[1].until == 15 * TIME_MINUTE && f.gap == 5 * TIME_SECOND);
	CHECK(f.lan && str_eq(f.ca, S("/etc/x.pem")));
	CHECK(str_eq(feed_fetch_dated(f.body, 0, &a), S("{\"d\":\"1970-01-01\"}")));
	CHECK(str_eq(feed_fetch_dated(S("{date}{date}{dat"), 0, &a),
		     S("1970-01-011970-01-01{dat")));
}

TEST("fetch: several lists of one publisher stand one below the other, up to 64")
{
	char text[4096];
	struct buf b = BUF_ON(text);
	autoarena a = { 0 };
	struct feed_fetch f;
	struct err e = { 0 };

	arena_init(&a, ROOM);
	buf_str(&b, S("[fetch]\n"));
	for (unsigned i = 0; i <= FETCH_MAX_MORE; i++)
		buf_fmt(&b, "from = https://x.example/%u.txt\n", i);
	CHECK(read(buf_view(&b), &a, &f, &e) && f.how == FETCH_URL);
	CHECK(str_eq(f.from, S("https://x.example/0.txt")) && f.more.count == FETCH_MAX_MORE);
	CHECK(str_eq(f.more.at[0], S("https://x.example/1.txt")));
	buf_str(&b, S("from = https://x.example/one-more.txt\n"));
	CHECK(!read(buf_view(&b), &a, &f, &e) && str_contains(str_of(e.text), S("at most 64")));
}

TEST("fetch: what does not fit is told with its line")
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "quiet = 02:00-04:00", "line 2, column 9: quiet: a time of the day in UTC" },
		{ "quiet = 02:00-04:00 Europe/Amsterdam", "in UTC, as in \"02:00-04:00 UTC\"" },
		{ "quiet = 2-4 UTC", "a time of the day in UTC" },
		{ "quiet = 02:00-02:00 UTC", "a time of the day in UTC" },
		{ "quiet = 02:60-03:00 UTC", "a time of the day in UTC" },
		{ "quiet = 24:01-03:00 UTC", "a time of the day in UTC" },
		{ "quiet = 01:00-02:00 UTC\nquiet = 03:00-04:00 UTC\nquiet = 05:00-06:00 UTC\n"
		  "quiet = 07:00-08:00 UTC\nquiet = 09:00-10:00 UTC",
		  "at most 4" },
		{ "quiet = 00:00-12:00 UTC\nquiet = 12:00-24:00 UTC", "quiet leaves no time" },
		{ "gap = 2 days", "a time of at most an hour" },
		{ "frm = x", "did you mean \"from\"?" },
		{ "from = ftp://x.example/", "line 2, column 8: from: an http(s) URL" },
		{ "from = shadowserver:", "an http(s) URL" },
		{ "from = misp:/etc/passwd", "an http(s) URL" },
		{ "from = file:", "an http(s) URL" },
		{ "from = https://x.example/a\nfrom = https://x.example/a", "stands there once" },
		{ "from = https://x.example/a\nfrom = file:/x", "only an http(s) URL may stand" },
		{ "from = n6:https://x.example/a\nfrom = https://x.example/b",
		  "only an http(s) URL may stand" },
		{ "from = mail\nfrom = https://x.example/b", "only an http(s) URL may stand" },
		{ "method = PUT", "GET or POST" },
		{ "header = nothing", "NAME: VALUE" },
		{ "credentials = ../x", "the name of a file" },
		{ "auth = header", "header NAME" },
		{ "auth = basic x", "header NAME" },
		{ "auth = basic", "auth needs credentials" },
		{ "credentials = x", "credentials need auth" },
		{ "from = shadowserver:https://x.example", "needs auth = hmac" },
		{ "every = 1 second", "a minute or more" },
		{ "every = 1 fortnight", "a minute or more" },
		{ "every = 99999999999999999999 days", "a minute or more" },
		{ "most = 65 GiB", "up to 64 GiB" },
		{ "wait = 2 days", "at most a day" },
		{ "private = maybe", "yes or no" },
		{ "ca = x.pem", "the whole path" },
		{ "from = https://x.example\nbody = x", "a body needs method = POST" },
	};
	autoarena a = { 0 };

	arena_init(&a, ROOM);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct feed_fetch f;
		struct err e = { 0 };

		CHECK(!read(arena_fmt(&a, "[fetch]\n%s\n", rows[i].text), &a, &f, &e));
		CHECK(e.kind == ERR_CONFIG);
		CHECK(str_contains(str_of(e.text), str_of(rows[i].says)));
	}
}

TEST("fetch: a status says who can do something about it")
{
	static const struct {
		unsigned status;
		uint32_t retry;
		enum err_kind kind;
		const char *says;
	} rows[] = {
		{ 200, 0, ERR_NONE, "" },
		{ 304, 0, ERR_NONE, "" },
		{ 401, 0, ERR_CONFIG,
		  "it refuses the credentials \"me\" (status 401): \"no  such key\"" },
		{ 403, 0, ERR_CONFIG, "credentials \"me\"" },
		{ 404, 0, ERR_CONFIG, "nothing at this address" },
		{ 429, 60, ERR_REMOTE, "asks to wait (status 429, 60 seconds)" },
		{ 503, 0, ERR_REMOTE, "asks to wait (status 503)" },
		{ 500, 0, ERR_REMOTE, "status 500" },
		{ 206, 0, ERR_REMOTE, "status 206" },
	};
	struct feed_fetch f = { .credentials = { "me", 2 } };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct err e = { 0 };
		bool good = feed_fetch_status(&f, rows[i].status, rows[i].retry,
					      S("\nno \x1bsuch key\n"), &e);

		CHECK(good == (rows[i].kind == ERR_NONE) && e.kind == rows[i].kind);
		CHECK(str_contains(str_of(e.text), str_of(rows[i].says)));
	}
}
