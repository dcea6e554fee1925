#include "base/buf.h"
#include "base/test.h"
#include "model/warning/parts.h"
#include "model/warning/set.h"

enum { LIMIT = 64 << 20 };

// A stand-in for an engine: a pattern fits where it stands in the text, but "(" is wrong.
static const void *compile(void *self, struct str pattern, struct err *e)
{
	struct str *code = arena_new(self, struct str, 1);

	*code = pattern;
	if (!str_eq(pattern, S("(")))
		return code;
	err_set(e, ERR_INPUT, "wrong");
	return NULL;
}

static bool fits(void *self, const void *pattern, struct str text)
{
	(void)self;
	return str_contains(text, *(const struct str *)pattern);
}

static const char *const texts[] = {
	"{\"name\":\"T\",\"description\":\"D\",\"version\":7,\"type\":\"cidr\",\"list\":["
	"\"10.0.0.0/8\",\"10.1.0.0/16\",\"10.1.2.3\",\"2001:DB8::/32\",\"2001:db8::1\",\"10.1.2.3/"
	"8\","
	"\"x\",\"\",7,[[\"10.0.0.1\"]]],\"matching_attributes\":[\"ip-src\"]}",
	"{\"type\":\"hostname\",\"list\":[\".Example.ORG\",\"*.wild.example\",\"a.example.org\","
	"\"example.org.\",\"b\\u00fccher.example\",\"a..b\"],\"matching_attributes\":[\"domain\","
	"\"url\"]}",
	"{\"list\":[\"AbC\",\"d41d8cd98f00b204e9800998ecf8427e\",\"192.0.2.9\",\"org\",\"AbC\","
	"\"me@mail.example\"],\"type\":\"string\"}",
	"{\"type\":\"substring\",\"list\":[\"track\",\"TRACKER.example\",\"1.1.1.1\",\"/x\",\"q\"],"
	"\"matching_attributes\":[\"url\",\"hostname\",\"ip-src\",\"ip-dst\"]}",
	"{\"type\":\"regex\",\"list\":[\"/fit/g\",\"plain\",\"(\",\"/a/x\",\"//\"]}",
	"{\"type\":\"cidr\",\"list\":[\"10.1.0.0/16\",\"10.0.0.0/8\"],"
	"\"matching_attributes\":[\"ip-dst\",\"hostname\",\"md5\"]}",
	"{\"type\":\"string\",\"list\":[\"0612345678\"],\"matching_attributes\":[\"phone-number\"]"
	"}",
};

static const char *const names[] = { "c", "h", "s", "p", "r", "d", "n" };

struct world {
	struct arena a;
	struct warning_list list[COUNTOF(texts)];
	struct warnings *x;
};

static size_t idn(struct str name, char out[NAME_MAX_BYTES + 1])
{
	if (!str_eq(name, S("b\xc3\xbc"
			    "cher.example")))
		return 0;
	memcpy(out, "xn--bcher-kva.example", 22);
	return 21;
}

static void build(struct world *w)
{
	struct warning_engine engine = { idn, compile, fits, &w->a };
	struct err e = { 0 };

	arena_init(&w->a, LIMIT);
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		CHECK(warning_list_read(str_of(texts[i]), &w->a, &w->list[i], &e));
		w->list[i].name = str_of(names[i]);
	}
	CHECK(warnings_build(w->list, COUNTOF(texts), &engine, &w->a, &w->x, &e));
}

static const struct {
	enum warning_kind kind;
	const char *value;
	const char *any;  // "c 10.1.2.3/32;": list and entry of all that have it
	const char *here; // of those that look at it on the side of the source
} asked[] = {
	{ OF_ADDRESS, "10.1.2.3", "c 10.1.2.3;d 10.1.0.0/16;", "c 10.1.2.3;" },
	{ OF_ADDRESS, "10.1.2.4", "c 10.1.0.0/16;d 10.1.0.0/16;", "c 10.1.0.0/16;" },
	{ OF_ADDRESS, "10.2.0.0", "c 10.0.0.0/8;d 10.0.0.0/8;", "c 10.0.0.0/8;" },
	{ OF_ADDRESS, "11.0.0.0", "", "" },
	{ OF_ADDRESS, "9.255.255.255", "", "" },
	{ OF_ADDRESS, "2001:db8:0::1", "c 2001:db8::1;", "c 2001:db8::1;" },
	{ OF_ADDRESS, "2001:db8:ffff::", "c 2001:DB8::/32;", "c 2001:DB8::/32;" },
	{ OF_ADDRESS, "2001:db9::", "", "" },
	{ OF_ADDRESS, "192.0.2.9", "s 192.0.2.9;", "s 192.0.2.9;" },
	{ OF_ADDRESS, "1.1.1.1", "p 1.1.1.1;", "p 1.1.1.1;" },
	{ OF_ADDRESS, "11.1.1.1", "", "" }, // an address inside another is chance
	{ OF_ADDRESS, "1.1.1.10", "", "" },
	{ OF_NAME, "EXAMPLE.org", "h .Example.ORG;", "h .Example.ORG;" },
	{ OF_NAME, "x.y.example.org", "h .Example.ORG;", "h .Example.ORG;" },
	{ OF_NAME, "x.a.example.org", "h a.example.org;", "h a.example.org;" },
	{ OF_NAME, "notexample.org", "", "" },
	{ OF_NAME, "org", "s org;", "s org;" },
	{ OF_NAME, "x.wild.example", "h *.wild.example;", "h *.wild.example;" },
	{ OF_NAME,
	  "www.b\xc3\xbc"
	  "cher.example",
	  NULL, NULL },
	{ OF_NAME, "www.xn--bcher-kva.example",
	  "h b\xc3\xbc"
	  "cher.example;",
	  "h b\xc3\xbc"
	  "cher.example;" },
	{ OF_NAME, "abc", "s AbC;", "s AbC;" },
	{ OF_NAME, "abcd", "", "" },
	{ OF_NAME, "tracker.example", "p TRACKER.example;", "p TRACKER.example;" },
	{ OF_NAME, "boqs", "p q;", "p q;" },
	{ OF_NAME, "fitting.test", "r /fit/g;", "r /fit/g;" },
	{ OF_NAME, "xplainx", "r plain;", "r plain;" },
	{ OF_NAME, "0612345678", "n 0612345678;", "" },
	{ OF_URL, "HTTP://127.0.0.1/X", "p /x;", "p /x;" },
	{ OF_URL, "ftp://host/", NULL, NULL },
	{ OF_MAIL, "Somebody@a.example.org", "h a.example.org;", "" },
	{ OF_MAIL, "me@MAIL.example", "s me@mail.example;", "s me@mail.example;" },
	{ OF_HASH, "D41D8CD98F00B204E9800998ECF8427E", "s d41d8cd98f00b204e9800998ecf8427e;",
	  "s d41d8cd98f00b204e9800998ecf8427e;" },
	{ OF_HASH, "d41d8cd98f00b204e9800998ecf8427", NULL, NULL },
};

static struct str found(struct world *w, const struct warning_value *v, unsigned looks)
{
	struct warning_hit hit[WARNING_MAX_HITS];
	struct buf b = { .p = arena_new(&w->a, char, 1024), .cap = 1024 };
	unsigned n = warnings_find(w->x, v, looks, hit);

	for (unsigned i = 0; i < n; i++)
		buf_fmt(&b, STR_FMT " " STR_FMT ";", STR_ARG(hit[i].list->name),
			STR_ARG(hit[i].entry));
	return buf_view(&b);
}

static bool is(struct str got, const char *want)
{
	if (!str_eq(got, str_of(want)))
		printf("# got " STR_FMT "\n", STR_ARG(got));
	return str_eq(got, str_of(want));
}

TEST("warninglists: each type finds what it says, with its narrowest entry")
{
	struct world w;

	build(&w);
	for (size_t i = 0; i < COUNTOF(asked); i++) {
		struct warning_value v;
		bool good =
			warning_value_read(asked[i].kind, str_of(asked[i].value), NULL, &w.a, &v);

		printf("# %s\n", asked[i].value);
		CHECK(good == (asked[i].any != NULL));
		if (!good)
			continue;
		CHECK(is(found(&w, &v, 0), asked[i].any));
		CHECK(is(found(&w, &v, warning_look(asked[i].kind, AT_SOURCE)), asked[i].here));
	}
	arena_done(&w.a);
}

TEST("warninglists: what cannot be read of a list is counted, with the first reason")
{
	static const struct {
		unsigned refused;
		const char *why;
	} rows[COUNTOF(texts)] = {
		{ 5, "an entry is a text" },
		{ 1, "\"a..b\": it is no name" },
		{ 0, "" },
		{ 0, "" },
		{ 3, "wrong" },
		{ 0, "" },
		{ 0, "" },
	};
	struct world w;

	build(&w);
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		CHECK(w.list[i].refused == rows[i].refused);
		CHECK(is(w.list[i].why, rows[i].why));
	}
	CHECK(is(w.list[0].title, "T") && is(w.list[0].description, "D") &&
	      is(w.list[0].version, "7"));
	arena_done(&w.a);
}

TEST("warninglists: what is no list is refused with a sentence")
{
	static const char *const bad[] = {
		"",
		"[]",
		"7",
		"{\"type\":\"cidr\"}",
		"{\"list\":[]}",
		"{\"type\":\"x\",\"list\":[]}",
		"{\"type\":\"cidr\",\"list\":[\"a\"",
		"{\"type\":\"cidr\",\"list\":[]} x",
		"{\"type\":\"cidr\",\"list\":[],\"matching_attributes\":[7]}",
		"{\"type\":[],\"list\":[]}",
		"{\"type\":\"cidr\",\"list\":{\"a\":1}}",
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct warning_list list;
		struct err e = { 0 };

		printf("# %s\n", bad[i]);
		CHECK(!warning_list_read(str_of(bad[i]), &a, &list, &e));
		CHECK(e.kind == ERR_INPUT && e.text[0] != '\0');
	}
}

TEST("warninglists: without matching_attributes a list looks at the source alone")
{
	struct world w;
	unsigned address = warning_look(OF_ADDRESS, AT_SOURCE),
		 there = warning_look(OF_ADDRESS, AT_DESTINATION);

	build(&w);
	CHECK((w.list[2].looks & address) != 0 && (w.list[2].looks & there) == 0);
	CHECK(w.list[0].looks == address && w.list[5].looks == there);
	CHECK(w.list[6].looks == 0);
	CHECK(warning_looks_at(w.list[5].looks, true, false) == address);
	CHECK(warning_looks_at(w.list[0].looks, true, true) == (address | there));
	arena_done(&w.a);
}

// Texts of few letters, so that beginnings, ends and repeats are common.
static struct str random_text(struct arena *a, uint32_t *seed, unsigned most)
{
	char *p = arena_new(a, char, most);
	size_t n;

	*seed = *seed * 1664525 + 1013904223;
	n = 1 + (*seed >> 16) % most;
	for (size_t i = 0; i < n; i++) {
		*seed = *seed * 1664525 + 1013904223;
		p[i] = "ab.\xff"[(*seed >> 20) % 4];
	}
	return (struct str){ p, n };
}

struct parts_seen {
	bool at[64];
};

static bool note(void *context, int32_t item)
{
	((struct parts_seen *)context)->at[item] = true;
	return true;
}

TEST("warninglists: parts of a text are those that a plain search finds")
{
	autoarena a = { 0 };
	uint32_t seed = 7;

	arena_init(&a, LIMIT);
	for (int round = 0; round < 300; round++) {
		char *mark = arena_mark(&a);
		struct part part[64];
		struct str text[64];
		struct parts x;
		size_t n = 0;

		for (int i = 0; i < 40; i++) {
			struct str s = random_text(&a, &seed, 6);
			size_t had = 0;

			while (had < n && !str_eq(text[had], s))
				had++;
			if (had < n)
				continue;
			text[n] = s;
			part[n] = (struct part){ .text = s, .item = (int32_t)n };
			n++;
		}
		parts_build(part, n, &a, &x);
		for (int k = 0; k < 20; k++) {
			struct str value = random_text(&a, &seed, 30);
			struct parts_seen seen = { 0 };

			parts_find(&x, value, note, &seen);
			for (size_t i = 0; i < n; i++)
				CHECK(seen.at[i] == str_contains(value, text[i]));
		}
		arena_back(&a, mark);
	}
}
