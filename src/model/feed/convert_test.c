#include "base/test.h"
#include "model/feed/convert.h"

static struct str column(const void *of, struct str name, unsigned nth)
{
	(void)of;
	if (nth > 0)
		return (struct str){ 0 };
	return str_eq(name, S("host"))   ? S("a.example")
	       : str_eq(name, S("path")) ? S(" /x ")
					 : (struct str){ 0 };
}

static struct feed_table table;

static void read_all(struct arena *a, struct str text, struct converters *c)
{
	struct err e = { 0 };

	*c = (struct converters){ .at = arena_new(a, struct convert, CONVERT_MAX) };
	while (text.n > 0) {
		CHECK(convert_read(str_cut(&text, '|'), a, &c->at[c->count], &e));
		c->at[c->count++].table = &table;
	}
}

TEST("convert: each converter, alone and behind others")
{
	static const struct {
		const char *in, *by, *out[4];
	} rows[] = {
		{ "Ab", "lower", { "ab" } },
		{ "Ab", "upper", { "AB" } },
		{ "[x]", "trim \"[]\"", { "x" } },
		{ "n/a", "none N/A", { NULL } },
		{ "0", "zero-none", { NULL } },
		{ "10", "zero-none", { "10" } },
		{ "1.2.3.4:80", "part 2 of :", { "80" } },
		{ "1.2.3.4:80", "part -2 of :", { "1.2.3.4" } },
		{ "1.2.3.4", "part 2 of :", { NULL } },
		{ "a:b:c", "before :", { "a" } },
		{ "abc", "before :", { "abc" } },
		{ "a:b:c", "after :", { "b:c" } },
		{ "abc", "after :", { NULL } },
		{ "a, b,,c", "split ,", { "a", "b", "c" } },
		{ "a, b,,c", "split , | last", { "c" } },
		{ "a, b,,c", "split , | first", { "a" } },
		{ "a, b,,c", "split , | join +", { "a+b+c" } },
		{ "x;CVE-2021-1;cve-2022-2",
		  "words cve-* | upper",
		  { "CVE-2021-1", "CVE-2022-2" } },
		{ "a--b--", "replace -- \"\"", { "ab" } },
		{ "aaa", "replace a bb", { "bbbbbb" } },
		{ "010.001.002.003", "unpad", { "10.1.2.3" } },
		{ "10.0.0.100", "unpad", { "10.0.0.100" } },
		{ "192.0.2.1:80", "endpoint address", { "192.0.2.1" } },
		{ "192.0.2.1:80", "endpoint name", { NULL } },
		{ "192.0.2.1:80", "endpoint port", { "80" } },
		{ "192.0.2.1", "endpoint address", { "192.0.2.1" } },
		{ "192.0.2.1", "endpoint name", { NULL } },
		{ "192.0.2.1", "endpoint port", { NULL } },
		{ "[2001:db8::1]:443", "endpoint address", { "2001:db8::1" } },
		{ "[2001:db8::1]:443", "endpoint name", { NULL } },
		{ "[2001:db8::1]:443", "endpoint port", { "443" } },
		{ "[2001:db8::1]", "endpoint address", { "2001:db8::1" } },
		{ "[2001:db8::1]", "endpoint name", { NULL } },
		{ "[2001:db8::1]", "endpoint port", { NULL } },
		{ "2001:db8::1:80", "endpoint address", { "2001:db8::1:80" } },
		{ "2001:db8::1:80", "endpoint name", { NULL } },
		{ "2001:db8::1:80", "endpoint port", { NULL } },
		{ "a.example:8080", "endpoint address", { NULL } },
		{ "a.example:8080", "endpoint name", { "a.example" } },
		{ "a.example:8080", "endpoint port", { "8080" } },
		{ "a.example", "endpoint address", { NULL } },
		{ "a.example", "endpoint name", { "a.example" } },
		{ "a.example", "endpoint port", { NULL } },
		{ "a.example (192.0.2.1):443", "endpoint address", { "192.0.2.1" } },
		{ "a.example (192.0.2.1):443", "endpoint name", { "a.example" } },
		{ "a.example (192.0.2.1):443", "endpoint port", { "443" } },
		{ "a.example(2001:db8::1)", "endpoint address", { "2001:db8::1" } },
		{ "a.example(2001:db8::1)", "endpoint name", { "a.example" } },
		{ "a.example(2001:db8::1)", "endpoint port", { NULL } },
		{ "192.0.2.1:99999", "endpoint port", { "192.0.2.1:99999" } },
		{ "192.0.2.1:", "endpoint port", { "192.0.2.1:" } },
		{ "a b:80", "endpoint port", { "a b:80" } },
		{ "80", "endpoint port", { "80" } },
		{ "[a.example]:80", "endpoint port", { "[a.example]:80" } },
		{ "192.0.2.1 (192.0.2.2):80", "endpoint port", { "192.0.2.1 (192.0.2.2):80" } },
		{ "a.example (b.example):80", "endpoint port", { "a.example (b.example):80" } },
		{ "a.example (192.0.2.1) x", "endpoint port", { "a.example (192.0.2.1) x" } },
		{ ":80", "endpoint port", { ":80" } },
		{ "http://a.example:80", "endpoint port", { "http://a.example:80" } },
		{ "One", "table t", { "1" } },
		{ "oneself", "table t", { "prefix" } },
		{ "two", "table t", { "two" } },
		{ "two", "table t | else other", { "other" } },
		{ "one", "table t | else other", { "1" } },
		{ "02.03.2026 04:05",
		  "time \"%d.%m.%Y %H:%M\" | zone +01:00",
		  { "2026-03-02T03:05:00Z" } },
		{ "2026-03-02T04:05:00Z", "zone +01:00", { "2026-03-02T04:05:00Z" } },
		{ "soon", "time %Y", { "soon" } },
		{ "1495782036", "epoch", { "2017-05-26T07:00:36Z" } },
		{ "1495782036.5", "epoch", { "2017-05-26T07:00:36.500000Z" } },
		{ "1495782036250", "epoch-ms", { "2017-05-26T07:00:36.250000Z" } },
		{ "130920192000000000", "filetime", { "2015-11-15T00:00:00Z" } },
		{ "hxxp://a[.]b(dot)c/x", "refang", { "http://a.b.c/x" } },
		{ "a.b/x", "scheme http", { "http://a.b/x" } },
		{ "https://a.b/x", "scheme http", { "https://a.b/x" } },
		{ "http://u@a.b:80/x?y", "host", { "a.b" } },
		{ "http://[2001:db8::1]:80/", "host", { "2001:db8::1" } },
		{ "http://a.b/x?y", "path", { "/x?y" } },
		{ "-", "compose http://{host}{path}", { "http://a.example/x" } },
		{ "-", "compose {host}{nothing}", { NULL } },
		{ "foo", "encode base64", { "Zm9v" } },
		{ "Zm9v", "decode base64", { "foo" } },
		{ "Zm9v", "base64", { "Zm9v" } },
		{ "foo!", "base64", { "Zm9vIQ==" } },
		{ "/y?z", "request host path", { "http://a.example/y?z" } },
		{ "GET /y HTTP/1.1", "request host path", { "http://a.example/y" } },
		{ "GET", "request host path", { "http://a.example" } },
		{ "/y", "request nothing path", { "/y" } },
		{ "[\"a\",\"b\\\"\",3]", "json", { "a", "b\"", "3" } },
		{ "plain", "json", { "plain" } },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 22);
	*list_add(&table.rows, &a) = (struct feed_pair){ S("one"), S("1") };
	*list_add(&table.rows, &a) = (struct feed_pair){ S("one*"), S("prefix") };
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct values v = { .count = 1, .at = { str_of(rows[i].in) } };
		struct converters c;
		unsigned n = 0;

		read_all(&a, str_of(rows[i].by), &c);
		convert_apply(&c, (struct condition_of){ column, NULL }, &a, &v);
		if (v.count > 0 && rows[i].out[0] != NULL &&
		    !str_eq(v.at[0], str_of(rows[i].out[0])))
			printf("# %s: " STR_FMT "\n", rows[i].by, STR_ARG(v.at[0]));
		for (; n < 4 && rows[i].out[n] != NULL; n++)
			CHECK(n < v.count && str_eq(v.at[n], str_of(rows[i].out[n])));
		CHECK(v.count == n && !v.over);
	}
}

TEST("convert: a number says what it is")
{
	struct values v = { .count = 1, .at = { S("7") } };
	autoarena a = { 0 };
	struct converters c;

	arena_init(&a, 1 << 16);
	read_all(&a, S("number"), &c);
	convert_apply(&c, (struct condition_of){ column, NULL }, &a, &v);
	CHECK(v.typed && v.kind == EVENT_NUMBER && v.count == 1);
}

TEST("convert: converters that only drop or say what it is do so without a list of values")
{
	autoarena a = { 0 };
	struct converters c;
	enum event_kind kind = EVENT_TEXT;

	arena_init(&a, 1 << 16);
	read_all(&a, S("zero-none | none unknown | number"), &c);
	for (unsigned i = 0; i < c.count; i++)
		CHECK(convert_filters(&c.at[i]));
	CHECK(!convert_filter(&c, S("0"), &kind) && !convert_filter(&c, S("Unknown"), &kind));
	CHECK(convert_filter(&c, S("10"), &kind) && kind == EVENT_NUMBER);
	read_all(&a, S("lower"), &c);
	CHECK(!convert_filters(&c.at[0]));
}

TEST("convert: more values than may be are left out and said")
{
	char text[2 * VALUES_MAX + 8];
	struct values v = { .count = 1, .at = { { text, sizeof text } } };
	autoarena a = { 0 };
	struct converters c;

	for (size_t i = 0; i < sizeof text; i++)
		text[i] = i % 2 == 0 ? 'x' : ',';
	arena_init(&a, 1 << 16);
	read_all(&a, S("split ,"), &c);
	convert_apply(&c, (struct condition_of){ column, NULL }, &a, &v);
	CHECK(v.over && v.count == VALUES_MAX);
}

TEST("convert: what is none, or lacks something, is told so")
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "lowr", "did you mean \"lower\"" },
		{ "part x of :", "part n of a" },
		{ "part 1 :", "part n of a" },
		{ "part 0 of :", "part n of a" },
		{ "split", "split a" },
		{ "lower case", "lower" },
		{ "zone CET", "zone z" },
		{ "", "a converter" },
		{ "split \"\"", "cuts nothing" },
		{ "encode hex", "only base64" },
		{ "endpoint host", "address, name or port" },
		{ "quetzalcoatl", "no converter" },
	};
	autoarena a = { 0 };
	struct convert c;

	arena_init(&a, 1 << 16);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct err e = { 0 };

		CHECK(!convert_read(str_of(rows[i].text), &a, &c, &e) && e.kind == ERR_CONFIG);
		CHECK(str_contains(str_of(e.text), str_of(rows[i].says)));
	}
}
