#include "base/test.h"
#include "codec/text/needle.h"

static struct arena arena;

static bool add(struct needles *x, struct str text)
{
	if (arena.start == NULL)
		arena_init(&arena, 1 << 20);
	return needles_add(x, text, &arena);
}

TEST("needle: found at every place, in either case, and not where a byte differs")
{
	static const char *const texts[] = { "198.18.5.7", "Evil.Example", "x", "cve-2024-1",
					     "2001:0db8:0000:0001" };

	for (unsigned t = 0; t < COUNTOF(texts); t++) {
		struct needles x = { 0 };
		size_t n = strlen(texts[t]);

		CHECK(add(&x, str_of(texts[t])));
		for (size_t at = 0; at < 70; at++) {
			char hay[160];

			memset(hay, '@', sizeof hay);
			memcpy(hay + at, texts[t], n);
			CHECK(needles_in(&x, (struct str){ hay, sizeof hay }));
			CHECK(needles_in(&x, (struct str){ hay, at + n }));
			CHECK(!needles_in(&x, (struct str){ hay, at + n - 1 }));
			for (size_t i = 0; i < n;
			     i++) { // '@' lacks the bit of the cases, and '`' has it
				hay[at + i] ^= 0x20;
				CHECK(needles_in(&x, (struct str){ hay, sizeof hay }) ==
				      needles_in_plain(&x, (struct str){ hay, sizeof hay }));
				hay[at + i] ^= 0x21;
				CHECK(!needles_in(&x, (struct str){ hay, sizeof hay }));
				hay[at + i] ^= 1;
			}
		}
	}
}

TEST("needle: any of several is enough; what has no room is told")
{
	struct needles x = { 0 };
	char text[8];

	CHECK(!add(&x, S("")));
	for (unsigned i = 0; i < NEEDLES_MOST; i++) {
		snprintf(text, sizeof text, "n%02u!", i);
		CHECK(add(&x, str_of(text)));
	}
	CHECK(add(&x, S("N07!")) && !add(&x, S("more")));
	CHECK(needles_in(&x, S("... n63! ...")) && !needles_in(&x, S("... n64! ...")));
	CHECK(!needles_in(&x, S("")));
}
