#include "base/test.h"
#include "model/feed/condition.h"

static struct str value(const void *of, struct str name, unsigned nth)
{
	static const struct str colours[] = { { "red", 3 }, { "dark blue", 9 } };

	(void)of;
	if (str_eq(name, S("a b")))
		return nth == 0 ? S("X1") : (struct str){ 0 };
	if (str_eq(name, S("blank")))
		return nth == 0 ? S(" ") : (struct str){ 0 };
	return str_eq(name, S("colour")) && nth < 2 ? colours[nth] : (struct str){ 0 };
}

TEST("condition: every test, its contrary, several values and several tests")
{
	static const struct {
		const char *text;
		bool fits;
	} rows[] = {
		{ "colour is red", true },
		{ "colour is RED", true },
		{ "colour is \"dark blue\"", true },
		{ "colour is blue", false },
		{ "colour has blue", true },
		{ "colour has blu*", true },
		{ "colour has lue", false },
		{ "colour starts dark", true },
		{ "colour ends \"k blue\"", true },
		{ "colour contains \"K B\"", true },
		{ "colour not contains x", true },
		{ "colour not is green", true },
		{ "colour not is red", false },
		{ "colour there", true },
		{ "shape there", false },
		{ "shape not there", true },
		{ "blank there", false },
		{ "\"a b\" is x1 and colour is red", true },
		{ "\"a b\" is x1 and colour is green", false },
	};
	autoarena a = { 0 };
	struct condition c;
	struct err e = { 0 };

	arena_init(&a, 1 << 16);
	CHECK(condition_fits(&(struct condition){ 0 }, (struct condition_of){ value, NULL }));
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		CHECK(condition_read(str_of(rows[i].text), &a, &c, &e));
		CHECK(condition_fits(&c, (struct condition_of){ value, NULL }) == rows[i].fits);
	}
}

TEST("condition: what is none is told so")
{
	static const char *const rows[] = { "",         "a",         "a was b",
					    "a is",     "a not",     "a is b or c is d",
					    "a is b c", "a is b and" };
	autoarena a = { 0 };
	struct condition c;

	arena_init(&a, 1 << 16);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct err e = { 0 };

		CHECK(!condition_read(str_of(rows[i]), &a, &c, &e) && e.kind == ERR_CONFIG);
	}
}
