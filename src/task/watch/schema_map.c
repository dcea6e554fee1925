// What a row of the publisher's table is in the language of feed files.
#include "base/buf.h"
#include "model/feed/vocabulary.h"
#include "task/watch/schema.h"

// Their converters as ours: for a free field, and for one whose type the vocabulary knows.
// clang-format off
static const struct {
	const char *how, *free, *known;
} hows[] = {
	{ "",                          "",                                  "" },
	{ "add_UTC_to_timestamp",      "| zone UTC",                        "" },
	{ "validate_to_none",          "| none 0 | none unknown",           "| none 0 | none unknown" },
	{ "validate_ip",               "| none 0.0.0.0",                    "| none 0.0.0.0" },
	{ "validate_network",          "",                                  "" },
	{ "validate_fqdn",             "",                                  "" },
	{ "invalidate_zero",           "| zero-none | number",              "| zero-none" },
	{ "convert_int",               "| number",                          "" },
	{ "convert_float",             "| float",                           "" },
	{ "convert_bool",              "| boolean",                         "" },
	{ "convert_date",              "| time \"%a, %d %b %Y %H:%M:%S GMT\" | zone UTC", "" },
	{ "convert_date_utc",          "| zone UTC",                        "" },
	{ "force_base64",              "| base64",                          "| base64" },
	{ "extract_cve_from_tag",      "| words cve-* | upper | join \";\"", "| words cve-* | upper | join \";\"" },
	{ "convert_http_host_and_url", "| request http_host application",   "| request http_host application" },
	{ "category_or_detail",        "| none 0 | none unknown",           "| none 0 | none unknown" },
	{ "scan_exchange_taxonomy",    NULL,                                NULL }, // by the tag: schema_sets
	{ "scan_exchange_type",        NULL,                                NULL },
	{ "scan_exchange_identifier",  NULL,                                NULL },
};

// What must not be kept, or is a person's or somebody else's (RULES 10), by column;
// a type in the second column: only there.
static const struct {
	const char *column, *type, *role;
} roles[] = {
	{ "password",          "",           "secret" },
	{ "community",         "",           "secret" },
	{ "badsecret_secret",  "",           "secret" }, // the key itself
	{ "badsecret_product", "",           "secret" }, // what it signed: a cookie, a token
	{ "http_postdata",     "",           "secret" },
	{ "detail",            "compromised", "secret" }, // may be the stolen password
	{ "detail",            "scan",       "secret" }, // may be what lay open: a .git/config
	{ "email",             "",           "personal" },
	{ "account",           "",           "personal" },
	{ "username",          "",           "personal" },
	{ "cookie",            "",           "personal" }, // of RDP: who logs on
	{ "sender",            "",           "personal" },
	{ "contact",           "",           "personal" },
	{ "sip_from",          "",           "personal" },
	{ "sip_to",            "",           "personal" },
	{ "machine_name",      "",           "personal" },
	{ "subject_email_address", "",       "personal" },
	{ "subject_given_name", "",          "personal" },
	{ "subject_surname",   "",           "personal" },
	{ "issuer_email_address", "",        "personal" },
	{ "issuer_given_name", "",           "personal" },
	{ "issuer_surname",    "",           "personal" },
	{ "cc_url",            "",           "third-party" },
	{ "attack_src_ip",     "",           "third-party" },
	{ "beacon_host",       "",           "third-party" },
	{ "payload_url",       "",           "third-party" },
	{ "domain",            "event",      "third-party" },
	{ "dst_network",       "event",      "third-party" },
};
// clang-format on

static bool is_free(struct str field)
{
	return str_starts(field, '-') || str_has_prefix(field, S("extra."));
}

static bool has_field(const struct schema_type *t, struct str field)
{
	LIST_EACH (const struct schema_row, r, &t->rows)
		if (str_eq(r->field, field))
			return true;
	return false;
}

static bool has_column(const struct schema_type *t, struct str column)
{
	LIST_EACH (const struct schema_row, r, &t->rows)
		if (str_eq(r->column, column))
			return true;
	return false;
}

// Reports that go to who was attacked: the members stand on the other side of the event.
static bool is_of_targets(const struct schema_type *t)
{
	return str_has_suffix(t->name, S("_target")) && has_field(t, S("destination.ip"));
}

// The other side's address is somebody else's (what was asked of it is the member's own).
static bool is_others(const struct schema_type *t, const struct schema_row *row)
{
	static const char *const fields[] = { "ip", "asn", "reverse_dns" };
	struct str side = is_of_targets(t) ? S("source.") : S("destination.");

	for (size_t i = 0; i < COUNTOF(fields); i++)
		if (str_has_prefix(row->field, side) &&
		    str_eq(str_from(row->field, side.n), str_of(fields[i])))
			return true;
	return str_eq(row->field, S("extra.relay.ip")) || str_eq(row->field, S("extra.relay.asn"));
}

static struct str role_of(const struct schema_type *t, const struct schema_row *row)
{
	for (size_t i = 0; i < COUNTOF(roles); i++)
		if (str_eq(row->column, str_of(roles[i].column)) &&
		    str_has_prefix(t->name, str_of(roles[i].type)))
			return str_of(roles[i].role);
	return is_others(t, row) ? S("third-party") : (struct str){ 0 };
}

static void note(struct schema *s, struct str text, struct arena *a)
{
	LIST_EACH (const struct str, n, &s->notes)
		if (str_eq(*n, text))
			return;
	if (s->notes.count < SCHEMA_MAX_NOTES)
		*list_add(&s->notes, a) = text;
}

static struct str field_of(struct schema *s, const struct schema_row *row, struct arena *a)
{
	if (str_eq(row->field, S("extra.")))
		return S("-");
	if (event_key_known(row->field))
		return row->field;
	note(s,
	     arena_fmt(a, "the vocabulary has no \"" STR_FMT "\": it becomes extra." STR_FMT,
		       STR_ARG(row->field), STR_ARG(row->field)),
	     a);
	return arena_fmt(a, "extra." STR_FMT, STR_ARG(row->field));
}

// False: this row is no line; its type's [set] says it.
static bool converters_of(struct schema *s, const struct schema_type *t,
			  const struct schema_row *row, struct arena *a, struct str *out)
{
	bool is_extra = is_free(row->field);

	*out = (struct str){ 0 };
	if (str_eq(row->how, S("convert_http_host_and_url")) && !has_column(t, S("http_host")))
		return true;
	for (size_t i = 0; i < COUNTOF(hows); i++)
		if (str_eq(row->how, str_of(hows[i].how))) {
			*out = str_of(is_extra ? hows[i].free : hows[i].known);
			return out->p != NULL;
		}
	note(s,
	     arena_fmt(a,
		       "the converter \"" STR_FMT "\" is not known here: the text stays as it is",
		       STR_ARG(row->how)),
	     a);
	return true;
}

static bool gives_network(const struct schema_type *t, struct str column)
{
	LIST_EACH (const struct schema_row, r, &t->rows)
		if (str_eq(r->column, column) && str_eq(r->how, S("validate_network")))
			return true;
	return false;
}

static bool was_before(const struct schema_type *t, const struct schema_row *row)
{
	for (const struct schema_row *r = t->rows.at; r != row; r++)
		if (str_eq(r->column, row->column) && str_eq(r->field, row->field))
			return true;
	return false;
}

static void put_row(struct schema *s, const struct schema_type *t, const struct schema_row *row,
		    struct arena *a, struct buf *b)
{
	struct str field = field_of(s, row, a), role = role_of(t, row), by;

	if (!converters_of(s, t, row, a, &by))
		return;
	buf_fmt(b, STR_FMT " = " STR_FMT, STR_ARG(row->column), STR_ARG(field));
	if (role.n > 0)
		buf_fmt(b, " " STR_FMT, STR_ARG(role));
	if (gives_network(t, row->column))
		buf_fmt(b, " if " STR_FMT "%s contains /", STR_ARG(row->column),
			str_eq(row->how, S("validate_network")) ? "" : " not");
	if (by.n > 0)
		buf_fmt(b, " " STR_FMT, STR_ARG(by));
	buf_char(b, '\n');
}

struct str schema_column(struct schema *s, const struct schema_type *t, struct str column,
			 struct arena *a, bool *secret)
{
	char text[4096];
	struct buf b = BUF_ON(text);

	*secret = false;
	LIST_EACH (const struct schema_row, row, &t->rows) {
		size_t was = b.n;

		if (!str_eq(row->column, column) || was_before(t, row))
			continue;
		*secret |= str_eq(role_of(t, row), S("secret"));
		put_row(s, t, row, a, &b);
		if (b.over) // more ways of one column than anybody means
			b.n = was;
		b.over = false;
	}
	return arena_str(a, buf_view(&b));
}

// Of types that say nothing of a source: whose they are shows in these columns.
static const struct {
	const char *column, *how;
} others[] = {
	{ "email", "mail" },        { "username", "mail" },
	{ "website", "host weak" }, // a leak site's word: a candidate, for an officer
	{ "request", "name weak" }, { "query", "name weak" },
};

// A name of reverse DNS counts where a column says who wrote it; a URL where it is whole.
static bool is_selector(const struct schema_type *t, struct str how)
{
	if (str_has_prefix(how, S("name")))
		return has_column(t, S("hostname_source"));
	return !str_eq(how, S("url")) || !has_column(t, S("http_host"));
}

struct str schema_selects(const struct schema_type *t, struct arena *a)
{
	static const struct {
		const char *field, *how;
	} rows[] = {
		{ "ip", "address" },
		{ "fqdn", "host" },
		{ "url", "url" },
		{ "asn", "asn" },
		{ "reverse_dns", "name by hostname_source" },
	};
	struct str side = is_of_targets(t) ? S("destination.") : S("source.");
	char text[4096];
	struct buf b = BUF_ON(text);

	for (size_t i = 0; i < COUNTOF(rows); i++)
		LIST_EACH (const struct schema_row, r, &t->rows) {
			if (!str_has_prefix(r->field, side) ||
			    !str_eq(str_from(r->field, side.n), str_of(rows[i].field)))
				continue;
			if (is_selector(t, str_of(rows[i].how)))
				buf_fmt(&b, STR_FMT " = %s\n", STR_ARG(r->column), rows[i].how);
			break; // a field is one column's
		}
	for (size_t i = 0; b.n == 0 && i < COUNTOF(others); i++)
		if (has_column(t, str_of(others[i].column)))
			buf_fmt(&b, "%s = %s\n", others[i].column, others[i].how);
	if (b.n == 0) // nothing that could be a member's is known: their first column
		buf_fmt(&b, STR_FMT " = host weak\n", STR_ARG(t->rows.at[0].column));
	return arena_str(a, buf_view(&b));
}

// "CouchDB" becomes "couchdb" where the vocabulary has no capitals; what it does not know
// at all stands under extra.
static void put_fixed(struct schema *s, const struct schema_fixed *f, struct arena *a,
		      struct buf *b)
{
	const struct vocabulary *v = vocabulary_find(f->field);
	struct event_field read;
	bool fits = v != NULL && vocabulary_read(v, f->value, NULL, a, &read);
	bool quoted = str_contains(f->value, S(" if "));

	if (!fits && !str_has_prefix(f->field, S("extra.")))
		note(s,
		     arena_fmt(a,
			       "the vocabulary has no " STR_FMT " \"" STR_FMT
			       "\": it becomes extra." STR_FMT,
			       STR_ARG(f->field), STR_ARG(f->value), STR_ARG(f->field)),
		     a);
	buf_fmt(b, quoted ? "%s" STR_FMT " = \"" STR_FMT "\"\n" : "%s" STR_FMT " = " STR_FMT "\n",
		fits || str_has_prefix(f->field, S("extra.")) ? "" : "extra.", STR_ARG(f->field),
		STR_ARG(fits ? read.value : f->value));
}

struct str schema_sets(struct schema *s, const struct schema_type *t, struct arena *a)
{
	char text[8192];
	struct buf b = BUF_ON(text);

	LIST_EACH (const struct schema_row, r, &t->rows)
		if (str_eq(r->how, S("scan_exchange_taxonomy")))
			buf_str(&b,
				S("classification.taxonomy = intrusions if extra.tag has webshell\n"
				  "classification.taxonomy = vulnerable\n"
				  "classification.type = system-compromise if extra.tag has "
				  "webshell\n"
				  "classification.type = vulnerable-system\n"
				  "classification.identifier = exchange-server-webshell if "
				  "extra.tag has webshell\n"
				  "classification.identifier = vulnerable-exchange-server\n"));
	LIST_EACH (const struct schema_fixed, f, &t->fixed)
		put_fixed(s, f, a, &b);
	return arena_str(a, b.over ? S("") : buf_view(&b));
}
