#include "base/test.h"
#include "codec/intel/stix_cells.h"
#include "codec/intel/stix_observed.h"

static bool is_at(const struct cells *c, struct str name, struct str text)
{
	LIST_EACH (const struct cell, x, &c->list)
		if (str_eq(x->name, name) && str_eq(x->text, text))
			return true;
	return false;
}

enum { MAX_EXPECTED = 6 };

struct row {
	const char *object;
	enum stix_kind kind;
	enum stix_why why;
	const char *cells[MAX_EXPECTED]; // "name=text", or "!name": there is none of it
};

static void check_cell(const struct cells *c, const char *expected)
{
	struct str text = str_of(expected), name;
	bool is;

	if (str_starts(text, '!')) {
		is = cells_get(c, str_from(text, 1)).p == NULL;
	} else {
		name = str_cut(&text, '=');
		is = is_at(c, name, text);
	}
	if (!is) {
		printf("# not so: %s\n", expected);
		LIST_EACH (const struct cell, x, &c->list)
			printf("# " STR_FMT "=" STR_FMT "\n", STR_ARG(x->name), STR_ARG(x->text));
	}
	CHECK(is);
}

static void check_rows(const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		autoarena a = { 0 };
		struct cells c = { 0 };
		struct stix_object is;

		arena_init(&a, 16U << 20);
		is = stix_cells(str_of(row[i].object), &a, &c);
		if (is.kind != row[i].kind || is.why != row[i].why)
			printf("# %s: " STR_FMT "; " STR_FMT "\n", row[i].object,
			       STR_ARG(stix_kind_text(is.kind)), STR_ARG(stix_why_text(is.why)));
		CHECK(is.kind == row[i].kind && is.why == row[i].why);
		for (size_t k = 0; k < MAX_EXPECTED && row[i].cells[k] != NULL; k++)
			check_cell(&c, row[i].cells[k]);
	}
}

TEST("stix_cells: an indicator gives the values of its pattern and its own properties")
{
	static const struct row rows[] = {
		{ "{\"type\":\"indicator\",\"id\":\"indicator--1\",\"name\":\"A C2\","
		  "\"pattern_type\":\"stix\",\"confidence\":80,\"labels\":[\"a\",\"b\"],"
		  "\"external_references\":[{\"source_name\":\"x\",\"url\":\"http://x.example/\"}],"
		  "\"pattern\":\"[ipv4-addr:value = '192.0.2.1/32' OR domain-name:value IN "
		  "('a.example', 'b.example')]\"}",
		  STIX_INDICATOR,
		  STIX_WHY_NOTHING,
		  { "pattern.ipv4-addr:value=192.0.2.1", "pattern.domain-name:value=a.example",
		    "pattern.domain-name:value=b.example", "labels=b",
		    "external_references.url=http://x.example/", "confidence=80" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[file:hashes.sha256 = "
		  "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']\"}",
		  STIX_INDICATOR,
		  STIX_WHY_NOTHING,
		  { "pattern.file:hashes.SHA-256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb4"
		    "10ff61f20015ad" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[ipv4-addr:value ISSUBSET '192.0.2.7/24' "
		  "AND network-traffic:dst_port = 443] WITHIN 5 SECONDS\"}",
		  STIX_INDICATOR,
		  STIX_WHY_NOTHING,
		  { "pattern.ipv4-addr:prefix=192.0.2.0/24",
		    "narrowed.network-traffic:dst_port=443", "qualifier=WITHIN 5 SECONDS" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[domain-name:value = '192.0.2.1' OR "
		  "domain-name:value = '2001:db8::1']\"}",
		  STIX_INDICATOR,
		  STIX_WHY_NOTHING,
		  { "pattern.ipv4-addr:value=192.0.2.1", "pattern.ipv6-addr:value=2001:db8::1",
		    "!pattern.domain-name:value" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[network-traffic:dst_ref.value IN "
		  "('192.0.2.1/32', 'a.example', '192.0.2.0/24')]\"}",
		  STIX_INDICATOR,
		  STIX_WHY_NOTHING,
		  { "pattern.network-traffic:dst_ref.value=192.0.2.1",
		    "pattern.network-traffic:dst_ref.name=a.example",
		    "pattern.network-traffic:dst_ref.prefix=192.0.2.0/24" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[url:value = "
		  "'http://it\\\\'s.example/']\"}",
		  STIX_INDICATOR,
		  STIX_WHY_NOTHING,
		  { "pattern.url:value=http://it's.example/" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[ipv4-addr:value = '192.0.2.1' AND "
		  "network-traffic:dst_port = 1] OR [ipv4-addr:value = '192.0.2.2' AND "
		  "network-traffic:dst_port = 2] REPEATS 2 TIMES\"}",
		  STIX_INDICATOR,
		  STIX_WHY_NOTHING,
		  { "pattern.ipv4-addr:value=192.0.2.2", "!narrowed.network-traffic:dst_port",
		    "qualifier=REPEATS 2 TIMES" } },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_cells: an indicator that cannot be used says why")
{
	static const struct row rows[] = {
		{ "{\"type\":\"indicator\",\"pattern\":\"[ipv4-addr:value = '192.0.2.1'] AND "
		  "[domain-name:value = 'a.example'] START t'2026-03-02T04:05:06Z' STOP "
		  "t'2026-03-02T04:05:07Z'\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_TOGETHER,
		  { "together.ipv4-addr:value=192.0.2.1", "together.domain-name:value=a.example",
		    "!pattern.ipv4-addr:value",
		    "qualifier=START 2026-03-02T04:05:06Z STOP 2026-03-02T04:05:07Z" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[file:name = 'a.exe']\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_FACTS,
		  { "pattern=[file:name = 'a.exe']" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"[file:name = ]\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_SYNTAX,
		  { "wrong=byte 14: a value must follow, not \"]\"" } },
		{ "{\"type\":\"indicator\",\"pattern_type\":\"yara\",\"pattern\":\"rule a {}\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_LANGUAGE,
		  { "pattern_type=yara" } },
		{ "{\"type\":\"indicator\",\"name\":\"x\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_ABSENT,
		  { "name=x" } },
		{ "{\"type\":\"indicator\",\"revoked\":true,\"pattern\":\"[ipv4-addr:value = "
		  "'192.0.2.1']\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_REVOKED,
		  { "!pattern.ipv4-addr:value" } },
		{ "{\"type\":\"indicator\",\"indicator_types\":[\"benign\"],\"pattern\":"
		  "\"[ipv4-addr:value = '192.0.2.1']\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_BENIGN,
		  { "!pattern.ipv4-addr:value" } },
		{ "{\"type\":\"indicator\",\"pattern\":\"(((((((((((((((((((((((((((((((((\"}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_LIMIT,
		  { "wrong=byte 34: more than 32 parentheses within each other" } },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_cells: an observable gives what was observed")
{
	static const struct row rows[] = {
		{ "{\"type\":\"ipv6-addr\",\"id\":\"ipv6-addr--1\",\"value\":\"2001:db8::1/128\"}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "observed.ipv6-addr:value=2001:db8::1", "id=ipv6-addr--1", "!value" } },
		{ "{\"value\":\"192.0.2.0/24\",\"type\":\"ipv4-addr\",\"spec_version\":\"2.1\"}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "observed.ipv4-addr:prefix=192.0.2.0/24", "spec_version=2.1" } },
		{ "{\"type\":\"domain-name\",\"value\":\"192.0.2.1\"}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "observed.ipv4-addr:value=192.0.2.1", "!observed.domain-name:value" } },
		{ "{\"type\":\"file\",\"name\":\"a.exe\",\"hashes\":{\"sha256\":\"ba78\","
		  "\"MD5\":\"9001\"}}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "observed.file:hashes.SHA-256=ba78", "observed.file:hashes.MD5=9001",
		    "observed.file:name=a.exe", "!name" } },
		{ "{\"type\":\"autonomous-system\",\"number\":64500,\"name\":\"X\"}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "observed.autonomous-system:number=64500" } },
		{ "{\"type\":\"network-traffic\",\"dst_port\":443,\"protocols\":[\"ipv4\",\"tcp\"],"
		  "\"dst_ref\":\"ipv4-addr--1\"}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "observed.network-traffic:dst_port=443",
		    "observed.network-traffic:protocols=tcp",
		    "observed.network-traffic:dst_ref=ipv4-addr--1" } },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_cells: observed-data of STIX 2.0 gives what is within it, references followed")
{
	static const struct row rows[] = {
		{ "{\"type\":\"observed-data\",\"first_observed\":\"2026-03-02T04:05:06Z\","
		  "\"number_observed\":3,\"objects\":{"
		  "\"1\":{\"type\":\"network-traffic\",\"src_ref\":\"0\",\"dst_ref\":\"2\","
		  "\"src_port\":4000},"
		  "\"0\":{\"type\":\"ipv4-addr\",\"value\":\"192.0.2.1/32\"},"
		  "\"3\":{\"value\":\"no type\"}}}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "observed.ipv4-addr:value=192.0.2.1",
		    "observed.network-traffic:src_ref.value=192.0.2.1",
		    "!observed.network-traffic:dst_ref.value",
		    "observed.network-traffic:src_port=4000", "number_observed=3",
		    "objects.3.value=no type" } },
		{ "{\"type\":\"observed-data\",\"object_refs\":[\"ipv4-addr--1\"]}",
		  STIX_CONTEXT,
		  STIX_WHY_NOTHING,
		  { "object_refs=ipv4-addr--1" } },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_cells: whatever else it is, it is something, and it keeps its cells")
{
	static const struct row rows[] = {
		{ "{\"type\":\"identity\",\"name\":\"X\"}",
		  STIX_CONTEXT,
		  STIX_WHY_NOTHING,
		  { "name=X" } },
		{ "{\"type\":\"x-acme\",\"value\":\"192.0.2.1\"}",
		  STIX_UNKNOWN,
		  STIX_WHY_NOTHING,
		  { "value=192.0.2.1" } },
		{ "{\"name\":\"no type\"}", STIX_BROKEN, STIX_WHY_NOTHING, { "!name" } },
		{ "{\"type\":", STIX_BROKEN, STIX_WHY_NOTHING, { "!type" } },
		{ "[]", STIX_BROKEN, STIX_WHY_NOTHING, { NULL } },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_cells: the strictest TLP of all markings counts")
{
	static const struct row rows[] = {
		{ "{\"type\":\"url\",\"object_marking_refs\":["
		  "\"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da\"]}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "tlp=GREEN" } },
		{ "{\"type\":\"url\",\"object_marking_refs\":["
		  "\"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003\","
		  "\"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9\"]}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "tlp=AMBER+STRICT" } },
		{ "{\"type\":\"indicator\",\"granular_markings\":[{\"selectors\":[\"pattern\"],"
		  "\"marking_ref\":\"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1\"}]}",
		  STIX_NOT_UNDERSTOOD,
		  STIX_WHY_ABSENT,
		  { "tlp=RED" } },
		{ "{\"type\":\"url\",\"object_marking_refs\":[\"marking-definition--1\"]}",
		  STIX_OBSERVABLE,
		  STIX_WHY_NOTHING,
		  { "!tlp" } },
	};

	check_rows(rows, COUNTOF(rows));
}

TEST("stix_observed: an address has no length of its own, a prefix no host bits")
{
	static const struct {
		const char *text, *is;
	} rows[] = {
		{ "192.0.2.1/32", "192.0.2.1" },       { "192.0.2.1", "192.0.2.1" },
		{ "192.0.2.7/24", "192.0.2.0/24" },    { "2001:DB8:0::1/128", "2001:DB8:0::1" },
		{ "2001:db8::1/32", "2001:db8::/32" }, { "192.0.2.1/33", "192.0.2.1/33" },
		{ "a.example/24", "a.example/24" },
	};
	autoarena a = { 0 };

	arena_init(&a, 1U << 20);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(str_eq(stix_address_text(str_of(rows[i].text), &a), str_of(rows[i].is)));
}
