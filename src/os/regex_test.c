#include "base/test.h"
#include "os/regex.h"

enum { LIMIT = 80 << 20 };

TEST("regex: Perl's patterns fit anywhere and in any case")
{
	static const struct {
		const char *pattern, *text;
		bool fits;
	} rows[] = {
		{ "^(?:www\\.)?ex[a-z]+\\.org$", "WWW.example.org", true },
		{ "^(?:www\\.)?ex[a-z]+\\.org$", "www.example.organ", false },
		{ "((?:\\+|00)44)?0121496(\\d{4})", "00440121496 0123", false },
		{ "((?:\\+|00)44)?0121496(\\d{4})", "x01214960123", true },
		{ "a(?=b)", "xab", true },
		{ "", "", true },
	};
	autoarena a = { 0 };
	struct warning_engine x;

	arena_init(&a, LIMIT);
	x = regex_engine(&a);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct err e = { 0 };
		const void *p = x.compile(x.self, str_of(rows[i].pattern), &e);

		printf("# %s\n", rows[i].pattern);
		CHECK(p != NULL && x.fits(x.self, p, str_of(rows[i].text)) == rows[i].fits);
	}
}

TEST("regex: what cannot be compiled is refused with a sentence")
{
	static const char *const bad[] = {
		"(",   "a{2,1}",  "[z-a]",
		"\\C", "(*UTF)a", "((((((((((a{999}){999}){999}){999}))))))))"
	};
	autoarena a = { 0 };
	struct warning_engine x;

	arena_init(&a, LIMIT);
	x = regex_engine(&a);
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct err e = { 0 };

		printf("# %s\n", bad[i]);
		CHECK(x.compile(x.self, str_of(bad[i]), &e) == NULL);
		CHECK(e.kind == ERR_INPUT && str_contains(str_of(e.text), S("at byte")));
	}
}

TEST("regex: a pattern that would try for ever fits nothing, and those after it work")
{
	static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
	autoarena a = { 0 };
	struct warning_engine x;
	struct err e = { 0 };
	const void *slow, *plain;

	arena_init(&a, LIMIT);
	x = regex_engine(&a);
	slow = x.compile(x.self, S("^(a|a|b?)*\\1*(a+)+$"), &e);
	plain = x.compile(x.self, S("a!$"), &e);
	CHECK(slow != NULL && plain != NULL);
	for (int i = 0; i < 200; i++)
		CHECK(!x.fits(x.self, slow, str_of(text)));
	CHECK(x.fits(x.self, plain, str_of(text)));
}
