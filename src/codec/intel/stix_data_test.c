// Patterns and bundles that nobody here wrote, in ../shared/data/stix: the verdicts of the
// OASIS reference implementations. Where the folder is absent these tests are skipped.
#include "base/test.h"
#include "codec/intel/stix_cells.h"
#include "codec/table/json.h"

#include <dirent.h>

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

struct counts {
	unsigned objects, kind[STIX_KINDS], why[STIX_WHYS], cells;
};

static void count_one(struct str object, struct counts *n)
{
	struct cells cells = { 0 };
	struct stix_object is;
	autoarena a = { 0 };

	arena_init(&a, 2 * STIX_MAX_MEMORY);
	is = stix_cells(object, &a, &cells);
	n->objects++;
	n->kind[is.kind]++;
	n->why[is.why]++;
	LIST_EACH (const struct cell, c, &cells.list)
		n->cells += str_has_prefix(c->name, S("pattern.")) ||
			    str_has_prefix(c->name, S("observed."));
}

// The elements of objects[] of a bundle; else all of it is one object.
static void count_file(struct str bytes, struct counts *n)
{
	struct json j = json_of(bytes);
	struct str key = { 0 };
	const char *from = NULL;
	enum json_kind kind;
	bool bundle = false;

	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		if (kind == JSON_KEY && j.depth == 1)
			key = j.token;
		bundle |= kind == JSON_ARRAY && j.depth == 2 && str_eq(key, S("objects"));
		if (kind == JSON_OBJECT && j.depth == 3 && bundle)
			from = j.p - 1;
		if (kind == JSON_CLOSE && j.depth == 2 && from != NULL) {
			count_one((struct str){ from, (size_t)(j.p - from) }, n);
			from = NULL;
		}
	}
	if (!bundle)
		count_one(bytes, n);
}

static bool count_folder(const char *folder, struct counts *n)
{
	autoarena a = { 0 };
	struct dirent *entry;
	DIR *d = opendir(folder);

	arena_init(&a, 256U << 20);
	if (d == NULL) {
		test_skip("the shared data are not there");
		return false;
	}
	while ((entry = readdir(d)) != NULL) {
		char path[512];
		struct str bytes;

		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] != '.' && read_file(path, &a, &bytes))
			count_file(bytes, n);
	}
	closedir(d);
	return true;
}

TEST("stix_data: every object of the bundles is something, and none is lost")
{
	static const struct {
		const char *folder;
		unsigned broken; // known to be no JSON, or a JSON schema
	} rows[] = {
		{ DATA "real", 0 },
		{ DATA "valid", 19 },
		{ DATA "validator-v20", 2 },
		{ DATA "validator-v21", 2 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct counts n = { 0 };
		unsigned sum = 0;

		if (!count_folder(rows[i].folder, &n))
			return;
		printf("# %s: %u objects, %u values\n", rows[i].folder, n.objects, n.cells);
		for (unsigned k = 0; k < STIX_KINDS; k++) {
			sum += n.kind[k];
			if (n.kind[k] > 0)
				printf("#   %u " STR_FMT "\n", n.kind[k],
				       STR_ARG(stix_kind_text((enum stix_kind)k)));
		}
		for (unsigned k = STIX_WHY_NOTHING + 1; k < STIX_WHYS; k++)
			if (n.why[k] > 0)
				printf("#     %u: " STR_FMT "\n", n.why[k],
				       STR_ARG(stix_why_text((enum stix_why)k)));
		CHECK(sum == n.objects && n.kind[STIX_BROKEN] == rows[i].broken);
	}
}
