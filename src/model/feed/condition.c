#include "model/feed/condition.h"

#include "codec/text/words.h"

static const struct {
	const char *word;
	bool takes;
} kinds[TEST_KINDS] = {
	[TEST_IS] = { "is", true },
	[TEST_HAS] = { "has", true },
	[TEST_STARTS] = { "starts", true },
	[TEST_ENDS] = { "ends", true },
	[TEST_CONTAINS] = { "contains", true },
	[TEST_THERE] = { "there", false },
};

static bool read_kind(struct str word, enum test_kind *out)
{
	for (unsigned i = 0; i < TEST_KINDS; i++)
		if (str_eq(word, str_of(kinds[i].word))) {
			*out = (enum test_kind)i;
			return true;
		}
	return false;
}

static bool read_test(struct str *rest, struct arena *a, struct condition_test *t, struct err *e)
{
	struct str word;

	if (!words_next(rest, a, &t->name, NULL) || !words_next(rest, a, &word, NULL))
		return err_set(
			e, ERR_CONFIG,
			"a condition is NAME is|has|starts|ends|contains VALUE, or NAME there");
	t->not = str_eq(word, S("not"));
	if (t->not &&!words_next(rest, a, &word, NULL))
		return err_set(e, ERR_CONFIG,
			       "behind \"not\" stands is, has, starts, ends, contains or there");
	if (!read_kind(word, &t->kind))
		return err_set(e, ERR_CONFIG,
			       "\"" STR_FMT
			       "\" is no test: is, has, starts, ends, contains or there",
			       STR_ARG(str_first(word, 40)));
	return !kinds[t->kind].takes || words_next(rest, a, &t->word, NULL) ||
	       err_set(e, ERR_CONFIG, "behind \"%s\" stands a value", kinds[t->kind].word);
}

bool condition_read(struct str text, struct arena *a, struct condition *out, struct err *e)
{
	struct condition_test all[CONDITION_MAX];
	struct condition c = { 0 };
	struct str word = { 0 };

	do {
		if (c.count == CONDITION_MAX)
			return err_set(e, ERR_CONFIG, "a condition has at most %d tests",
				       CONDITION_MAX);
		all[c.count] = (struct condition_test){ 0 };
		if (!read_test(&text, a, &all[c.count++], e))
			return false;
	} while (words_next(&text, a, &word, NULL) && str_eq(word, S("and")));
	if (word.n > 0 && !str_eq(word, S("and")))
		return err_set(e, ERR_CONFIG,
			       "behind a condition stands \"and\", not \"" STR_FMT "\"",
			       STR_ARG(str_first(word, 40)));
	c.at = arena_new(a, struct condition_test, c.count);
	memcpy(c.at, all, c.count * sizeof all[0]);
	*out = c;
	return true;
}

static bool is_word(struct str value, struct str word)
{
	if (str_has_suffix(word, S("*")))
		return value.n >= word.n &&
		       str_eq_nocase(str_first(value, word.n - 1), str_first(word, word.n - 1));
	return str_eq_nocase(value, word);
}

bool condition_has_word(struct str value, struct str word)
{
	if (is_word(value, word))
		return true;
	for (size_t i = 0, from = 0; i <= value.n; i++) {
		bool end =
			i == value.n || value.p[i] == ';' || value.p[i] == ',' || value.p[i] == ' ';

		if (!end)
			continue;
		if (is_word((struct str){ value.p + from, i - from }, word))
			return true;
		from = i + 1;
	}
	return false;
}

static bool contains(struct str value, struct str part)
{
	for (size_t i = 0; i + part.n <= value.n; i++)
		if (str_eq_nocase(str_first(str_from(value, i), part.n), part))
			return true;
	return false;
}

static bool value_fits(const struct condition_test *t, struct str value)
{
	switch (t->kind) {
	case TEST_IS:
		return is_word(value, t->word);
	case TEST_HAS:
		return condition_has_word(value, t->word);
	case TEST_STARTS:
		return value.n >= t->word.n && str_eq_nocase(str_first(value, t->word.n), t->word);
	case TEST_ENDS:
		return value.n >= t->word.n &&
		       str_eq_nocase(str_from(value, value.n - t->word.n), t->word);
	case TEST_CONTAINS:
		return contains(value, t->word);
	case TEST_THERE:
	case TEST_KINDS:
		return value.n > 0;
	}
	return false;
}

static bool test_fits(const struct condition_test *t, struct condition_of of)
{
	struct str value;

	for (unsigned i = 0; (value = of.value(of.of, t->name, i)).p != NULL; i++)
		if (value_fits(t, str_trim(value)))
			return !t->not ;
	return t->not ;
}

bool condition_fits(const struct condition *c, struct condition_of of)
{
	for (unsigned i = 0; i < c->count; i++)
		if (!test_fits(&c->at[i], of))
			return false;
	return true;
}

static void write_word(struct buf *b, struct str word)
{
	bool quoted = word.n == 0 || str_has(word, ' ') || str_has(word, '"');

	buf_fmt(b, quoted ? " \"" STR_FMT "\"" : " " STR_FMT, STR_ARG(word));
}

void condition_write(struct buf *b, const struct condition *c)
{
	for (unsigned i = 0; i < c->count; i++) {
		const struct condition_test *t = &c->at[i];

		buf_str(b, i > 0 ? S(" and ") : S(""));
		buf_str(b, t->name);
		buf_str(b, t->not ? S(" not ") : S(" "));
		buf_str(b, str_of(kinds[t->kind].word));
		if (kinds[t->kind].takes)
			write_word(b, t->word);
	}
}
