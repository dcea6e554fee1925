#include "base/test.h"
#include "model/match/holds.h"

static struct arena arena;

static size_t no_idn(struct str name, char out[NAME_MAX_BYTES + 1])
{
	if (!str_eq(name, S("m\xc3\xbcll.example")))
		return 0;
	memcpy(out, "xn--mll-hoa.example", 20);
	return 19;
}

// Does a record with this value hold it, by its event; and would it have been read at all?
static bool holds(const char *asked, const char *value)
{
	struct event_field f = { .key = S("source.url"), .value = str_of(value) };
	struct event ev = { .fields = { .at = &f, .count = 1 } };
	struct holds h;
	struct err e = { 0 };
	bool is;

	if (arena.start == NULL)
		arena_init(&arena, 1 << 20);
	CHECK(holds_read(str_of(asked), no_idn, &arena, &h, &e));
	is = holds_in(&h, &ev) != NULL;
	CHECK(!is || h.needles.count == 0 || needles_in(&h.needles, f.value));
	return is;
}

TEST("holds: an address is found in each of its writings, and in no other's")
{
	static const struct {
		const char *asked, *value;
		bool holds;
	} rows[] = {
		{ "198.18.5.7", "198.18.5.7", true },
		{ "198.18.5.7", "198.18.5.70", false },
		{ "198.18.5.7", "8198.18.5.7", false },
		{ "198.18.5.7", "198.18.5.7:8080", true },
		{ "198.18.5.7", "http://198.18.5.7/x?y=1", true },
		{ "198.18.5.7", "seen at 198.18.5.7.", true },
		{ "198.18.5.7", "::ffff:198.18.5.7", true },
		{ "2001:db8::1", "2001:DB8::1", true },
		{ "2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001", true },
		{ "2001:db8::1", "[2001:db8:0::1]:443", true },
		{ "2001:db8::1", "2001:db8::11", false },
		{ "2001:db8:5:6::/64", "http://[2001:0db8:0005:0006::7]/", true },
		{ "2001:db8:5:6::/64", "2001:db8:5:7::7", false },
		{ "198.18.4.0/22", "198.18.7.255", true },
		{ "198.18.4.0/22", "198.18.8.0", false },
		{ "::1", "::1", true },
	};

	for (unsigned i = 0; i < COUNTOF(rows); i++)
		CHECK(holds(rows[i].asked, rows[i].value) == rows[i].holds);
}

TEST("holds: a name and all below it, and no name that merely ends or begins so")
{
	static const struct {
		const char *asked, *value;
		bool holds;
	} rows[] = {
		{ "evil.example", "evil.example", true },
		{ "evil.example", "www.EVIL.example.", true },
		{ "evil.example", "http://evil.example:80/", true },
		{ "evil.example", "j@evil.example", true },
		{ "evil.example", "notevil.example", false },
		{ "evil.example", "evil.example.org", false },
		{ "evil.example", "an-evil.example", false },
		{ "m\xc3\xbcll.example", "www.xn--mll-hoa.example", true },
		{ "m\xc3\xbcll.example", "m\xc3\xbcll.example", true },
	};

	for (unsigned i = 0; i < COUNTOF(rows); i++)
		CHECK(holds(rows[i].asked, rows[i].value) == rows[i].holds);
}

TEST("holds: hashes, CVE numbers and mail addresses are whole words, in either case")
{
	static const struct {
		const char *asked, *value;
		bool holds;
	} rows[] = {
		{ "CVE-2024-1234", "cve-2024-1234;exchange", true },
		{ "CVE-2024-1234", "CVE-2024-12345", false },
		{ "d41d8cd98f00b204e9800998ecf8427e", "D41D8CD98F00B204E9800998ECF8427E", true },
		{ "d41d8cd98f00b204e9800998ecf8427e", "0d41d8cd98f00b204e9800998ecf8427e", false },
		{ "j.doe@clinic.example", "J.Doe@clinic.example", true },
		{ "http://a.example/x", "http://a.example/x", true },
	};

	for (unsigned i = 0; i < COUNTOF(rows); i++)
		CHECK(holds(rows[i].asked, rows[i].value) == rows[i].holds);
}

TEST("holds: what cannot be asked is a sentence")
{
	struct holds h;
	struct err e = { 0 };

	if (arena.start == NULL)
		arena_init(&arena, 1 << 20);
	CHECK(!holds_read(S("198.18.5.7/24"), no_idn, &arena, &h, &e) && e.kind == ERR_INPUT);
	CHECK(!holds_read(S("abc"), no_idn, &arena, &h, &e) && e.kind == ERR_INPUT);
}
