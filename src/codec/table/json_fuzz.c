#include "base/utf8.h"
#include "codec/table/json.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void check_text(struct str raw)
{
	char *out = malloc(raw.n + 1);
	size_t n;

	assert(out != NULL);
	n = json_text(raw, out);
	assert(n <= raw.n);
	for (size_t at = 0; at < n;) {
		uint32_t c;
		size_t step = utf8_next((struct str){ out + at, n - at }, &c);

		assert(step > 0 && c != 0);
		at += step;
	}
	free(out);
}

// Walk through the one value; true where it is whole.
static bool walk(struct str s)
{
	struct json j = json_of(s);
	enum json_kind kind;

	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD) {
		assert(j.depth <= JSON_MAX_DEPTH);
		if (kind == JSON_KEY || kind == JSON_STRING)
			check_text(j.token);
	}
	return kind == JSON_END;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct json_path path[3] = { json_path(S("a")), json_path(S("a.b")),
				     json_path(S("b.a.c")) };
	struct json_value out[3], again[3];
	bool whole = walk(s), picked = json_pick(s, path, COUNTOF(path), out);

	assert(json_pick_avx2(s, path, COUNTOF(path), again) == picked);
	if (!picked) {
		assert(!whole || !str_starts(str_trim(s), '{'));
		return 0;
	}
	assert(whole);
	assert(out[0].kind == JSON_END || out[1].kind == JSON_END); // a is a value or an object
	for (size_t i = 0; i < COUNTOF(out); i++) {
		assert(out[i].kind == JSON_END || out[i].raw.p >= s.p);
		assert(out[i].kind == again[i].kind && out[i].raw.p == again[i].raw.p &&
		       out[i].raw.n == again[i].raw.n);
	}
	return 0;
}
