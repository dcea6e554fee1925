#include "base/test.h"
#include "model/finding/issue.h"
#include "os/file.h"
#include "task/watch/feed_find.h"
#include "task/watch/schema.h"

#define ROOM ((size_t)256 << 20)

static const char table[] =
	"{ \"_meta\": { \"change_log\": [ \"x\" ], \"date_created\": \"2026-03-24\" },"
	"\"scan_a\": { \"file_name\": \"scan_a\", \"feed_name\": \"A\","
	"  \"constant_fields\": { \"protocol.application\": \"CouchDB\","
	"    \"classification.type\": \"vulnerable-system\", \"classification.taxonomy\": \"odd\" "
	"},"
	"  \"required_fields\": [ [\"time.source\", \"timestamp\", \"add_UTC_to_timestamp\"],"
	"    [\"source.ip\", \"ip\", \"validate_ip\"], [\"source.port\", \"port\", "
	"\"convert_int\"] ],"
	"  \"optional_fields\": [ [\"extra.\", \"tag\", \"validate_to_none\"],"
	"    [\"product.vulnerabilities\", \"tag\", \"extract_cve_from_tag\"],"
	"    [\"extra.\", \"size\", \"convert_int\"], [\"source.asn\", \"asn\", "
	"\"invalidate_zero\"],"
	"    [\"extra.\", \"community\", \"validate_to_none\"],"
	"    [\"source.reverse_dns\", \"hostname\"], [\"extra.\", \"hostname_source\"] ] },"
	"\"scan6_b\": { \"file_name\": \"scan6_b_vulnerable\", \"constant_fields\": {},"
	"  \"required_fields\": [ [\"time.source\", \"timestamp\", \"add_UTC_to_timestamp\"],"
	"    [\"source.ip\", \"ip\", \"validate_ip\"], [\"source.network\", \"ip\", "
	"\"validate_network\"] ],"
	"  \"optional_fields\": [ [\"extra.\", \"size\", \"convert_float\"],"
	"    [\"source.fqdn\", \"http_host\", \"validate_fqdn\"],"
	"    [\"source.url\", \"url\", \"convert_http_host_and_url\", true],"
	"    [\"new.field\", \"odd\", \"turn_around\"] ] },"
	"\"event4_c\": { \"file_name\": \"event4_honeypot_ddos_target\","
	"  \"constant_fields\": { \"classification.type\": \"ddos\" },"
	"  \"required_fields\": [ [\"time.source\", \"timestamp\", \"add_UTC_to_timestamp\"],"
	"    [\"source.ip\", \"src_ip\", \"validate_ip\"], [\"destination.ip\", \"dst_ip\", "
	"\"validate_ip\"] ],"
	"  \"optional_fields\": [ [\"extra.\", \"size\", \"convert_int\"] ] } }";

static const char present[] =
	"# head\n\n[feed]\nname = shadowserver\nrole = victims\n\n[format]\n"
	"kind = delimited\nheader = yes\nfile = {date}-{type}-*.csv\n\n"
	"# away with this\n\n[columns]\nip = source.ip\n\n"
	"[select scan_a]\nip = address\n[issue scan_a]\n# why\n"
	"exposed.special = extra.tag has b\nexposed.a = always\n\n"
	"[select scan_old]\nip = address\n[issue scan_old]\nexposed.old = always\n"
	"\n[table t]\na = b\n";

static struct str made_of(struct schema *s, struct str before, struct arena *a)
{
	struct err e = { 0 };
	struct feed feed;
	struct str made;

	CHECK(schema_read(str_of(table), a, s, &e));
	made = schema_feed(s, before, a);
	CHECK(feed_read(S("shadowserver"), made, a, &feed, &e));
	return made;
}

static bool has(struct str text, struct str part)
{
	if (!str_contains(text, part))
		printf("# lacks: " STR_FMT "\n", STR_ARG(part));
	return str_contains(text, part);
}

TEST("schema: types become sections, and what they share is said once")
{
	static const char *const lines[] = {
		"# head\n\n[feed]\nname = shadowserver\n",
		"\n[columns]\ntimestamp = time.source\nip = source.ip | none 0.0.0.0\n",
		"\nport = source.port\n",
		"\ntag = - | none 0 | none unknown\ntag = product.vulnerabilities | words cve-* | "
		"upper",
		"\nsize = - | number\n",
		"\nasn = source.asn | zero-none\n",
		"[select scan_a]\nip = address\nasn = asn\nhostname = name by hostname_source\n",
		"[columns scan_a]\ncommunity = - secret | none 0 | none unknown\n[set",
		"protocol.application = couchdb\n",
		"\nextra.classification.taxonomy = odd\n",
		"[issue scan_a]\n# why\nexposed.special = extra.tag has b\nexposed.a = always\n",
		"[select scan6_b_vulnerable]\nip = address\nhttp_host = host\n[columns",
		"ip = source.ip if ip not contains / | none 0.0.0.0\nip = source.network if ip "
		"contains /\n",
		"size = - | float\n",
		"[issue scan6_b_vulnerable]\nvuln.b = always\n",
		"\nurl = source.url | request http_host application\n",
		"\nodd = extra.new.field\n",
		"[select event4_honeypot_ddos_target]\ndst_ip = address\n",
		"\nsrc_ip = source.ip third-party | none 0.0.0.0\n",
		"[issue event4_honeypot_ddos_target]\nddos.target = always\n",
		"# ---- no longer published",
		"[issue scan_old]\nexposed.old = always\n",
		"[table t]\na = b\n",
	};
	autoarena a = { 0 };
	struct schema s;
	struct str made;

	arena_init(&a, ROOM);
	made = made_of(&s, str_of(present), &a);
	for (size_t i = 0; i < COUNTOF(lines); i++)
		CHECK(has(made, str_of(lines[i])));
	CHECK(!str_contains(made, S("away with this")));
	CHECK(s.notes.count == 3);
	CHECK(str_eq(schema_feed(&s, made, &a), made)); // again: the same
}

TEST("schema: which types are new, changed and gone is told")
{
	autoarena a = { 0 };
	struct schema s;
	struct str made;
	struct schema_differences d;

	arena_init(&a, ROOM);
	made = made_of(&s, str_of(present), &a);
	schema_compare(&s, str_of(present), made, &a, &d);
	CHECK(d.at.count == 4);
	CHECK(d.at.at[0].change == SCHEMA_CHANGED && d.at.at[0].fresh.count == 8 &&
	      d.at.at[0].other.count == 1 && str_eq(d.at.at[0].other.at[0], S("ip")) &&
	      d.at.at[0].selects && d.at.at[0].sets);
	CHECK(d.at.at[1].change == SCHEMA_ADDED && d.at.at[2].change == SCHEMA_ADDED);
	CHECK(d.at.at[3].change == SCHEMA_GONE && str_eq(d.at.at[3].type, S("scan_old")));
	schema_compare(&s, made, made, &a, &d);
	CHECK(d.at.count == 1 && d.at.at[0].change == SCHEMA_GONE);
}

TEST("schema: any bytes give a sentence, or a feed file that can be read")
{
	autoarena a = { 0 };
	char text[sizeof table];

	arena_init(&a, ROOM);
	for (size_t i = 0; i < 2 * (sizeof table - 1); i++) {
		bool cut = i < sizeof table - 1;
		size_t n = cut ? i : sizeof table - 1, at = i - n * !cut;
		char *mark = arena_mark(&a);
		struct err e = { 0 };
		struct schema s;
		struct feed feed;

		memcpy(text, table, sizeof table);
		if (!cut)
			text[at] ^= (char)(1 << at % 7);
		if (schema_read((struct str){ text, n }, &a, &s, &e)) {
			bool good = feed_read(S("shadowserver"),
					      schema_feed(&s, str_of(present), &a), &a, &feed, &e);

			if (!good)
				printf("# byte %zu: %s\n", at, e.text);
			CHECK(!cut && good);
		} else {
			CHECK((e.kind == ERR_INPUT || e.kind == ERR_LIMIT) && e.text[0] != '\0');
		}
		arena_back(&a, mark);
	}
}

static bool read_feed(const char *path, struct str name, struct arena *a, struct feed *out)
{
	struct err e = { 0 };
	struct str bytes;

	if (file_read(path, FEED_MAX_FILE, a, &bytes, &e) && feed_read(name, bytes, a, out, &e))
		return true;
	printf("# %s: %s\n", path, e.text);
	return false;
}

TEST("schema: every issue that a feed file names has a row, and every type has an issue")
{
	autoarena a = { 0 };
	struct file_names all;
	struct err e = { 0 };
	unsigned rules = 0;

	arena_init(&a, ROOM);
	CHECK(folder_names("feeds", &a, &all, &e) && all.names.count > 0);
	LIST_EACH (const struct str, f, &all.names) {
		struct str path = arena_fmt(&a, "feeds/" STR_FMT, STR_ARG(*f));
		struct feed feed;

		CHECK(read_feed(path.p, str_first(*f, f->n - 5), &a, &feed));
		LIST_EACH (const struct feed_type, type, &feed.types) {
			unsigned of_type = 0;

			for (const struct feed_type *t = type; t != NULL; t = t->base)
				LIST_EACH (const struct feed_rule, r, &t->rules) {
					CHECK(issue_of_rule(r->issue) != NULL);
					of_type++;
				}
			CHECK(of_type > 0 || feed.role != ROLE_VICTIMS);
			rules += of_type;
		}
	}
	CHECK(rules > 170);
}

TEST("schema: the shipped feed file is what the publisher's table makes of itself")
{
	static const char path[] = "../shared/data/shadowserver/schema/intelmq.json";
	autoarena a = { 0 };
	struct str bytes, shipped;
	struct schema s;
	struct feed feed;
	struct err e = { 0 };

	arena_init(&a, ROOM);
	if (!file_exists(path)) {
		test_skip("the publisher's table is not there");
		return;
	}
	CHECK(file_read(path, SCHEMA_MAX_FILE, &a, &bytes, &e) && schema_read(bytes, &a, &s, &e));
	CHECK(file_read("feeds/shadowserver.feed", FEED_MAX_FILE, &a, &shipped, &e));
	CHECK(s.types.count >= 170 && s.notes.count == 0);
	CHECK(str_eq(schema_feed(&s, shipped, &a), shipped));
	CHECK(feed_read(S("shadowserver"), shipped, &a, &feed, &e));
	LIST_EACH (const struct schema_type, t, &s.types)
		CHECK(feed_type(&feed, t->name) != NULL &&
		      feed_type(&feed, t->name)->rules.count > 0 && schema_issue(t, &a).n > 0);
}
