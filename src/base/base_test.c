#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/test.h"
#include "base/word.h"

TEST("str: cut gives the head and leaves the rest")
{
	struct str s = S("a,b"), head = str_cut(&s, ',');

	CHECK(str_eq(head, S("a")) && str_eq(s, S("b")));
	head = str_cut(&s, ',');
	CHECK(str_eq(head, S("b")) && s.n == 0);
}

TEST("str: a file's name is what stands behind the last slash")
{
	CHECK(str_eq(file_base(S("/a/b.c")), S("b.c")));
	CHECK(str_eq(file_base(S("b.c")), S("b.c")));
	CHECK(file_base(S("a/")).n == 0 && file_base(S("")).n == 0);
}

TEST("str: a number is digits only and at most max")
{
	static const struct {
		const char *in;
		uint64_t max;
		bool ok;
	} cases[] = {
		{ "0", 0, true },
		{ "", 9, false },
		{ "10", 9, false },
		{ "1", 0, false },
		{ "255", 255, true },
		{ "256", 255, false },
		{ "+1", 9, false },
		{ " 1", 9, false },
		{ "18446744073709551615", UINT64_MAX, true },
		{ "18446744073709551616", UINT64_MAX, false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		uint64_t v;

		CHECK(str_to_uint(str_of(cases[i].in), cases[i].max, &v) == cases[i].ok);
	}
}

TEST("str: the distance counts letters typed, dropped and replaced")
{
	CHECK(str_distance(S("member"), S("membre"), 3) == 2);
	CHECK(str_distance(S("feed"), S("feed"), 3) == 0);
	CHECK(str_distance(S("list"), S("lost"), 3) == 1);
	CHECK(str_distance(S("a"), S("wxyz"), 2) == 3);
}

TEST("buf: what does not fit leaves what stood before, and says so")
{
	char text[6];
	struct buf b = BUF_ON(text);

	buf_uint(&b, 12345);
	CHECK(!b.over && str_eq(buf_view(&b), S("12345")));
	buf_str(&b, S("67"));
	CHECK(b.over && b.n == 5);
	buf_char(&b, 'x');
	CHECK(b.n == 5);
}

TEST("list: what was added stays in order while it grows")
{
	autoarena a;
	LIST(unsigned) numbers = { 0 };
	unsigned want = 0;

	arena_init(&a, 1 << 16);
	for (unsigned i = 0; i < 1000; i++)
		*list_add(&numbers, &a) = i;
	LIST_EACH (unsigned, n, &numbers)
		CHECK(*n == want++);
	CHECK(want == 1000);
}

TEST("arena: after going back the same place is zeroed again")
{
	autoarena a;
	char *mark, *p;

	arena_init(&a, 4096);
	mark = arena_mark(&a);
	p = arena_str(&a, S("secret")).p == mark ? mark : NULL;
	CHECK(p != NULL);
	arena_back(&a, mark);
	CHECK(arena_new(&a, char, 6) == p && p[0] == 0 && p[5] == 0);
}

TEST("arena: a text with a NUL inside has no NUL-terminated copy")
{
	autoarena a;

	arena_init(&a, 4096);
	CHECK(str_z(&a, S("a\0b")) == NULL);
	CHECK(strcmp(str_z(&a, S("ab")), "ab") == 0);
	CHECK(str_eq(arena_fmt(&a, "%d-%s", 7, "x"), S("7-x")));
}

TEST("hash: length and every byte count")
{
	CHECK(hash_str(1, S("a")) != hash_str(1, S("a\0")));
	CHECK(hash_str(1, S("abcdefgh1")) != hash_str(1, S("abcdefgh2")));
	CHECK(hash_str(1, S("abc")) != hash_str(2, S("abc")));
}

TEST("arena: what was emptied is zero when it is got again")
{
	struct arena a;
	char *p;

	arena_init(&a, 1 << 20);
	p = memset(arena_new(&a, char, 9000), 'x', 9000);
	arena_empty(&a);
	CHECK(arena_new(&a, char, 9000) == p && p[0] == '\0' && p[8999] == '\0');
	arena_done(&a);
}

TEST("word: short bytes are compared and searched as a loop a byte would")
{
	const char text[] = "a.bc..defghijk.lmnopqrstuvwxyz0123\xae\x2f.";

	for (size_t from = 0; from < sizeof text; from++)
		for (size_t to = from; to <= sizeof text; to++) {
			const char *p = text + from;
			size_t n = to - from, behind = 0;
			char copy[sizeof text];

			while (behind < n && p[n - 1 - behind] != '.')
				behind++;
			CHECK(word_behind_last(p, n, '.') == behind);
			memcpy(copy, p, n);
			CHECK(word_same(copy, p, n));
			for (size_t i = 0; i < n; i++) {
				copy[i] ^= 1;
				CHECK(!word_same(copy, p, n));
				copy[i] ^= 1;
			}
		}
}
