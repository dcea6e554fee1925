#include "base/test.h"
#include "codec/text/words.h"

TEST("words: stand between blanks or in quotes, and quotes may hold blanks and escapes")
{
	static const struct {
		const char *line, *words[4];
	} rows[] = {
		{ "a b  c", { "a", "b", "c" } },
		{ "  one\t", { "one" } },
		{ "part 1 of \" \"", { "part", "1", "of", " " } },
		{ "x \"\" y", { "x", "", "y" } },
		{ "\"a \\\"b\\\" \\t\"", { "a \"b\" \t" } },
		{ "\"open end", { "open end" } },
		{ "\"\\", { "\\" } },
		{ "", { NULL } },
	};
	autoarena a = { 0 };

	arena_init(&a, 1 << 16);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str rest = str_of(rows[i].line), word;
		size_t n = 0;

		for (; n < 4 && rows[i].words[n] != NULL; n++)
			CHECK(words_next(&rest, &a, &word, NULL) &&
			      str_eq(word, str_of(rows[i].words[n])));
		CHECK(n == 4 || !words_next(&rest, &a, &word, NULL));
	}
}
