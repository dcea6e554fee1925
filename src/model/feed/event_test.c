#include "base/test.h"
#include "codec/text/words.h"
#include "model/feed/event.h"
#include "model/feed/event_json.h"
#include "model/feed/feed.h"

// A feed file's lines below a head that every one needs.
static const struct feed_type *type_of(struct arena *a, struct str lines)
{
	struct feed *f = arena_new(a, struct feed, 1);
	struct str text =
		arena_fmt(a,
			  "[feed]\nname = t\n[format]\nheader = yes\n[columns]\n" STR_FMT "\n"
			  "[match]\nsource.ip = address\n",
			  STR_ARG(lines));
	struct err e = { 0 };

	if (!feed_read(S("t"), text, a, f, &e))
		printf("# %s\n", e.text);
	CHECK(e.kind == ERR_NONE);
	return &f->types.at[0];
}

static void same(struct arena *a, const struct event *ev, struct str want)
{
	struct buf b = { .p = arena_new(a, char, 4096), .cap = 4096 };

	event_json(&b, ev, false);
	if (!str_eq(buf_view(&b), want))
		printf("# got  " STR_FMT "\n# want " STR_FMT "\n", STR_ARG(buf_view(&b)),
		       STR_ARG(want));
	CHECK(str_eq(buf_view(&b), want));
}

TEST("event: lines of a feed file make fields of columns")
{
	static const struct {
		const char *lines, *names, *texts, *want;
	} rows[] = {
		{ "a = source.ip", "a", "192.0.2.1", "\"source.ip\":\"192.0.2.1\"" },
		{ "a = source.ip", "a b", "192.0.2.1 x",
		  "\"source.ip\":\"192.0.2.1\",\"extra.b\":\"x\"" },
		{ "a = source.ip\n* = none", "a b", "192.0.2.1 x", "\"source.ip\":\"192.0.2.1\"" },
		{ "a = source.ip", "a", "none.such", "\"extra.a\":\"none.such\"" },
		{ "a = source.port", "a", "080", "\"source.port\":80" },
		{ "a = source.ip | part 1 of :\na = source.port | part 2 of :", "a", "192.0.2.1:80",
		  "\"source.ip\":\"192.0.2.1\",\"source.port\":80" },
		{ "a = source.ip if b is ip\na = source.fqdn if b is name", "a b", "w.example name",
		  "\"source.fqdn\":\"w.example\",\"extra.b\":\"name\"" },
		{ "a = source.ip | split ,", "a", "192.0.2.1,192.0.2.2",
		  "\"source.ip\":[\"192.0.2.1\",\"192.0.2.2\"]" },
		{ "a = - secret", "a", "hunter2", "\"extra.a\":\"present\"" },
		{ "a = source.account | before :\na = extra.pass secret | after :", "a",
		  "j@x.example:hunter2",
		  "\"source.account\":\"j@x.example\",\"extra.pass\":\"present\"" },
		{ "a = source.account\na = extra.pass secret | after :", "a", "j@x.example:hunter2",
		  "\"source.account\":\"present\",\"extra.pass\":\"present\"" },
		{ "a = source.fqdn | lower\na = extra.pass secret | after :", "a",
		  "j@x.example:hunter2", "\"extra.a\":\"present\",\"extra.pass\":\"present\"" },
		{ "a = - | number\nb = - | boolean", "a b", "7 yes",
		  "\"extra.a\":7,\"extra.b\":true" },
		{ "a = - | number", "a", "7x", "\"extra.a\":\"7x\"" },
		{ "a = none", "a b", "1 2", "\"extra.b\":\"2\"" },
		{ "a = -\n[set]\nstatus = on if a is 1\nstatus = off\ncomment = \"two words\"", "a",
		  "1", "\"extra.a\":\"1\",\"status\":\"on\",\"comment\":\"two words\"" },
		{ "a = -\n[set]\nstatus = on if a is 1\nstatus = off if extra.a is 2", "a", "2",
		  "\"extra.a\":\"2\",\"status\":\"off\"" },
		{ "a = extra.x | table t | else z\n[table t]\nq = r", "a", "q",
		  "\"extra.x\":\"r\"" },
		{ "A B = extra.ab", "A", "1", "\"extra.a\":\"1\"" },
		{ "a = source.ip | fitting\na = source.fqdn | fitting", "a", "Host.Example",
		  "\"source.fqdn\":\"host.example\"" },
		{ "a = source.port\n[set]\ndestination.port = 22", "a", "5",
		  "\"source.port\":5,\"destination.port\":22" },
		{ "a = -", "extra.a", "1", "\"extra.a\":\"1\"" },
		{ "a = extra.x", "a b a b", "1 2 3 4",
		  "\"extra.x\":[\"1\",\"3\"],\"extra.b\":[\"2\",\"4\"]" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 24);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str name[4], text[4], names = str_of(rows[i].names),
					     texts = str_of(rows[i].texts);
		struct event_row row = { .text = text };
		struct event ev = { 0 };
		const struct feed_type *t = type_of(&a, str_of(rows[i].lines));

		for (; words_next(&names, &a, &name[row.n], NULL); row.n++)
			CHECK(words_next(&texts, &a, &text[row.n], NULL));
		event_make(event_plan(t, name, row.n, NULL, &a), &row, &a, &ev);
		same(&a, &ev, str_of(rows[i].want));
	}
}

TEST("event: the lines of a type go before those that all types share, column by column")
{
	autoarena a = { 0 };
	struct feed f;
	struct str name[] = { S("a"), S("b"), S("c") }, text[] = { S("1"), S("2"), S("3") };
	struct event_row row = { .text = text, .n = 3 };
	struct event ev = { 0 };
	struct err e = { 0 };

	arena_init(&a, 1 << 24);
	CHECK(feed_read(S("t"),
			S("[feed]\nname = t\n[format]\nheader = yes\n[columns]\n"
			  "a = extra.all\nb = extra.two\nb = extra.also\n[match]\nsource.ip = "
			  "address\n[columns one]\na = extra.one\n"),
			&a, &f, &e));
	event_make(event_plan(feed_type(&f, S("one")), name, 3, NULL, &a), &row, &a, &ev);
	same(&a, &ev,
	     S("\"extra.one\":\"1\",\"extra.two\":\"2\",\"extra.also\":\"2\",\"extra.c\":\"3\""));
}

TEST("event: cells find their lines by name, and keep what they are")
{
	autoarena a = { 0 };
	struct cells cells = { 0 };
	struct event_row row = { .cells = &cells };
	struct event ev = { 0 };

	arena_init(&a, 1 << 24);
	cells_add(&cells, &a, (struct cell){ S("x.ip"), S("192.0.2.1"), CELL_TEXT });
	cells_add(&cells, &a, (struct cell){ S("x.ip"), S("192.0.2.2"), CELL_TEXT });
	cells_add(&cells, &a, (struct cell){ S("n"), S("7"), CELL_NUMBER });
	cells_add(&cells, &a, (struct cell){ S("b"), S("true"), CELL_BOOLEAN });
	event_make(
		event_plan(type_of(&a, S("x.ip = source.ip\nn = extra.count")), NULL, 0, NULL, &a),
		&row, &a, &ev);
	same(&a, &ev,
	     S("\"source.ip\":[\"192.0.2.1\",\"192.0.2.2\"],\"extra.count\":7,\"extra.b\":true"));
	CHECK(ev.fields.at[3].unmapped && !ev.fields.at[2].unmapped);
}

TEST("event: what the head of a file says is a column of each record")
{
	autoarena a = { 0 };
	struct cells head = { 0 };
	struct str text[] = { S("192.0.2.1") }, name[] = { S("line") };
	struct event_row row = { .text = text, .n = 1, .head = &head };
	struct event ev = { 0 };
	const struct feed_type *t;

	arena_init(&a, 1 << 24);
	cells_add(&head, &a, (struct cell){ S("made"), S("1450193702 (GMT)"), CELL_TEXT });
	t = type_of(
		&a,
		S("line = source.ip if made there\nmade = time.source | before \" (\" | epoch"));
	event_make(event_plan(t, name, 1, NULL, &a), &row, &a, &ev);
	same(&a, &ev, S("\"source.ip\":\"192.0.2.1\",\"time.source\":\"2015-12-15T15:35:02Z\""));
}

TEST("event: values of the vocabulary are put right")
{
	static const struct {
		const char *field, *text, *want; // NULL: it does not fit
	} rows[] = {
		{ "source.ip", "fe80::1%eth0", "fe80::1" },
		{ "source.ip", "2130706433", "127.0.0.1" },
		{ "source.ip", "123", NULL },
		{ "source.network", "192.0.2.7/24", "192.0.2.0/24" },
		{ "source.network", "2001:db8::1/32", "2001:db8::/32" },
		{ "source.network", "192.0.2.1/37", NULL },
		{ "source.fqdn", ".Example.Net.", "example.net" },
		{ "source.url", "hxxps://a.example/", "https://a.example/" },
		{ "source.url", "file:///etc/hosts", "file://localhost/etc/hosts" },
		{ "source.url", "http://", NULL },
		{ "source.registry", "ripe-ncc", "RIPE" },
		{ "tlp", "tlp:amber", "AMBER" },
		{ "tlp", "TLP YELLOW", "AMBER" },
		{ "tlp", "blue", NULL },
		{ "classification.type", "Infected System", "infected-system" },
		{ "classification.type", "c&c", "c2-server" },
		{ "classification.type", "foobar", NULL },
		{ "classification.taxonomy", "malicious code", "malicious-code" },
		{ "protocol.transport", "TCP", "tcp" },
		{ "protocol.transport", "http", NULL },
		{ "feed.accuracy", "+137.23", "137.23" },
		{ "feed.accuracy", "-31.e-2", "-31.0e-2" },
		{ "feed.accuracy", "1e", NULL },
		{ "rtir_id", "-7", "-7" },
		{ "time.source", "2016-07-19 06:40:01+02:00 UTC", "2016-07-19T04:40:01Z" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 24);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str text = str_of(rows[i].text), name = S("a");
		struct event_row row = { .text = &text, .n = 1 };
		struct event ev = { 0 };
		const struct feed_type *t =
			type_of(&a, arena_fmt(&a, "a = %s | fitting", rows[i].field));
		struct str have;

		event_make(event_plan(t, &name, 1, NULL, &a), &row, &a, &ev);
		have = event_get(&ev, str_of(rows[i].field));
		CHECK((have.p == NULL) == (rows[i].want == NULL));
		CHECK(rows[i].want == NULL || str_eq(have, str_of(rows[i].want)));
	}
}

TEST("event: mistakes in a feed file are told with line and column")
{
	static const struct {
		const char *lines, *says;
	} rows[] = {
		{ "a = sorce.ip", "line 6, column 5" },
		{ "a = source.ip if b", "line 6, column 5" },
		{ "a = source.ip | lowr", "did you mean \"lower\"" },
		{ "a = source.ip | table none", "no [table none]" },
		{ "a = time.source | zone +01:00 | time %Y", "time stands before zone" },
		{ "a = source.ip privat", "plain, personal, secret or third-party" },
		{ "a = source.ip plain more", "FIELD [ROLE]" },
		{ "[sett]\nx = y", "did you mean [set]" },
		{ "[feed]\nprovidr = y", "did you mean \"provider\"" },
		{ "[format]\nkind = csv", "delimited, lines, json-lines" },
		{ "[issue]\nx = ip is 1", "a condition on fields" },
		{ "[select]\na = address", "[select] or [match]" },
		{ "[set]\nsource.port = many", "a value that this field may have" },
		{ "[head]\nx = a b", "a text of the line" },
		{ "[format]\npair = ab", "one character" },
		{ "[format]\ntable = 0", "a number from 1" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 22);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct feed f;
		struct err e = { 0 };
		struct str text = arena_fmt(
			&a,
			"[feed]\nname = t\n[format]\nheader = yes\n[columns]\n" STR_FMT "\n"
			"[match]\nsource.ip = address\n",
			STR_ARG(str_of(rows[i].lines)));

		CHECK(!feed_read(S("t"), text, &a, &f, &e));
		if (!str_contains(str_of(e.text), str_of(rows[i].says)))
			printf("# %s\n", e.text);
		CHECK(str_contains(str_of(e.text), str_of(rows[i].says)));
	}
}

TEST("feed: where a file names its columns, others are a mistake")
{
	static const struct {
		const char *lines, *says; // says: NULL: it is none
	} rows[] = {
		{ "b = extra.b if were is x", "did you mean \"where\"" },
		{ "b = extra.b if where is x and zz there", "no column is called \"zz\"" },
		{ "b = extra.b if made there", NULL },
		{ "[set]\nseverity = high if were is x", "[set], a condition" },
		{ "[set]\nseverity = high if where is x and source.ip there", NULL },
		{ "[select]\nwere = address", "[select]: no column" },
		{ "[select]\nwhere = name by kynd", "[select], by" },
		{ "[format]\nheader = yes\n[columns]\nb = extra.b if were is x", NULL },
		{ "[format]\nkind = json\n[columns]\nb = extra.b if were is x", NULL },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 22);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct feed f;
		struct err e = { 0 };
		bool good = feed_read(
			S("t"),
			arena_fmt(&a,
				  "[feed]\nname = t\nrole = context\n[format]\nkind = delimited\n"
				  "header = no\n[head]\nmade = \"made:\"\n[columns]\n"
				  "where = source.ip\n%s\n",
				  rows[i].lines),
			&a, &f, &e);

		CHECK(good == (rows[i].says == NULL));
		CHECK(good ||
		      (e.kind == ERR_CONFIG && str_contains(str_of(e.text), str_of(rows[i].says))));
	}
}

TEST("feed: without a path of records the whole of a document is one, or each of its elements")
{
	autoarena a = { 0 };
	struct err e = { 0 };
	struct feed f;
	struct str text = S("[feed]\nname = t\n[format]\nkind = json\n[columns]\na = source.ip\n"
			    "[match]\nsource.ip = address\n");

	arena_init(&a, 1U << 20);
	CHECK(feed_read(S("t"), text, &a, &f, &e));
	CHECK(f.tree.count == 1 && f.tree.records[0].n == 0 && f.tree.context.n == 0);
}

TEST("event: the other side of a record, and what a feed file marks so, is somebody else's")
{
	static const struct {
		const char *lines, *key;
		bool third;
	} rows[] = {
		{ "a = source.ip\nb = destination.ip", "destination.ip", true },
		{ "a = source.ip\nb = destination.ip", "destination.port", true },
		{ "a = source.ip\nb = destination.ip", "source.ip", false },
		{ "a = source.ip\nB-c = - third-party", "extra.b_c", true },
		{ "a = source.ip\nB-c = - third-party", "extra.b_d", false },
		{ "a = source.ip\nb = source.account third-party", "source.account", true },
		{ "a = source.ip\nb = source.account third-party", "extra.b", true }, // a misfit
		{ "a = source.ip\nextra.b = - third-party", "extra.b", true },
		{ "a = source.ip\nb = -", "extra.b", false },
		{ "a = source.ip\nb = destination.fqdn", "extra.b", true }, // an address, say
		{ "a = source.ip\nb = source.fqdn", "extra.b", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };

		arena_init(&a, 1 << 20);
		printf("# row %zu\n", i);
		CHECK(event_third_party(type_of(&a, str_of(rows[i].lines)), str_of(rows[i].key)) ==
		      rows[i].third);
	}
	CHECK(event_third_party(NULL, S("destination.ip")));
	CHECK(!event_third_party(NULL, S("source.ip")));
}
