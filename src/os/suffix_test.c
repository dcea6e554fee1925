#include "base/test.h"
#include "os/suffix.h"

TEST("suffix: what everybody may register below is public, what is registered is not")
{
	static const struct {
		const char *name;
		bool is;
	} cases[] = {
		{ "nl", true },
		{ "co.uk", true },
		{ "github.io", true },
		{ "example", true },
		{ "", false },
		{ "example.nl", false },
		{ "x.github.io", false },
		{ "m01.example", false },
		{ "xn--p1ai", true },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(suffix_is_public(str_of(cases[i].name)) == cases[i].is);
}
