#include "base/test.h"
#include "codec/intel/stix_literal.h"
#include "codec/intel/stix_path.h"
#include "codec/intel/stix_pattern.h"
#include "codec/intel/stix_token.h"
#include "codec/intel/stix_use.h"

// "TYPE:PATH=VALUE USE", a comma between: '1' alone, 'n' alone and narrowed, 't' with the
// group together, '-' a fact.
static struct str told(const struct stix_pattern *p, struct arena *a)
{
	struct str all = S("");

	LIST_EACH (const struct stix_comparison, c, &p->comparisons) {
		struct str use = c->use == STIX_TOGETHER ? arena_fmt(a, "t%u", c->group)
				 : c->use == STIX_FACT   ? S("-")
				 : c->narrowed           ? S("n")
							 : S("1");

		all = arena_fmt(a, STR_FMT "%s" STR_FMT ":" STR_FMT "=" STR_FMT " " STR_FMT,
				STR_ARG(all), all.n > 0 ? ", " : "", STR_ARG(c->type),
				STR_ARG(c->path), STR_ARG(c->value), STR_ARG(use));
	}
	return all;
}

static void check_told(struct str pattern, struct str expected)
{
	autoarena a = { 0 };
	struct stix_pattern p;
	struct err e = { 0 };
	struct str is;

	arena_init(&a, 16U << 20);
	if (!stix_pattern_read(pattern, &a, &p, &e)) {
		printf("# " STR_FMT "\n# %s\n", STR_ARG(pattern), e.text);
		CHECK(false);
	}
	is = told(&p, &a);
	if (!str_eq(is, expected))
		printf("# " STR_FMT "\n# is  " STR_FMT "\n# not " STR_FMT "\n", STR_ARG(pattern),
		       STR_ARG(is), STR_ARG(expected));
	CHECK(str_eq(is, expected));
}

struct row {
	const char *pattern, *told;
};

static void check_rows(const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_told(str_of(row[i].pattern), str_of(row[i].told));
}

TEST("stix_pattern: a value is taken where it alone is enough")
{
	static const struct row rows[] = {
		{ "[ipv4-addr:value = '192.0.2.1']", "ipv4-addr:value=192.0.2.1 1" },
		{ "[ipv4-addr:value == '192.0.2.1']", "ipv4-addr:value=192.0.2.1 1" },
		{ "[domain-name:value = 'a.example' OR ipv4-addr:value = '192.0.2.1']",
		  "domain-name:value=a.example 1, ipv4-addr:value=192.0.2.1 1" },
		{ "[url:value = 'http://a.example/'] OR [email-addr:value = 'a@b.example']",
		  "url:value=http://a.example/ 1, email-addr:value=a@b.example 1" },
		{ "[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]",
		  "ipv4-addr:value=192.0.2.1 1, ipv4-addr:value=192.0.2.2 1" },
		{ "[ipv6-addr:value NOT != '2001:db8::1']", "ipv6-addr:value=2001:db8::1 1" },
		{ "[ipv4-addr:value ISSUBSET '192.0.2.0/24']", "ipv4-addr:value=192.0.2.0/24 1" },
		{ "[network-traffic:dst_ref.value ISSUBSET '2001:db8::/32']",
		  "network-traffic:dst_ref.value=2001:db8::/32 1" },
		{ "[autonomous-system:number = 64500]", "autonomous-system:number=64500 1" },
		{ "[email-message:to_refs[0].value = 'a@b.example']",
		  "email-message:to_refs[*].value=a@b.example 1" },
		{ "[file:hashes[*] = '900150983cd24fb0d6963f7d28e17f72']",
		  "file:hashes[*]=900150983cd24fb0d6963f7d28e17f72 1" },
		{ "[ipv4-addr:value = '192.0.2.1'] REPEATS 5 TIMES WITHIN 1.5 SECONDS",
		  "ipv4-addr:value=192.0.2.1 1" },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_pattern: a term of the same object, or of the traffic, only narrows")
{
	static const struct row rows[] = {
		{ "[ipv4-addr:value = '192.0.2.1' AND network-traffic:dst_port = 443]",
		  "ipv4-addr:value=192.0.2.1 n, network-traffic:dst_port=443 -" },
		{ "[network-traffic:dst_ref.type = 'ipv4-addr' AND "
		  "network-traffic:dst_ref.value = '192.0.2.1/32']",
		  "network-traffic:dst_ref.type=ipv4-addr -, "
		  "network-traffic:dst_ref.value=192.0.2.1/32 n" },
		{ "[file:size = 5 AND file:hashes.MD5 = '900150983cd24fb0d6963f7d28e17f72']",
		  "file:size=5 -, file:hashes.MD5=900150983cd24fb0d6963f7d28e17f72 n" },
		{ "[file:hashes.MD5 = '900150983cd24fb0d6963f7d28e17f72' AND "
		  "file:hashes.'SHA-1' = 'a9993e364706816aba3e25717850c26c9cd0d89d']",
		  "file:hashes.MD5=900150983cd24fb0d6963f7d28e17f72 1, "
		  "file:hashes.SHA-1=a9993e364706816aba3e25717850c26c9cd0d89d 1" },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_pattern: what AND and FOLLOWEDBY join means something together only")
{
	static const struct row rows[] = {
		{ "[ipv4-addr:value = '192.0.2.1' AND url:value = 'http://a.example/']",
		  "ipv4-addr:value=192.0.2.1 t1, url:value=http://a.example/ t1" },
		{ "[ipv4-addr:value = '192.0.2.1' AND process:name = 'a']",
		  "ipv4-addr:value=192.0.2.1 t1, process:name=a -" },
		{ "[ipv4-addr:value = '192.0.2.1' AND url:value LIKE 'http://%']",
		  "ipv4-addr:value=192.0.2.1 t1, url:value=http://% -" },
		{ "[ipv4-addr:value ISSUBSET '192.0.2.0/24' AND "
		  "ipv4-addr:value NOT ISSUBSET '192.0.2.8/29']",
		  "ipv4-addr:value=192.0.2.0/24 t1, ipv4-addr:value=192.0.2.8/29 -" },
		{ "[ipv4-addr:value = '192.0.2.1'] FOLLOWEDBY [process:name = 'a']",
		  "ipv4-addr:value=192.0.2.1 t1, process:name=a -" },
		{ "[ipv4-addr:value = '192.0.2.1'] AND [ipv4-addr:value = '192.0.2.2']",
		  "ipv4-addr:value=192.0.2.1 t1, ipv4-addr:value=192.0.2.2 t1" },
		{ "[ipv4-addr:value = '192.0.2.1' OR ipv4-addr:value = '192.0.2.2' AND "
		  "domain-name:value = 'a.example']",
		  "ipv4-addr:value=192.0.2.1 1, ipv4-addr:value=192.0.2.2 t1, "
		  "domain-name:value=a.example t1" },
		{ "[ipv4-addr:value = '192.0.2.1'] OR [ipv4-addr:value = '192.0.2.2'] AND "
		  "[ipv4-addr:value = '192.0.2.3']",
		  "ipv4-addr:value=192.0.2.1 1, ipv4-addr:value=192.0.2.2 t1, "
		  "ipv4-addr:value=192.0.2.3 t1" },
		{ "([url:value = 'http://a.example/'] OR [url:value = 'http://b.example/']) "
		  "FOLLOWEDBY [domain-name:value = 'c.example' AND ipv4-addr:value = '192.0.2.1']",
		  "url:value=http://a.example/ t2, url:value=http://b.example/ t2, "
		  "domain-name:value=c.example t2, ipv4-addr:value=192.0.2.1 t2" },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_pattern: what cannot be looked for is a fact")
{
	static const struct row rows[] = {
		{ "[url:value LIKE 'http://a%']", "url:value=http://a% -" },
		{ "[domain-name:value MATCHES 'a+']", "domain-name:value=a+ -" },
		{ "[ipv4-addr:value ISSUPERSET '192.0.2.1']", "ipv4-addr:value=192.0.2.1 -" },
		{ "[ipv4-addr:value ISSUBSET 'a.example/24']", "ipv4-addr:value=a.example/24 -" },
		{ "[ipv4-addr:value ISSUBSET '192.0.2.0/33']", "ipv4-addr:value=192.0.2.0/33 -" },
		{ "[ipv4-addr:value != '192.0.2.1']", "ipv4-addr:value=192.0.2.1 -" },
		{ "[ipv4-addr:value NOT = '192.0.2.1']", "ipv4-addr:value=192.0.2.1 -" },
		{ "[ipv4-addr:value NOT IN ('192.0.2.1')]", "ipv4-addr:value=192.0.2.1 -" },
		{ "[ipv4-addr:value = 5]", "ipv4-addr:value=5 -" },
		{ "[file:name = 'a.exe']", "file:name=a.exe -" },
		{ "[NOT EXISTS url:value]", "url:value= -" },
		{ "[EXISTS domain-name:value]", "domain-name:value= -" },
		{ "[test:string IN ()]", "" },
		{ "[app:cert.sha256 = 'aa']", "app:cert.sha256=aa -" },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_pattern: paths and texts have one form, however they were written")
{
	static const struct row rows[] = {
		{ "[x:'has.dot' = 1]", "x:'has.dot'=1 -" },
		{ "[file:extensions.'ntfs-ext'.sid = 'it\\'s \\\\ it']",
		  "file:extensions.ntfs-ext.sid=it's \\ it -" },
		{ "[file:hashes.sha256 MATCHES 'a']", "file:hashes.SHA-256=a -" },
		{ "[\tfile : hashes /* by */ . 'SHA3_256' // all\n LIKE '%']\xc2\xa0",
		  "file:hashes.SHA3-256=% -" },
		{ "[x:a[-1].b = t'2026-03-02T04:05:06.7Z']", "x:a[*].b=2026-03-02T04:05:06.7Z -" },
		{ "[x:a=h'00fF' OR x:b=b'AQI=' OR x:c=-.5 OR x:d=+7]",
		  "x:a=00fF -, x:b=AQI= -, x:c=-.5 -, x:d=+7 -" },
		{ "[a-b:c = true]", "a-b:c=true -" },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_pattern: what is wrong is told with its place")
{
	static const struct row rows[] = {
		{ "", "byte 1: an observation begins with [, but the pattern ends" },
		{ "file:size = 1", "byte 1: an observation begins with [, not \"file:size = 1\"" },
		{ "[file:size = ]", "byte 14: a value must follow, not \"]\"" },
		{ "[file:size LIKE 5]", "byte 17: a text in quotes must follow, not \"5]\"" },
		{ "[file:size > true]", "byte 14: a value must follow, not \"true]\"" },
		{ "[file.size = 1]",
		  "byte 6: a colon must follow the type of the object, not \".size = 1]\"" },
		{ "[x:needs-quotes = 1]", "byte 4: a property with a hyphen must stand in quotes, "
					  "not \"needs-quotes = 1]\"" },
		{ "[x:a 1]", "byte 6: an operator must follow the object path, not \"1]\"" },
		{ "[x:a = 'b]", "byte 8: a quote is not closed" },
		{ "[x:a = 'C:\\d']",
		  "byte 11: a backslash stands only before a quote or a backslash" },
		{ "[x:a = 1] /* b", "byte 11: a comment is not closed" },
		{ "[x:a = 01]", "byte 8: a number has no zero in front" },
		{ "[x:a = t'2026-13-02T04:05:06Z']",
		  "byte 8: a time is written as t'2026-03-02T04:05:06Z'" },
		{ "[x:a = h'abc']",
		  "byte 8: behind h stand hexadecimal digits, two for each byte" },
		{ "[x:a = b'']", "byte 8: behind b stands Base64" },
		{ "[x:a = 1] within 2 SECONDS",
		  "byte 11: AND, OR, FOLLOWEDBY or a qualifier must follow an observation, "
		  "not \"within 2 SECONDS\"" },
		{ "[x:a = 1] WITHIN 0.0 SECONDS",
		  "byte 18: a number above zero must follow, not \"0.0 SECONDS\"" },
		{ "[x:a = 1] REPEATS 1.5 TIMES",
		  "byte 19: a whole number above zero must follow, not \"1.5 TIMES\"" },
		{ "[x:a = 1] START t'2026-03-02T04:05:06Z'",
		  "byte 40: STOP must follow, but the pattern ends" },
		{ "[x:a = 1] REPEATS 2 TIMES REPEATS 2 TIMES",
		  "byte 27: a second REPEATS at one observation" },
		{ "[file:hashes.'SHA-256' = 'f00']", "byte 26: this is no SHA-256" },
		{ "[x:a = 1 AND ]", "byte 14: the type of an object must stand here, not \"]\"" },
		{ "[x:a IN (1,)]", "byte 12: a value must follow, not \")]\"" },
		{ "[NOT x:a = 1]",
		  "byte 6: EXISTS must follow a NOT in this place, not \"x:a = 1]\"" },
		{ "[x:a = 1\xff]", "the pattern is no UTF-8" },
		{ "[x:a ; 1]", "byte 6: this character has no meaning here" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1U << 20);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct stix_pattern p;
		struct err e = { 0 };

		CHECK(!stix_pattern_read(str_of(rows[i].pattern), &a, &p, &e));
		if (strcmp(e.text, rows[i].told) != 0)
			printf("# %s\n# is  %s\n# not %s\n", rows[i].pattern, e.text, rows[i].told);
		CHECK(strcmp(e.text, rows[i].told) == 0 && e.kind == ERR_INPUT);
	}
}

TEST("stix_pattern: qualifiers are kept with what they are of")
{
	autoarena a = { 0 };
	struct stix_pattern p;
	struct err e = { 0 };
	struct str s = S("[x:a = 1] OR ([x:b = 1] FOLLOWEDBY [x:c = 1] REPEATS 2 TIMES) "
			 "WITHIN 5 SECONDS WITHIN 6 SECONDS START t'2026-03-02T04:05:06Z' "
			 "STOP t'2026-03-02T04:05:07Z'");

	arena_init(&a, 1U << 20);
	CHECK(stix_pattern_read(s, &a, &p, &e));
	CHECK(p.observations == 3 && p.qualifiers.count == 4);
	CHECK(p.qualifiers.at[0].kind == STIX_REPEATS && p.qualifiers.at[0].from == 2 &&
	      p.qualifiers.at[0].to == 3 && str_eq(p.qualifiers.at[0].first, S("2")));
	CHECK(p.qualifiers.at[1].kind == STIX_WITHIN && p.qualifiers.at[1].from == 1);
	CHECK(p.qualifiers.at[3].kind == STIX_START_STOP &&
	      str_eq(p.qualifiers.at[3].second, S("2026-03-02T04:05:07Z")));
}

static struct str repeated(struct arena *a, struct str begin, struct str unit, size_t n)
{
	char *text = arena_new(a, char, begin.n + n * unit.n);

	memcpy(text, begin.p, begin.n);
	for (size_t i = 0; i < n; i++)
		memcpy(text + begin.n + i * unit.n, unit.p, unit.n);
	return (struct str){ text, begin.n + n * unit.n };
}

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

TEST("stix_pattern: as deep, as many and as long as stated, and no more")
{
	static const struct {
		struct str begin, unit;
		size_t n;
		enum err_kind kind;
	} rows[] = {
		{ W("["), W("("), STIX_MAX_DEPTH, ERR_INPUT }, // cut off, but not too deep
		{ W("["), W("("), STIX_MAX_DEPTH + 1, ERR_LIMIT },
		{ W(""), W("("), STIX_MAX_DEPTH + 1, ERR_LIMIT },
		{ W("["), W("("), 1000000, ERR_LIMIT },
		{ W("[x:a=1"), W(" OR x:a=1"), STIX_MAX_COMPARISONS - 1, ERR_INPUT },
		{ W("[x:a=1"), W(" OR x:a=1"), STIX_MAX_COMPARISONS, ERR_LIMIT },
		{ W("[x:a IN(1"), W(",1"), STIX_MAX_COMPARISONS, ERR_LIMIT },
		{ W("[x:a=1]"), W(" OR[x:a=1]"), STIX_MAX_OBSERVATIONS - 1, ERR_NONE },
		{ W("[x:a=1]"), W(" OR[x:a=1]"), STIX_MAX_OBSERVATIONS, ERR_LIMIT },
		{ W("[x:a"), W(".a"), STIX_MAX_STEPS - 1, ERR_INPUT },
		{ W("[x:a"), W(".a"), STIX_MAX_STEPS, ERR_LIMIT },
		{ W("[x:a"), W("aa"), STIX_MAX_PATH, ERR_LIMIT },
		{ W("([x:a=1])"), W("WITHIN 1 SECONDS "), STIX_MAX_QUALIFIERS, ERR_NONE },
		{ W("([x:a=1])"), W("WITHIN 1 SECONDS "), STIX_MAX_QUALIFIERS + 1, ERR_LIMIT },
		{ W("[x"), W("x"), STIX_MAX_TYPE - 1, ERR_INPUT },
		{ W("[x"), W("x"), STIX_MAX_TYPE, ERR_LIMIT },
		{ W("["), W(" "), STIX_MAX_PATTERN, ERR_LIMIT },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		autoarena a = { 0 };
		struct stix_pattern p;
		struct err e = { 0 };
		struct str s;

		arena_init(&a, 16U << 20);
		s = repeated(&a, rows[i].begin, rows[i].unit, rows[i].n);
		CHECK(stix_pattern_read(s, &a, &p, &e) == (rows[i].kind == ERR_NONE));
		CHECK(e.kind == rows[i].kind);
	}
}

TEST("stix_pattern: the largest one stays within the memory that is stated")
{
	autoarena a = { 0 }, text = { 0 };
	struct stix_pattern p;
	struct err e = { 0 };
	struct str unit, s;

	arena_init(&text, 16U << 20);
	unit = repeated(&text, S(" OR x:'"), S("\\\\"), 58);
	unit = arena_fmt(&text, STR_FMT "'=1", STR_ARG(unit));
	s = repeated(&text, S("[x:a=1"), unit, STIX_MAX_COMPARISONS - 1);
	s = arena_fmt(&text, STR_FMT "]", STR_ARG(s));
	CHECK(s.n < STIX_MAX_PATTERN);
	arena_init(&a, STIX_MAX_MEMORY);
	CHECK(stix_pattern_read(s, &a, &p, &e));
	CHECK(p.comparisons.count == STIX_MAX_COMPARISONS);
}
