// Patterns and bundles that nobody here wrote, in ../shared/data/stix: the verdicts of the
// OASIS reference implementations. Where the folder is absent these tests are skipped.
#include "base/test.h"
#include "codec/intel/stix_pattern.h"
#include "codec/table/json.h"

#define DATA "../shared/data/stix/"

static bool read_file(const char *path, struct arena *a, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char *text;
	size_t n;

	if (f == NULL) {
		test_skip("the shared data are not there");
		return false;
	}
	text = arena_new(a, char, 1 << 20);
	n = fread(text, 1, 1 << 20, f);
	fclose(f);
	*out = (struct str){ text, n };
	return true;
}

static struct str text_of(struct str raw, struct arena *a)
{
	char *text = arena_new(a, char, raw.n + 1);

	return (struct str){ text, json_text(raw, text) };
}

static bool is_read(struct str pattern, bool must)
{
	autoarena a = { 0 };
	struct stix_pattern p;
	struct err e = { 0 };
	bool is;

	arena_init(&a, STIX_MAX_MEMORY);
	is = stix_pattern_read(pattern, &a, &p, &e);
	if (is != must)
		printf("# %s: " STR_FMT "%s%s\n", must ? "refused" : "read", STR_ARG(pattern),
		       must ? ": " : "", must ? e.text : "");
	return is;
}

TEST("stix_data: the validator's valid patterns are read, the invalid ones refused")
{
	autoarena a = { 0 };
	struct str bytes, key = { 0 };
	struct json j;
	enum json_kind kind;
	unsigned valid = 0, read = 0, invalid = 0, refused = 0;

	arena_init(&a, 16U << 20);
	if (!read_file(DATA "patterns-v21.json", &a, &bytes))
		return;
	j = json_of(bytes);
	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		if (kind == JSON_KEY)
			key = j.token;
		if (kind == JSON_STRING && str_eq(key, S("valid"))) {
			valid++;
			read += is_read(text_of(j.token, &a), true);
		} else if (kind == JSON_STRING && str_eq(key, S("pattern"))) {
			invalid++;
			refused += !is_read(text_of(j.token, &a), false);
		}
	}
	printf("# %u of %u valid patterns read, %u of %u invalid ones refused\n", read, valid,
	       refused, invalid);
	CHECK(kind == JSON_END && valid > 0 && invalid > 0);
	CHECK(read == valid && refused == invalid);
}

struct matching_case {
	struct str pattern, expect;
};
struct matching_cases {
	LIST(struct matching_case) list;
};

static bool read_cases(struct matching_cases *out, struct arena *a)
{
	struct str bytes, key = { 0 };
	struct matching_case one = { 0 };
	struct json j;
	enum json_kind kind;

	if (!read_file(DATA "matching/cases.json", a, &bytes))
		return false;
	j = json_of(bytes);
	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		if (kind == JSON_KEY)
			key = j.token;
		else if (kind == JSON_STRING && str_eq(key, S("pattern")))
			one.pattern = text_of(j.token, a);
		else if (kind == JSON_STRING && str_eq(key, S("expect")))
			one.expect = text_of(j.token, a);
		else if (kind == JSON_CLOSE && j.depth == 1)
			*list_add(&out->list, a) = one;
	}
	CHECK(kind == JSON_END);
	return true;
}

// Errors of the matcher at run time are no errors of the pattern: it matches elsewhere.
static bool is_matched_elsewhere(const struct matching_cases *cases, struct str pattern)
{
	LIST_EACH (const struct matching_case, c, &cases->list)
		if (!str_eq(c->expect, S("error")) && str_eq(c->pattern, pattern))
			return true;
	return false;
}

// The matcher takes it, the standard does not: "An Observation Expression MUST NOT have
// more than one Qualifier of a particular type" (9.5.1).
static bool has_twice(struct str pattern)
{
	return str_contains(pattern, S("REPEATS 2 TIMES REPEATS"));
}

TEST("stix_data: what the matcher can match is read, what it takes for an error refused")
{
	autoarena a = { 0 };
	struct matching_cases cases = { 0 };
	unsigned read = 0, refused = 0, twice = 0, elsewhere = 0;

	arena_init(&a, 16U << 20);
	if (!read_cases(&cases, &a))
		return;
	LIST_EACH (const struct matching_case, c, &cases.list) {
		bool error = str_eq(c->expect, S("error"));

		if (error && is_matched_elsewhere(&cases, c->pattern)) {
			elsewhere++;
		} else if (error || has_twice(c->pattern)) {
			CHECK(!is_read(c->pattern, false));
			refused += error;
			twice += !error;
		} else {
			CHECK(is_read(c->pattern, true));
			read++;
		}
	}
	printf("# %zu cases: %u read, %u refused; by design %u refused that repeat a qualifier; "
	       "%u not asked, both error and match\n",
	       cases.list.count, read, refused, twice, elsewhere);
	CHECK(read > 0 && refused > 0);
}
