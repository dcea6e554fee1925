#include "model/feed/guess_column.h"

#include "base/time.h"
#include "codec/net/address.h"
#include "codec/table/json.h"
#include "codec/table/json_tree.h"
#include "codec/text/spot.h"
#include "model/feed/event.h"

// What publishers call their columns.
static const struct guess_name names[] = {
	{ "ip", "source.ip", "" },
	{ "address", "source.ip", "" },
	{ "ip_address", "source.ip", "" },
	{ "src_ip", "source.ip", "" },
	{ "srcip", "source.ip", "" },
	{ "sourceip", "source.ip", "" },
	{ "host", "source.fqdn", "" },
	{ "hostname", "source.fqdn", "" },
	{ "domain", "source.fqdn", "" },
	{ "fqdn", "source.fqdn", "" },
	{ "url", "source.url", "" },
	{ "port", "source.port", "" },
	{ "src_port", "source.port", "" },
	{ "asn", "source.asn", "" },
	{ "as", "source.asn", "" },
	{ "as_name", "source.as_name", "" },
	{ "country", "source.geolocation.cc", "" },
	{ "cc", "source.geolocation.cc", "" },
	{ "geo", "source.geolocation.cc", "" },
	{ "city", "source.geolocation.city", "" },
	{ "email", "source.account", " personal" },
	{ "mail", "source.account", " personal" },
	{ "account", "source.account", " personal" },
	{ "username", "source.account", " personal" },
	{ "user", "source.account", " personal" },
	{ "password", "extra.password", " secret" },
	{ "pass", "extra.password", " secret" },
	{ "token", "extra.token", " secret" },
	{ "dst_ip", "destination.ip", " third-party" },
	{ "dest_ip", "destination.ip", " third-party" },
	{ "destination_ip", "destination.ip", " third-party" },
	{ "dst_port", "destination.port", "" },
	{ "timestamp", "time.source", "" },
	{ "time", "time.source", "" },
	{ "date", "time.source", "" },
	{ "seen", "time.source", "" },
	{ "last_seen", "time.source", "" },
	{ "lastseen", "time.source", "" },
	{ "protocol", "protocol.transport", "" },
	{ "proto", "protocol.transport", "" },
	{ "malware", "malware.name", "" },
	{ "infection", "malware.name", "" },
	{ "family", "malware.name", "" },
	{ "botnet", "malware.name", "" },
	{ "type", "classification.identifier", "" },
	{ "category", "classification.identifier", "" },
	{ "md5", "malware.hash.md5", "" },
	{ "sha1", "malware.hash.sha1", "" },
	{ "sha256", "malware.hash.sha256", "" },
	{ "comment", "comment", "" },
	{ "description", "event_description.text", "" },
	{ "severity", "severity", "" },
	{ "status", "status", "" },
};

static const struct {
	const char *field, *role, *as;
} fields[GUESS_KINDS] = {
	[GUESS_ADDRESS] = { "source.ip", "", "address" },
	[GUESS_NAME] = { "source.fqdn", "", "name" },
	[GUESS_URL] = { "source.url", "", "url" },
	[GUESS_MAIL] = { "source.account", " personal", "mail" },
	[GUESS_ASN] = { "source.asn", "", "asn" },
	[GUESS_TIME] = { "time.source", "", NULL },
	[GUESS_DAY] = { "time.source", " | time \"%d.%m.%Y\"", NULL },
	[GUESS_DAY_MINUTE] = { "time.source", " | time \"%d.%m.%Y %H:%M\"", NULL },
	[GUESS_DAY_SECOND] = { "time.source", " | time \"%d.%m.%Y %H:%M:%S\"", NULL },
	[GUESS_ENDPOINT] = { "source.ip", " | endpoint address", "address" },
	[GUESS_MD5] = { "malware.hash.md5", "", NULL },
	[GUESS_SHA1] = { "malware.hash.sha1", "", NULL },
	[GUESS_SHA256] = { "malware.hash.sha256", "", NULL },
};

static bool is_hash(struct str s, size_t digits)
{
	if (s.n != digits)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = ascii_lower(s.p[i]);

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	return true;
}

// "02.03.2026 04:05": the letters of a pattern, 9 for any digit.
static bool is_like(struct str s, struct str pattern)
{
	if (s.n != pattern.n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (pattern.p[i] == '9' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != pattern.p[i])
			return false;
	return true;
}

// An address with a port.
static bool is_endpoint(struct str s)
{
	struct address a;
	struct str host = s, port = s;
	uint64_t v;

	while (str_has(port, ':'))
		str_cut(&port, ':');
	host.n = port.p > s.p ? (size_t)(port.p - s.p) - 1 : 0;
	if (str_starts(host, '[') && str_has_suffix(host, S("]")))
		host = (struct str){ host.p + 1, host.n - 2 };
	else if (str_has(host, ':'))
		return false;
	return host.n > 0 && port.n > 0 && str_to_uint(port, 65535, &v) && address_read(host, &a);
}

enum guess_kind guess_kind(struct str cell)
{
	static const struct {
		struct str word;
		enum guess_kind kind;
	} spots[] = { { { "address", 7 }, GUESS_ADDRESS },
		      { { "name", 4 }, GUESS_NAME },
		      { { "url", 3 }, GUESS_URL },
		      { { "mail", 4 }, GUESS_MAIL },
		      { { "asn", 3 }, GUESS_ASN } };
	struct str spot = spot_kind(cell);
	int64_t t;

	if (is_endpoint(cell))
		return GUESS_ENDPOINT;
	for (size_t i = 0; i < COUNTOF(spots); i++)
		if (str_eq(spot, spots[i].word))
			return spots[i].kind;
	if (cell.n >= 10 && time_read(cell, &t))
		return GUESS_TIME;
	if (is_like(cell, S("99.99.9999")))
		return GUESS_DAY;
	if (is_like(cell, S("99.99.9999 99:99")))
		return GUESS_DAY_MINUTE;
	if (is_like(cell, S("99.99.9999 99:99:99")))
		return GUESS_DAY_SECOND;
	if (is_hash(cell, 32))
		return GUESS_MD5;
	if (is_hash(cell, 40))
		return GUESS_SHA1;
	return is_hash(cell, 64) ? GUESS_SHA256 : GUESS_TEXT;
}

// Case, blanks, dashes and dots do not matter.
static bool is_called(struct str column, struct str word)
{
	if (column.n != word.n)
		return false;
	for (size_t i = 0; i < word.n; i++) {
		char c = ascii_lower(column.p[i]);

		if (c == ' ' || c == '-' || c == '.')
			c = '_';
		if (c != word.p[i])
			return false;
	}
	return true;
}

const struct guess_name *guess_by_name(struct str column)
{
	static const struct str before[] = { { "source ", 7 }, { "source_", 7 }, { "source.", 7 } };

	for (size_t i = 0; i < COUNTOF(before); i++)
		if (str_eq_nocase(str_first(column, before[i].n), before[i]))
			column = str_from(column, before[i].n);
	for (size_t i = 0; i < COUNTOF(names); i++)
		if (is_called(column, str_of(names[i].word)))
			return &names[i];
	return NULL;
}

static const char *select_of(struct str field)
{
	for (unsigned k = 0; k < GUESS_KINDS; k++)
		if (fields[k].as != NULL && str_eq(field, str_of(fields[k].field)))
			return fields[k].as;
	return NULL;
}

static bool is_selected(const struct guessing *g, struct str field)
{
	for (unsigned i = 0; i < g->selects; i++)
		if (str_eq(str_of(g->select[i].field), field))
			return true;
	return false;
}

static void put(struct guessing *g, struct str name, const char *field, const char *role,
		struct buf *out)
{
	const char *as = select_of(str_of(field));
	bool again = as != NULL && is_selected(g, str_of(field));

	if (again && str_eq(str_of(field), S("source.ip"))) {
		field = "destination.ip";
		role = " third-party";
		as = NULL;
	} else if (again) {
		field = "-";
		as = NULL;
	}
	if (as != NULL && g->selects < GUESS_MATCHES) {
		g->select[g->selects].field = field;
		g->select[g->selects++].as = as;
	}
	if (g->count < GUESS_DONE)
		g->done[g->count++] = name;
	buf_fmt(out, STR_FMT " = %s%s\n", STR_ARG(name), field, role);
}

// A key of a feed file cannot have every letter.
static bool fits(struct str name)
{
	return name.n > 0 && name.n <= 120 && !str_has(name, '=') && !str_has(name, '\n') &&
	       !str_starts(name, '[') && !str_starts(name, '#');
}

void guess_column(struct guessing *g, struct str name, enum guess_kind kind, struct buf *out)
{
	const struct guess_name *known = guess_by_name(name);
	bool peer = kind == GUESS_ENDPOINT && is_selected(g, S("source.ip"));

	if (!fits(name))
		return;
	if (peer) {
		buf_fmt(out, STR_FMT " = destination.ip third-party | endpoint address\n",
			STR_ARG(name));
		buf_fmt(out, STR_FMT " = destination.port | endpoint port\n", STR_ARG(name));
		return;
	}
	if (kind != GUESS_TEXT && known == NULL)
		put(g, name, fields[kind].field, fields[kind].role, out);
	else if (kind != GUESS_TEXT && select_of(str_of(fields[kind].field)) != NULL &&
		 select_of(str_of(known->field)) != NULL)
		put(g, name, fields[kind].field, fields[kind].role, out); // what is there decides
	else if (known != NULL && fields[kind].field != NULL &&
		 str_eq(str_of(known->field), str_of(fields[kind].field)))
		put(g, name, known->field, fields[kind].role, out);
	else if (known != NULL)
		put(g, name, known->field, known->role, out);
	else
		put(g, name, "-", "", out);
	if (kind == GUESS_ENDPOINT)
		buf_fmt(out, STR_FMT " = source.port | endpoint port\n", STR_ARG(name));
}

bool guess_named(struct guessing *g, struct str word, struct buf *out)
{
	const struct guess_name *known = guess_by_name(word);
	char field[128];
	struct buf b = { .p = field, .cap = sizeof field - 1 };

	if (str_eq(word, S("_"))) {
		buf_str(out, S("_ = none\n"));
		return true;
	}
	if (known != NULL) {
		put(g, word, known->field, known->role, out);
		return true;
	}
	if (!event_key_known(word))
		return false;
	for (unsigned k = 0; k < GUESS_KINDS; k++)
		if (fields[k].field != NULL && str_eq(word, str_of(fields[k].field))) {
			put(g, word, fields[k].field, fields[k].role, out);
			return true;
		}
	buf_str(&b, word);
	field[b.n] = '\0';
	put(g, word, field, "", out);
	return true;
}

void guess_match(const struct guessing *g, struct buf *out)
{
	buf_str(out, S("\n[match]\n"));
	for (unsigned i = 0; i < g->selects; i++)
		buf_fmt(out, "%s = %s\n", g->select[i].field, g->select[i].as);
}

bool guess_is_done(const struct guessing *g, struct str name)
{
	for (unsigned i = 0; i < g->count; i++)
		if (str_eq(g->done[i], name))
			return true;
	return false;
}

bool guess_is_json(struct str line)
{
	struct json j = json_of(line);
	enum json_kind kind;

	while ((kind = json_next(&j)) != JSON_END)
		if (kind == JSON_BAD)
			return false;
	return true;
}

// The first object of the sample, wherever it stands.
bool guess_json(struct str sample, struct arena *a, struct cells *out)
{
	struct tree_shape shape = { .count = 1 };
	struct tree_cut cut = { .shape = &shape };
	struct csv_row row;
	size_t used;

	return json_tree_cut(&cut, sample, false, &row, 1, &used) == 1 && row.state == CSV_ROW &&
	       json_cells(row.field[0], a, out);
}
