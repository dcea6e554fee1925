#include "base/test.h"
#include "codec/net/urlform.h"

TEST("urlform: pairs are read as a browser writes them")
{
	static const struct {
		struct str text, name, value;
	} rows[] = {
		{ S("a=b"), S("a"), S("b") },
		{ S("a"), S("a"), S("") },
		{ S("&&a=b&"), S("a"), S("b") },
		{ S("a=b=c"), S("a"), S("b=c") },
		{ S("r.F-1=a+b%2Bc%26"), S("r.F-1"), S("a b+c&") },
		{ S("%61=%e2%82%ac"), S("a"), S("\xe2\x82\xac") },
		{ S("a=100%"), S("a"), S("100%") },
		{ S("a=%zz%4"), S("a"), S("%zz%4") },
		{ S("a=one%0D%0Atwo%0Dthree%0A"), S("a"), S("one\ntwo\nthree\n") },
		{ S("=b"), S(""), S("b") },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct urlform f = { rows[i].text, 0 };
		struct str name, value;
		struct err e = { 0 };

		CHECK(urlform_next(&f, &a, &name, &value, &e));
		CHECK(str_eq(name, rows[i].name) && str_eq(value, rows[i].value));
		CHECK(!urlform_next(&f, &a, &name, &value, &e) && e.kind == ERR_NONE);
	}
}

TEST("urlform: what is no text, and more fields than there can be, are refused")
{
	static const struct str bad[] = {
		{ "a=%00", 5 }, { "a=%1b%5b", 8 }, { "a=%ff", 5 }, { "%80=a", 5 }, { "a=\x7f", 3 }
	};
	static char many[2 * (URLFORM_PAIRS + 1)];
	struct urlform f = { { many, sizeof many }, 0 };
	struct str name, value;
	struct err e = { 0 };
	autoarena a = { 0 };

	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct urlform one = { bad[i], 0 };
		struct err why = { 0 };

		CHECK(!urlform_next(&one, &a, &name, &value, &why) && why.kind == ERR_INPUT);
	}
	for (size_t i = 0; i < sizeof many; i++)
		many[i] = i % 2 == 0 ? 'a' : '&';
	for (unsigned i = 0; i < URLFORM_PAIRS; i++)
		CHECK(urlform_next(&f, &a, &name, &value, &e));
	CHECK(!urlform_next(&f, &a, &name, &value, &e) && e.kind == ERR_LIMIT);
}
