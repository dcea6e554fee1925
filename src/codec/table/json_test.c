#include "base/test.h"
#include "codec/table/json.h"

static bool is_json(struct str s)
{
	struct json j = json_of(s);
	enum json_kind kind;

	while ((kind = json_next(&j)) != JSON_END && kind != JSON_BAD)
		;
	return kind == JSON_END;
}

TEST("json: RFC 8259 and nothing else")
{
	static const char *const good[] = {
		"{}",
		"[]",
		"\"a\"",
		"0",
		"-1.5e+3",
		" [1, {\"a\": null}] ",
		"true",
		"\"\\ud83c\\udfe5 \\\" \\/\"",
		"{\"a\":{\"b\":[[],{}]}}",
		"\"caf\xc3\xa9\"",
	};
	static const char *const wrong[] = {
		"",
		"{",
		"[1,]",
		"{\"a\"}",
		"{\"a\":1,}",
		"NaN",
		"01",
		"1.",
		"-",
		"[1 2]",
		"{\"a\":1}x",
		"\"\\ud800\"",
		"\"\\udc00\"",
		"\"a\\u0000b\"",
		"\"\xff\"",
		"\"\t\"",
		"\"open",
		"tru",
		"{\"a\":1",
		"]",
		"[}",
		"{1:2}",
		"\"\\x\"",
		",",
		"1 2",
		"[\"a\"",
		"{\"a\":}",
	};

	for (size_t i = 0; i < COUNTOF(good); i++)
		CHECK(is_json(str_of(good[i])));
	for (size_t i = 0; i < COUNTOF(wrong); i++)
		CHECK(!is_json(str_of(wrong[i])));
}

TEST("json: as deep as stated, and not one deeper")
{
	char text[2 * JSON_MAX_DEPTH + 2];

	memset(text, '[', JSON_MAX_DEPTH);
	memset(text + JSON_MAX_DEPTH, ']', JSON_MAX_DEPTH);
	CHECK(is_json((struct str){ text, 2 * JSON_MAX_DEPTH }));
	memset(text, '[', JSON_MAX_DEPTH + 1);
	memset(text + JSON_MAX_DEPTH + 1, ']', JSON_MAX_DEPTH + 1);
	CHECK(!is_json((struct str){ text, sizeof text }));
}

TEST("json: escapes are undone")
{
	char out[32];
	struct str s = S("a\\n\\u0041\\u00e9\\ud83c\\udfe5\\/\\\"");

	CHECK(str_eq((struct str){ out, json_text(s, out) }, S("a\nA\xc3\xa9\xf0\x9f\x8f\xa5/\"")));
}

static void check_picker(json_picker picker)
{
	static const struct {
		const char *in, *ip, *asn; // NULL: not there
	} cases[] = {
		{ "{\"SourceIp\":\"192.0.2.1\",\"Info\":{\"Asn\":64500}}", "192.0.2.1", "64500" },
		{ "{\"Info\":{\"x\":{\"Asn\":1},\"Asn\":\"2\"},\"SourceIp\":\"a\"}", "a", "2" },
		{ "{\"x\":{\"SourceIp\":\"no\"},\"Asn\":3,\"y\":[{\"SourceIp\":\"no\"}]}", NULL,
		  NULL },
		{ "{\"Info\":[{\"Asn\":4}]}", NULL, NULL },
		{ "{\"Info\":7,\"Other\":{\"Asn\":4}}", NULL, NULL },
		{ "{\"Source\\u0049p\":\"esc\"}", "esc", NULL },
		{ "{\"SourceIp\":\"1\",\"SourceIp\":\"2\"}", "2", NULL },
		{ "{\"SourceIp\":\"1\",\"SourceIp\":{}}", NULL, NULL },
		{ "{\"Info\":{},\"Info\":{\"Asn\":5}}", NULL, "5" },
		{ "{\"Info\":{\"Asn\":5},\"Info\":{}}", NULL, NULL },
		{ "{\"Info\":{\"Asn\":5},\"Info\":0}", NULL, NULL },
		{ "{\"Info\":{\"Info\":{\"Asn\":6}}}", NULL, NULL },
	};
	struct json_path path[2] = { json_path(S("SourceIp")), json_path(S("Info.Asn")) };

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct json_value out[2];

		CHECK(picker(str_of(cases[i].in), path, 2, out));
		CHECK((out[0].kind == JSON_END) == (cases[i].ip == NULL));
		CHECK((out[1].kind == JSON_END) == (cases[i].asn == NULL));
		CHECK(cases[i].ip == NULL || str_eq(out[0].raw, str_of(cases[i].ip)));
		CHECK(cases[i].asn == NULL || str_eq(out[1].raw, str_of(cases[i].asn)));
	}
	CHECK(!picker(S("[]"), path, 2, (struct json_value[2]){ 0 }));
	CHECK(!picker(S("{\"SourceIp\":\"1\""), path, 2, (struct json_value[2]){ 0 }));
}

TEST("json: values are picked at their paths, wherever else the key stands")
{
	check_picker(json_pick);
	check_picker(json_pick_avx2);
}

static uint64_t state = 1;

static uint64_t rnd(uint64_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % below;
}

TEST("json: both pickers agree on objects with a byte or two made wrong")
{
	static const char whole[] =
		"{\"DataFeed\":\"a\\\\\",\"Info\" : {\"x\":[1,-2.5e3,true,{}],\"Asn\":\"64500\", "
		"\"Org\":\"\\u0041 \\/ \\ud83c\\udfe5 of some more than sixty-four bytes, so that "
		"a "
		"string goes over the end of a block\"},\"SourceIp\":\"192.0.2.1\",\"n\":null}";
	static const char letters[] = "\"\"\\{}[],:1 \n\x01\xc3"
				      "a-eu0";
	struct json_path path[2] = { json_path(S("SourceIp")), json_path(S("Info.Asn")) };
	unsigned good = 0;

	for (unsigned round = 0; round < 100000; round++) {
		struct json_value a[2], b[2];
		char text[sizeof whole];
		struct str s = { text, sizeof whole - 1 - (rnd(8) == 0 ? rnd(sizeof whole) : 0) };

		memcpy(text, whole, sizeof text);
		for (uint64_t k = rnd(3); k > 0; k--)
			text[rnd(sizeof whole - 1)] = letters[rnd(sizeof letters - 1)];
		if (!json_pick(s, path, 2, a)) {
			CHECK(!json_pick_avx2(s, path, 2, b));
			continue;
		}
		good++;
		CHECK(json_pick_avx2(s, path, 2, b));
		for (unsigned i = 0; i < 2; i++)
			CHECK(a[i].kind == b[i].kind && str_eq(a[i].raw, b[i].raw));
	}
	CHECK(good > 1000 && good < 99000);
}
