#include "base/test.h"
#include "model/roster/write.h"
#include "os/idn.h"
#include "os/suffix.h"
#include "store/roster.h"
#include "store/store.h"
#include "task/roster/change.h"

#include <unistd.h>

static const int64_t day = 20000 * TIME_DAY;

struct bed { // an empty store in memory
	struct arena a;
	struct db *d;
	struct roster_change c;
	struct roster_outcome out;
	struct err e;
};

static void bed_make(struct bed *b)
{
	*b = (struct bed){ .c = { .rules = { idn_to_ascii, suffix_is_public, true }, .now = day } };
	arena_init(&b->a, 1 << 28);
	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, day, &b->d, &b->e));
}

static void bed_done(struct bed *b)
{
	db_close(b->d);
	arena_done(&b->a);
}

static bool import(struct bed *b, const char *text)
{
	struct str bytes = str_of(text);
	bool ok = roster_import(b->d, &b->c, bytes, roster_form_of(bytes), &b->a, &b->out, &b->e);

	LIST_EACH (struct remark, r, &b->out.remarks.list)
		printf("# line %u: " STR_FMT "\n", r->line, STR_ARG(r->text));
	if (!ok)
		printf("# %s\n", b->e.text);
	return ok;
}

static const char small[] = "record,member,names,kind,umbrellas,role,mail,value,since\n"
			    "member,u1,Umbrella,umbrella,,,,,\n"
			    "member,m1,\"First; St. \"\"Jan\"\"\",hospital,u1,,,,\n"
			    "contact,m1,,,,security,soc@m1.example,,\n"
			    "asset,m1,,prefix,,,,198.18.0.0/24,2026-01-01\n"
			    "asset,m1,,domain,,,,m1.example,\n"
			    "asset,-,,hole,,,,198.18.0.8/29,\n";

static size_t changes(const struct bed *b)
{
	return b->out.difference.list.count;
}

TEST("roster: a sheet goes in once; the second time nothing changes")
{
	struct bed b;
	struct roster r;

	bed_make(&b);
	CHECK(import(&b, small) && changes(&b) == 6);
	CHECK(roster_load(b.d, &b.a, &r, &b.e));
	CHECK(r.members.count == 2 && r.contacts.count == 1 && r.assets.count == 3);
	CHECK(r.members.at[0].names.count == 2 &&
	      str_eq(r.members.at[0].names.at[1], S("St. \"Jan\"")));
	CHECK(str_eq(r.members.at[0].umbrellas.at[0], S("u1")));
	CHECK(r.assets.at[2].member == ROSTER_NOBODY && r.assets.at[2].kind == ASSET_PREFIX);
	CHECK(import(&b, small) && changes(&b) == 0);
	bed_done(&b);
}

TEST("roster: JSON as sixty days of truth has it, contacts inside members")
{
	struct bed b;
	struct roster r;

	bed_make(&b);
	CHECK(import(&b, "{\"members\": [{\"slug\": \"m1\", \"names\": [\"Caf\\u00e9\"],"
			 " \"umbrellas\": [], \"contacts\": [{\"role\": \"security\","
			 " \"mail\": \"soc@m1.example\"}]}],\n \"assets\": [\n"
			 "{\"member\": \"m1\", \"kind\": \"prefix\", \"value\": \"198.18.0.0/24\","
			 " \"held_since\": \"2025-01-01\", \"dynamic\": true},\n"
			 "{\"member\": null, \"kind\": \"hole\", \"value\": \"m1.example\"}]}"));
	CHECK(roster_load(b.d, &b.a, &r, &b.e));
	CHECK(r.members.count == 1 && r.contacts.count == 1 && r.assets.count == 2);
	CHECK(str_eq(r.members.at[0].name, S("Caf\xc3\xa9")));
	CHECK(r.assets.at[0].proven && r.assets.at[0].dynamic && r.assets.at[0].line == 0);
	CHECK(r.assets.at[1].kind == ASSET_DOMAIN && r.assets.at[1].member == ROSTER_NOBODY);
	bed_done(&b);
}

TEST("roster: what a file does not hold stays, what it lacks goes, and the past stays")
{
	struct bed b;
	struct roster r;

	bed_make(&b);
	CHECK(import(&b, small));
	b.c.yes = true;
	CHECK(import(&b, "m1\tprefix\t198.18.0.0/24\nm2\tdomain\tm2.example\n"));
	// Added: a member and a domain. Gone: a domain and the hole.
	CHECK(changes(&b) == 4 && b.out.difference.count[RECORD_ASSET][CHANGE_GONE] == 2);
	CHECK(roster_load(b.d, &b.a, &r, &b.e));
	CHECK(r.members.count == 3 && r.contacts.count == 1 && r.assets.count == 4);
	CHECK(r.assets.at[1].until == day && r.assets.at[0].until == TIME_NEVER);
	CHECK(r.assets.at[0].since == time_of_date(2026, 1, 1));
	bed_done(&b);
}

TEST("roster: much goes only with the number or a yes; a dry run changes nothing")
{
	struct bed b;
	struct roster r;

	bed_make(&b);
	CHECK(import(&b, small));
	CHECK(!import(&b, "m1\tprefix\t198.18.0.0/24\n") && b.e.kind == ERR_DENIED &&
	      b.out.many == 2);
	b.c.dry_run = true;
	CHECK(import(&b, "m1\tprefix\t198.18.0.0/24\n") && changes(&b) == 2);
	CHECK(roster_load(b.d, &b.a, &r, &b.e) && r.assets.at[1].until == TIME_NEVER);
	b.c.dry_run = false;
	b.c.confirmed = 2;
	CHECK(import(&b, "m1\tprefix\t198.18.0.0/24\n"));
	bed_done(&b);
}

// Each line alone in a roster that is good otherwise; the remark has line 4.
static const struct {
	const char *line;
	enum remark_weight weight;
	const char *says; // a part of the remark
	bool strict;      // in a home that is no example
} rows[] = {
	// clang-format off
	{ "asset,m1,,prefix,10.1.2.3/8",        REMARK_REFUSED, "10.0.0.0/8", false },
	{ "asset,m1,,prefix,2001:db8::1/32",    REMARK_REFUSED, "2001:db8::/32", false },
	{ "asset,m1,,prefix,10.0.0.0/8",        REMARK_REFUSED, "private space", true },
	{ "asset,m1,,prefix,203.0.113.0/24",    REMARK_REFUSED, "documentation", true },
	{ "asset,m1,,prefix,127.0.0.0/8",       REMARK_REFUSED, "loopback", false },
	{ "asset,m1,,prefix,fe80::/64",         REMARK_REFUSED, "link-local", false },
	{ "asset,m1,,prefix,fc00::/7",          REMARK_REFUSED, "unique local", true },
	{ "asset,m1,,range,224.0.0.1-224.0.0.9", REMARK_REFUSED, "multicast", false },
	{ "asset,m1,,prefix,0.0.0.0/0",         REMARK_CONSENT, "shorter than /8", false },
	{ "asset,m1,,prefix,8.0.0.0/7",         REMARK_CONSENT, "shorter than /8", false },
	{ "asset,m1,,range,8.0.0.0-9.0.0.0",    REMARK_CONSENT, "shorter than /8", false },
	{ "asset,m1,,prefix,2a00::/18",         REMARK_CONSENT, "shorter than /19", false },
	{ "asset,m1,,domain,nl",                REMARK_REFUSED, "public suffix", false },
	{ "asset,m1,,domain,co.uk.",            REMARK_REFUSED, "public suffix", false },
	{ "asset,m1,,domain,GitHub.io",         REMARK_REFUSED, "public suffix", false },
	{ "asset,m1,,domain,a..example",        REMARK_REFUSED, "no domain name", false },
	{ "asset,m1,,domain,\xe2\x98\x83\xcc\x81-.example", REMARK_REFUSED, "no domain name", false },
	{ "asset,m1,,asn,AS0",                  REMARK_REFUSED, "AS", false },
	{ "asset,m1,,asn,0",                    REMARK_REFUSED, "AS0", false },
	{ "asset,m1,,asn,23456",                REMARK_REFUSED, "AS_TRANS", false },
	{ "asset,m1,,asn,64512",                REMARK_REFUSED, "private use", true },
	{ "asset,m1,,asn,AS4294967295",         REMARK_REFUSED, "reserved", false },
	{ "asset,m1,,asn,x",                    REMARK_REFUSED, "no AS number", false },
	{ "asset,m2,,asn,3333",                 REMARK_REFUSED, "did you mean \"m1\"", false },
	{ "asset,m1,,prefiks,198.18.0.0/24",    REMARK_REFUSED, "did you mean \"prefix\"", false },
	{ "asset,m1,,prefix,198.18.9.0/24,x,x,x,x,x", REMARK_REFUSED, "columns", false },
	{ "asset,m1,,prefix,198.18.9.0/24,,2026-02-30", REMARK_REFUSED, "no date", false },
	{ "asset,m1,,prefix,198.18.1.0/24",     REMARK_REFUSED, "stands twice", false },
	{ "asset,other,,prefix,198.18.1.0/24",  REMARK_WARNING, "both will be told", false },
	{ "asset,other,,prefix,198.18.1.0/25",  REMARK_NOTE,    "lies in", false },
	{ "asset,other,,range,198.18.1.9-198.18.2.9", REMARK_CONSENT, "partly over", false },
	{ "asset,other,,domain,x.m1.example",   REMARK_WARNING, "is below m1.example", false },
	{ "contact,m1,,,,nobody",               REMARK_REFUSED, "no mail address", false },
	{ "contact,m1",                         REMARK_REFUSED, "a mail address or a telephone", false },
	{ "member,m1,Again",                    REMARK_REFUSED, "a second member", false },
	{ "member,M 2,Two",                     REMARK_REFUSED, "no slug", false },
	{ "member,m2",                          REMARK_REFUSED, "needs a name", false },
	{ "member,m2,Two,,,,,nowhere",          REMARK_REFUSED, "no umbrella \"nowhere\"", false },
	{ "member,m2,Two,,,,,m2",               REMARK_REFUSED, "under itself", false },
	{ "membr,m2,Two",                       REMARK_REFUSED, "no record", false },
	{ "asset,m1,,domain,x\xff.example",     REMARK_REFUSED, "not UTF-8", false },
	{ "member,m2,Two,,x.example",           REMARK_REFUSED, "a member has no \"value\"", false },
	// clang-format on
};

TEST("roster: each mistake is refused with its line, each doubt is said")
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char text[1000];
		struct bed b;
		bool found = false;
		int n;

		bed_make(&b);
		b.c.rules.example = !rows[i].strict;
		n = snprintf(text, sizeof text,
			     "record,member,names,kind,value,mail,since,umbrellas\n"
			     "member,m1,One\nmember,other,Other\n%s\n%s%s",
			     rows[i].line, rows[i].strict ? "" : "asset,m1,,prefix,198.18.1.0/24\n",
			     rows[i].strict ? "" : "asset,m1,,domain,m1.example\n");
		CHECK(n > 0 && (size_t)n < sizeof text);
		CHECK(import(&b, text) == (rows[i].weight >= REMARK_WARNING));
		LIST_EACH (struct remark, r, &b.out.remarks.list)
			found = found || (r->weight == rows[i].weight && r->line >= 4 &&
					  str_contains(r->text, str_of(rows[i].says)));
		if (!found)
			printf("# not found: %s: %s\n", rows[i].line, rows[i].says);
		CHECK(found);
		bed_done(&b);
	}
}

TEST("roster: all mistakes are listed, not the first")
{
	struct bed b;

	bed_make(&b);
	CHECK(!import(&b, "member,kind,valeu\nm1,prefix,x\n"));
	CHECK(b.e.kind == ERR_INPUT && b.out.remarks.count[REMARK_REFUSED] == 1);
	CHECK(!import(&b, "m1\tprefix\t198.18.0.1/24\nm1\tasn\t23456\nm1\tdomain\tnl\n"));
	CHECK(b.out.remarks.count[REMARK_REFUSED] == 3);
	bed_done(&b);
}

TEST("roster: bytes that are no roster give one clear mistake")
{
	static const char *const texts[] = { "",
					     "{",
					     "[]",
					     "{\"members\": 3}",
					     "{\"members\": [{\"slug\": {}}]}",
					     "\"",
					     "\n\n",
					     "<html>\n<body>\n" };

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct bed b;

		bed_make(&b);
		CHECK(!import(&b, texts[i]) && b.e.kind == ERR_INPUT);
		CHECK(b.out.remarks.count[REMARK_REFUSED] >= 1);
		bed_done(&b);
	}
}

static char written[1 << 16];

static void sink(void *to, struct str bytes)
{
	size_t *n = to;

	CHECK(*n + bytes.n < sizeof written);
	if (bytes.n > 0)
		memcpy(written + *n, bytes.p, bytes.n);
	*n += bytes.n;
	written[*n] = '\0';
}

TEST("roster: what is exported comes in again as the same roster, in every form")
{
	static const bool all[RECORD_COUNT] = { true, true, true };
	static const enum roster_form forms[] = { ROSTER_CSV, ROSTER_JSON, ROSTER_TSV };

	for (size_t i = 0; i < COUNTOF(forms); i++) {
		struct bed b, other;
		struct roster r;
		size_t n = 0;

		bed_make(&b);
		bed_make(&other);
		CHECK(import(&b, small));
		CHECK(roster_load(b.d, &b.a, &r, &b.e));
		roster_write(&r, forms[i], all, day, &b.a, (struct roster_sink){ sink, &n });
		CHECK(forms[i] != ROSTER_CSV || // once only
		      strstr(written, "St. \"\"Jan\"\"") == strrchr(written, 'J') - 6);
		CHECK(import(&b, written) && changes(&b) == 0);
		if (forms[i] != ROSTER_TSV) {
			CHECK(import(&other, written) && changes(&other) == 6);
			CHECK(import(&other, small) && changes(&other) == 0);
		}
		bed_done(&b);
		bed_done(&other);
	}
}

static bool no_first_asset(struct roster_file *file, void *with, struct arena *a, struct err *e)
{
	(void)with, (void)a, (void)e;
	file->roster.assets.at[0] = file->roster.assets.at[--file->roster.assets.count];
	return true;
}

TEST("roster: one thing is changed, the others stay")
{
	struct bed b;

	bed_make(&b);
	CHECK(import(&b, small));
	CHECK(!roster_edit_one(b.d, &b.c, no_first_asset, NULL, &b.a, &b.out, &b.e));
	CHECK(b.e.kind == ERR_DENIED && b.out.many == 1);
	b.c.ask = true;
	CHECK(!roster_edit_one(b.d, &b.c, no_first_asset, NULL, &b.a, &b.out, &b.e));
	CHECK(strstr(b.e.text, "5 %") == NULL);
	b.c.yes = true;
	CHECK(roster_edit_one(b.d, &b.c, no_first_asset, NULL, &b.a, &b.out, &b.e));
	CHECK(changes(&b) == 1 && b.out.difference.count[RECORD_ASSET][CHANGE_GONE] == 1);
	bed_done(&b);
}
