#include "base/test.h"
#include "base/utf8.h"

TEST("utf8: well-formed text only")
{
	static const struct {
		struct str in;
		bool ok;
	} cases[] = {
		{ { "caf\xc3\xa9", 5 }, true },
		{ { "\xf0\x9f\x8f\xa5", 4 }, true },
		{ { "\xc0\xaf", 2 }, false },
		{ { "\xe0\x80\xaf", 3 }, false },
		{ { "\xed\xa0\x80", 3 }, false },
		{ { "\xf4\x90\x80\x80", 4 }, false },
		{ { "\xff", 1 }, false },
		{ { "\xe2\x82", 2 }, false },
		{ { "", 0 }, true },
		{ { "\x80", 1 }, false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(utf8_is(cases[i].in) == cases[i].ok);
}

TEST("utf8: every character comes back as it was written")
{
	for (uint32_t c = 0; c < 0x110000; c++) {
		char text[4];
		size_t n = utf8_write(c, text);
		uint32_t back;

		CHECK((n == 0) == (c >= 0xd800 && c < 0xe000));
		if (n > 0)
			CHECK(utf8_next((struct str){ text, n }, &back) == n && back == c);
	}
}
