#include "base/test.h"
#include "model/feed/feed.h"
#include "model/feed/guess.h"

TEST("guess: a draft names separator, header and columns, and is a feed file")
{
	static const struct {
		const char *sample, *named, *has[4];
	} rows[] = {
		{ "ip;port;seen;note\n192.0.2.1;80;2026-03-02 04:11;x\n192.0.2.2;81;2026-03-02 "
		  "04:12;y\n",
		  NULL,
		  { "separator = ;", "header = yes", "ip = source.ip", "seen = time.source" } },
		{ "192.0.2.1,198.51.100.7,a\n192.0.2.2,198.51.100.8,b\n",
		  NULL,
		  { "header = no", "column1 = source.ip", "column2 = destination.ip third-party",
		    "column3 = -" } },
		{ "a@x.example\tp1\nb@x.example\tp2\n",
		  "email,password",
		  { "separator = tab", "email = source.account personal",
		    "password = extra.password secret", "source.account = mail" } },
		{ "# list\n192.0.2.1\n192.0.2.2\n", NULL, { "kind = lines", "line = source.ip" } },
		{ "www.a.example\nb.example\n", NULL, { "kind = lines", "source.fqdn = name" } },
		{ "# a list\n#where|when|what\n192.0.2.1:80|02.03.2026 04:05|x\n"
		  "[2001:db8::1]:443|02.03.2026 04:06|y\nbroken\n192.0.2.3:80|02.03.2026 "
		  "04:05|x\n",
		  NULL,
		  { "# 1 of 4 lines", "where = source.ip | endpoint address",
		    "where = source.port | endpoint port",
		    "when = time.source | time \"%d.%m.%Y %H:%M\"" } },
		{ "192.0.2.1:80,192.0.2.2:81\n192.0.2.1:80,192.0.2.2:81\n",
		  NULL,
		  { "column1 = source.port | endpoint port",
		    "column2 = destination.ip third-party | endpoint address",
		    "column2 = destination.port | endpoint port" } },
		{ "# dump\na@x.example:p1\nb@x.example:p:2\nnot one\nc@x.example:p3\n",
		  NULL,
		  { "kind = lines", "line = source.account personal | before \":\"",
		    "line = extra.password secret | after \":\"", "source.account = mail" } },
		{ "a@x.example;p1\nb@x.example;p2\n",
		  NULL,
		  { "password = extra.password secret" } },
		{ "192.0.2.1\n192.0.2.2\nend of list\n192.0.2.3\n",
		  NULL,
		  { "# 1 of 4 lines", "line = source.ip" } },
		{ "Dear all,\nplease see 192[.]0[.]2[.]1 and others.\n", NULL, { "kind = text" } },
		{ "{\"ip\":\"192.0.2.1\",\"n\":1}\n{\"ip\":\"192.0.2.2\",\"n\":2}\n",
		  NULL,
		  { "kind = json-lines", "ip = source.ip", "n = -" } },
		{ "[{\"host\":{\"addr\":\"192.0.2.1\"}}]",
		  NULL,
		  { "kind = json", "host.addr = source.ip" } },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 26);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = { .p = arena_new(&a, char, GUESS_DRAFT), .cap = GUESS_DRAFT };
		struct feed f;
		struct err e = { 0 };

		CHECK(guess_feed(str_of(rows[i].sample), str_of(rows[i].named), &a, &b));
		for (size_t k = 0; k < 4 && rows[i].has[k] != NULL; k++) {
			if (!str_contains(buf_view(&b), str_of(rows[i].has[k])))
				printf("# no %s in\n" STR_FMT "\n", rows[i].has[k],
				       STR_ARG(buf_view(&b)));
			CHECK(str_contains(buf_view(&b), str_of(rows[i].has[k])));
		}
		if (!feed_read(S("t"),
			       arena_fmt(&a, "[feed]\nname = t\n" STR_FMT, STR_ARG(buf_view(&b))),
			       &a, &f, &e))
			printf("# %s\n" STR_FMT "\n", e.text, STR_ARG(buf_view(&b)));
		CHECK(e.kind == ERR_NONE);
	}
}

TEST("guess: nothing of the net is nothing to guess from")
{
	static const char *const rows[] = { "", "\n\n# only a comment\n",
					    "Dear all,\nnothing here.\n", "{}\n" };
	autoarena a = { 0 };

	arena_init(&a, 1 << 26);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct buf b = { .p = arena_new(&a, char, GUESS_DRAFT), .cap = GUESS_DRAFT };

		CHECK(!guess_feed(str_of(rows[i]), (struct str){ 0 }, &a, &b));
	}
}
