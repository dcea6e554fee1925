#include "base/test.h"
#include "model/finding/claim.h"

enum { LIMIT = 64 << 20, SINCE = 1000, UNTIL = 2000 };

static const struct asset assets[] = {
	// clang-format off
	{ .member = 0, .kind = ASSET_PREFIX, .value = { "198.18.1.0/24", 13 },   .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 1, .kind = ASSET_PREFIX, .value = { "198.18.1.128/26", 15 }, .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 2, .kind = ASSET_PREFIX, .value = { "198.18.200.0/24", 15 }, .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 3, .kind = ASSET_PREFIX, .value = { "198.18.200.0/24", 15 }, .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = ROSTER_NOBODY, .kind = ASSET_PREFIX, .value = { "198.18.1.240/28", 15 }, .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 0, .kind = ASSET_DOMAIN, .value = { "m1.example", 10 },      .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 1, .kind = ASSET_DOMAIN, .value = { "m2.example", 10 },      .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 1, .kind = ASSET_ASN,    .value = { "AS64500", 7 },          .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 0, .kind = ASSET_PREFIX, .value = { "198.18.9.0/24", 13 },   .since = SINCE,     .until = UNTIL },
	{ .member = ROSTER_NOBODY, .kind = ASSET_PREFIX, .value = { "198.18.8.0/24", 13 }, .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 0, .kind = ASSET_PREFIX, .value = { "198.18.8.0/24", 13 },   .since = TIME_EVER, .until = TIME_NEVER },
	{ .member = 1, .kind = ASSET_PREFIX, .value = { "198.18.1.64/28", 14 },  .since = TIME_EVER, .until = UNTIL },
	// clang-format on
};

struct world {
	struct arena arena;
	struct roster roster;
	struct index *index;
};

static void build(struct world *w)
{
	struct err e;

	arena_init(&w->arena, LIMIT);
	for (int i = 0; i < 4; i++)
		*list_add(&w->roster.members, &w->arena) = (struct member){ .id = i + 1 };
	for (size_t i = 0; i < COUNTOF(assets); i++)
		*list_add(&w->roster.assets, &w->arena) = assets[i];
	CHECK(index_build(&w->roster, NULL, &w->arena, &w->index, &e));
}

// One record: an address, an AS number and a name, each may be missing.
struct record {
	const char *address, *name;
	uint32_t asn;
	enum strength name_strength;
};

static unsigned claims(struct world *w, const struct record *r, int64_t at,
		       struct claim out[CLAIM_MAX])
{
	struct met met[3];
	struct address a;
	unsigned n = 0;

	if (r->address != NULL && address_read(str_of(r->address), &a))
		met[n++] = (struct met){ MET_ADDRESS, STRENGTH_STRONG, index_address(w->index, a) };
	if (r->asn != 0)
		met[n++] = (struct met){ MET_ASN, STRENGTH_WEAK, index_asn(w->index, r->asn) };
	if (r->name != NULL)
		met[n++] = (struct met){ MET_NAME, r->name_strength,
					 index_name(w->index, str_of(r->name)) };
	for (unsigned i = 0; i < n; i++)
		if (met[i].node == INDEX_NONE)
			met[i--] = met[--n];
	return claim_make(&w->roster, w->index, met, n, at, out);
}

TEST("claim: each row of the strengths, and whose the record is")
{
	static const struct {
		struct record record;
		int64_t at;
		unsigned count;
		int32_t member, asset;
		enum strength strength;
		enum claim_rule rule;
		bool by_name;
	} rows[] = {
		// clang-format off
		{ { .address = "198.18.1.10" },  0, 1, 0, 0, STRENGTH_STRONG, RULE_PREFIX, false },
		{ { .address = "198.18.1.130" }, 0, 1, 1, 1, STRENGTH_STRONG, RULE_PREFIX, false }, // the inner owner only
		{ { .address = "198.18.200.7" }, 0, 2, 2, 2, STRENGTH_STRONG, RULE_PREFIX, false }, // joint owners
		{ { .address = "198.18.1.241" }, 0, 0, 0, 0, 0, 0, false },                         // a hole
		{ { .address = "198.18.8.1" },   0, 0, 0, 0, 0, 0, false },                         // a hole beside an owner
		{ { .asn = 64500 },              0, 1, 1, 7, STRENGTH_WEAK, RULE_ASN, false },
		{ { .name = "vpn.m1.example", .name_strength = STRENGTH_WEAK },   0, 1, 0, 5, STRENGTH_WEAK,   RULE_REVERSE,  true },
		{ { .name = "vpn.m1.example", .name_strength = STRENGTH_MEDIUM }, 0, 1, 0, 5, STRENGTH_MEDIUM, RULE_ATTESTED, true },
		{ { .name = "vpn.m1.example", .name_strength = STRENGTH_STRONG }, 0, 1, 0, 5, STRENGTH_STRONG, RULE_NAME,     true },
		{ { .address = "198.18.1.10", .name = "a.m1.example", .name_strength = STRENGTH_WEAK },
		  0, 1, 0, 0, STRENGTH_STRONG, RULE_BOTH, false },                                 // one record, one claim
		{ { .address = "198.18.1.10", .name = "a.m2.example", .name_strength = STRENGTH_WEAK },
		  0, 2, 0, 0, STRENGTH_STRONG, RULE_PREFIX, false },                               // two members
		{ { .asn = 64500, .name = "a.m2.example", .name_strength = STRENGTH_WEAK },
		  0, 1, 1, 7, STRENGTH_WEAK, RULE_ASN, false },                                    // a number is no address
		{ { .address = "198.18.9.1" }, SINCE - 1, 0, 0, 0, 0, 0, false },
		{ { .address = "198.18.9.1" }, SINCE,     1, 0, 8, STRENGTH_STRONG, RULE_PREFIX, false },
		{ { .address = "198.18.9.1" }, UNTIL - 1, 1, 0, 8, STRENGTH_STRONG, RULE_PREFIX, false },
		{ { .address = "198.18.9.1" }, UNTIL,     0, 0, 0, 0, 0, false },
		{ { .address = "198.18.1.65" }, UNTIL - 1, 1, 1, 11, STRENGTH_STRONG, RULE_PREFIX, false },
		{ { .address = "198.18.1.65" }, UNTIL,     1, 0, 0,  STRENGTH_STRONG, RULE_PREFIX, false }, // its time is over
		// clang-format on
	};
	struct claim out[CLAIM_MAX];
	struct world w = { 0 };

	build(&w);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(claims(&w, &rows[i].record, rows[i].at, out) == rows[i].count);
		if (rows[i].count == 0)
			continue;
		CHECK(out[0].member == rows[i].member && out[0].asset == rows[i].asset);
		CHECK(out[0].strength == rows[i].strength && out[0].rule == rows[i].rule);
		CHECK(out[0].by_name == rows[i].by_name);
	}
	arena_done(&w.arena);
}
