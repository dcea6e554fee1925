#include "model/feed/vocabulary.h"

#include "codec/net/url.h"
#include "model/feed/words_known.h"

#define K(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

// clang-format off
static const struct vocabulary keys[] = { // in the order of their keys
	{ K("abuse_contact"),              TYPE_LOWER,     true,  0 },
	{ K("account"),                    TYPE_TEXT,      true,  0 },
	{ K("allocated"),                  TYPE_TIME,      true,  0 },
	{ K("as_name"),                    TYPE_TEXT,      true,  0 },
	{ K("asn"),                        TYPE_ASN,       true,  0 },
	{ K("domain_suffix"),              TYPE_NAME,      true,  0 },
	{ K("fqdn"),                       TYPE_NAME,      true,  0 },
	{ K("geolocation.cc"),             TYPE_COUNTRY,   true,  0 },
	{ K("geolocation.city"),           TYPE_TEXT,      true,  0 },
	{ K("geolocation.country"),        TYPE_TEXT,      true,  0 },
	{ K("geolocation.cymru_cc"),       TYPE_COUNTRY,   true,  0 },
	{ K("geolocation.geoip_cc"),       TYPE_COUNTRY,   true,  0 },
	{ K("geolocation.latitude"),       TYPE_FLOAT,     true,  0 },
	{ K("geolocation.longitude"),      TYPE_FLOAT,     true,  0 },
	{ K("geolocation.region"),         TYPE_TEXT,      true,  0 },
	{ K("geolocation.state"),          TYPE_TEXT,      true,  0 },
	{ K("ip"),                         TYPE_ADDRESS,   true,  0 },
	{ K("local_hostname"),             TYPE_TEXT,      true,  0 },
	{ K("local_ip"),                   TYPE_ADDRESS,   true,  0 },
	{ K("network"),                    TYPE_NETWORK,   true,  0 },
	{ K("port"),                       TYPE_PORT,      true,  0 },
	{ K("registry"),                   TYPE_KNOWN,     true,  KNOWN_REGISTRY },
	{ K("reverse_dns"),                TYPE_NAME,      true,  0 },
	{ K("tor_node"),                   TYPE_BOOLEAN,   true,  0 },
	{ K("url"),                        TYPE_URL,       true,  0 },
	{ K("urlpath"),                    TYPE_TEXT,      true,  0 },
	{ K("classification.identifier"),  TYPE_TEXT,      false, 0 },
	{ K("classification.taxonomy"),    TYPE_KNOWN,     false, KNOWN_TAXONOMY },
	{ K("classification.type"),        TYPE_KNOWN,     false, KNOWN_TYPE },
	{ K("comment"),                    TYPE_TEXT,      false, 0 },
	{ K("event_description.target"),   TYPE_TEXT,      false, 0 },
	{ K("event_description.text"),     TYPE_TEXT,      false, 0 },
	{ K("event_description.url"),      TYPE_URL,       false, 0 },
	{ K("event_hash"),                 TYPE_UPPER,     false, 40 },
	{ K("feed.accuracy"),              TYPE_FLOAT,     false, 0 },
	{ K("feed.code"),                  TYPE_TEXT,      false, 100 },
	{ K("feed.documentation"),         TYPE_TEXT,      false, 0 },
	{ K("feed.name"),                  TYPE_TEXT,      false, 0 },
	{ K("feed.provider"),              TYPE_TEXT,      false, 0 },
	{ K("feed.url"),                   TYPE_URL,       false, 0 },
	{ K("malware.hash.md5"),           TYPE_HASH,      false, 32 },
	{ K("malware.hash.sha1"),          TYPE_HASH,      false, 40 },
	{ K("malware.hash.sha256"),        TYPE_HASH,      false, 64 },
	{ K("malware.name"),               TYPE_LOWER,     false, 0 },
	{ K("malware.version"),            TYPE_TEXT,      false, 0 },
	{ K("misp.attribute_uuid"),        TYPE_LOWER,     false, 36 },
	{ K("misp.event_uuid"),            TYPE_LOWER,     false, 36 },
	{ K("output"),                     TYPE_TEXT,      false, 0 },
	{ K("product.full_name"),          TYPE_TEXT,      false, 0 },
	{ K("product.name"),               TYPE_TEXT,      false, 0 },
	{ K("product.vendor"),             TYPE_TEXT,      false, 0 },
	{ K("product.version"),            TYPE_TEXT,      false, 0 },
	{ K("product.vulnerabilities"),    TYPE_TEXT,      false, 0 },
	{ K("protocol.application"),       TYPE_LOWER,     false, 100 },
	{ K("protocol.transport"),         TYPE_KNOWN,     false, KNOWN_TRANSPORT },
	{ K("raw"),                        TYPE_TEXT,      false, 0 },
	{ K("rtir_id"),                    TYPE_NUMBER,    false, 0 },
	{ K("screenshot_url"),             TYPE_URL,       false, 0 },
	{ K("severity"),                   TYPE_LOWER,     false, 0 },
	{ K("status"),                     TYPE_TEXT,      false, 0 },
	{ K("time.observation"),           TYPE_TIME,      false, 0 },
	{ K("time.source"),                TYPE_TIME,      false, 0 },
	{ K("tlp"),                        TYPE_KNOWN,     false, KNOWN_TLP },
};
// clang-format on

const struct vocabulary *vocabulary_find(struct str key)
{
	bool sided = true;

	if (str_has_prefix(key, S("source.")))
		str_skip(&key, 7);
	else if (str_has_prefix(key, S("destination.")))
		str_skip(&key, 12);
	else
		sided = false;
	for (size_t i = 0; i < COUNTOF(keys); i++)
		if (keys[i].sided == sided && str_eq(keys[i].key, key))
			return &keys[i];
	return NULL;
}

static struct str changed(struct str s, char (*how)(char), struct arena *a)
{
	char *p = NULL;

	for (size_t i = 0; i < s.n; i++) {
		if (how(s.p[i]) == s.p[i])
			continue;
		if (p == NULL) {
			p = arena_new(a, char, s.n);
			memcpy(p, s.p, s.n);
		}
		p[i] = how(s.p[i]);
	}
	return p != NULL ? (struct str){ p, s.n } : s;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static bool written(struct str text, struct buf *b, struct arena *a, struct str *out)
{
	if (b->over)
		return false;
	*out = str_eq(buf_view(b), text) ? text : arena_str(a, buf_view(b));
	return true;
}

// Without the zone of a link-local one; an IPv4 address may be one number.
static bool read_address(struct str text, struct arena *a, struct str *out)
{
	char where[ADDRESS_TEXT];
	struct buf b = BUF_ON(where);
	struct address at;
	uint64_t number;

	if (str_has(text, '%'))
		text = str_cut(&text, '%');
	if (str_to_uint(text, UINT32_MAX, &number) && number >> 24 != 0) {
		text = arena_fmt(a, "%u.%u.%u.%u", (unsigned)(number >> 24),
				 (unsigned)(number >> 16 & 255), (unsigned)(number >> 8 & 255),
				 (unsigned)(number & 255));
	}
	if (!address_read(text, &at))
		return false;
	if (!str_has(text, ':')) { // four numbers are read in one form only
		*out = text;
		return true;
	}
	address_write(&b, at);
	return written(text, &b, a, out);
}

// "192.0.2.7/24": a publisher that names a host means its network.
static bool read_with_host(struct str text, struct prefix *out)
{
	struct str at = str_cut(&text, '/');
	struct address address;
	uint64_t length;

	if (!address_read(at, &address) ||
	    !str_to_uint(text, str_has(at, ':') ? 128 : 32, &length) || length == 0)
		return false;
	*out = prefix_of(address, (unsigned)length + (str_has(at, ':') ? 0 : 96));
	return true;
}

static bool read_network(struct str text, struct arena *a, struct str *out)
{
	char where[ADDRESS_TEXT + 5];
	struct buf b = BUF_ON(where);
	struct prefix p;
	struct err e;

	if (!prefix_read(text, &p, &e) && !read_with_host(text, &p))
		return false;
	prefix_write(&b, p);
	return written(text, &b, a, out);
}

static bool ends_in_digit(struct str s)
{
	return s.n > 0 && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9';
}

// A name, not an address and not a single word (IntelMQ's FQDN). An address that ends
// otherwise than in a digit has colons, and no name has.
static bool read_name(struct str text, name_idn idn, struct arena *a, struct str *out)
{
	struct address at;
	struct name n;

	if (str_starts(text, '.'))
		str_skip(&text, 1);
	if ((ends_in_digit(text) && address_read(text, &at)) || !name_read(text, idn, &n) ||
	    n.labels < 2)
		return false;
	for (size_t i = 0; i < n.n; i++) {
		char c = n.text[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		      c == '_'))
			return false;
	}
	*out = str_eq(name_str(&n), text) ? text : arena_str(a, name_str(&n));
	return true;
}

static size_t scheme_of(struct str s)
{
	size_t i = 0;

	while (i < s.n && ((ascii_lower(s.p[i]) >= 'a' && ascii_lower(s.p[i]) <= 'z') ||
			   (i > 0 && (s.p[i] == '+' || (s.p[i] >= '0' && s.p[i] <= '9')))))
		i++;
	return i;
}

// With a scheme and a host; "hxxp" and a file's missing host are put right.
static bool read_url(struct str text, struct arena *a, struct str *out)
{
	size_t i = scheme_of(text);
	struct str rest = str_from(text, i);

	if (i == 0 || rest.n <= 3 || memcmp(rest.p, "://", 3) != 0 || str_has(text, ' '))
		return false;
	*out = text;
	if (str_eq_nocase(str_first(text, 4), S("hxxp")))
		*out = arena_fmt(a, "http" STR_FMT, STR_ARG(str_from(text, 4)));
	else if (str_eq_nocase(str_first(text, 8), S("file:///")))
		*out = arena_fmt(a, "file://localhost" STR_FMT, STR_ARG(str_from(text, 7)));
	return true;
}

static bool read_whole(struct str text, uint64_t most, struct arena *a, struct str *out)
{
	uint64_t v;

	if (!str_to_uint(text, most, &v))
		return false;
	*out = text.p[0] == '0' && text.n > 1 ? arena_fmt(a, "%llu", (unsigned long long)v) : text;
	return true;
}

static bool read_number(struct str text, struct arena *a, struct str *out)
{
	struct str digits = text;

	if (!str_starts(text, '-'))
		return read_whole(text, INT64_MAX, a, out);
	str_skip(&digits, 1);
	if (!read_whole(digits, INT64_MAX, a, out))
		return false;
	*out = arena_fmt(a, "-" STR_FMT, STR_ARG(*out));
	return true;
}

static bool read_asn(struct str text, struct arena *a, struct str *out)
{
	char where[10];
	struct buf b = BUF_ON(where);
	uint32_t asn;

	if (!asn_read(text, &asn))
		return false;
	buf_uint(&b, asn);
	return written(text, &b, a, out);
}

static size_t digits_of(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

// "e+3" at the front of *rest, if anything is there.
static bool read_exponent(struct str *rest)
{
	size_t n;

	if (rest->n == 0)
		return true;
	if (ascii_lower(rest->p[0]) != 'e')
		return false;
	str_skip(rest, 1);
	if (str_starts(*rest, '+') || str_starts(*rest, '-'))
		str_skip(rest, 1);
	n = digits_of(*rest);
	return n > 0 && n == rest->n;
}

// As JSON has numbers, so that it can be written as one: no "+", no zero before other
// digits, digits on both sides of the dot.
static bool read_float(struct str text, struct arena *a, struct str *out)
{
	bool minus = str_starts(text, '-');
	struct str whole, part = { 0 }, rest = text, tail;

	if (minus || str_starts(text, '+'))
		str_skip(&rest, 1);
	whole = str_first(rest, digits_of(rest));
	str_skip(&rest, whole.n);
	if (str_starts(rest, '.')) {
		str_skip(&rest, 1);
		part = str_first(rest, digits_of(rest));
		str_skip(&rest, part.n);
	}
	tail = rest;
	if (whole.n == 0 || (whole.n > 1 && whole.p[0] == '0') || !read_exponent(&rest))
		return false;
	if (text.p[0] != '+' && (part.n > 0 || str_has(text, '.') == false))
		*out = text;
	else
		*out = arena_fmt(a, "%s" STR_FMT "." STR_FMT STR_FMT, minus ? "-" : "",
				 STR_ARG(whole), STR_ARG(part.n > 0 ? part : S("0")),
				 STR_ARG(tail));
	return true;
}

static bool read_boolean(struct str text, struct str *out)
{
	static const struct {
		struct str word;
		bool is;
	} words[] = {
		{ K("true"), true },      { K("1"), true },  { K("yes"), true },
		{ K("false"), false },    { K("0"), false }, { K("no"), false },
		{ K("y"), true },         { K("n"), false }, { K("enabled"), true },
		{ K("disabled"), false },
	};

	for (size_t i = 0; i < COUNTOF(words); i++) {
		if (!str_eq_nocase(text, words[i].word))
			continue;
		*out = words[i].is ? S("true") : S("false");
		return true;
	}
	return false;
}

static bool read_time(struct str text, struct arena *a, struct str *out)
{
	char where[TIME_TEXT];
	int64_t t;
	size_t n;

	if (!time_read(text, &t))
		return false;
	n = time_write(t, where);
	*out = arena_str(a, (struct str){ where, n });
	return n > 0;
}

static bool read_hash(struct str text, unsigned digits, struct arena *a, struct str *out)
{
	if (text.n != digits)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		char c = ascii_lower(text.p[i]);

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	*out = changed(text, ascii_lower, a);
	return true;
}

static bool read_country(struct str text, struct arena *a, struct str *out)
{
	if (text.n != 2)
		return false;
	*out = changed(text, upper, a);
	return (out->p[0] >= 'A' && out->p[0] <= 'Z') || (out->p[0] >= '0' && out->p[0] <= '9');
}

static bool read_text(const struct vocabulary *v, struct str text, struct arena *a, struct str *out)
{
	if (v->length > 0 && text.n > v->length)
		return false;
	*out = v->type == TYPE_LOWER   ? changed(text, ascii_lower, a)
	       : v->type == TYPE_UPPER ? changed(text, upper, a)
				       : text;
	return true;
}

static bool read_value(const struct vocabulary *v, struct str text, name_idn idn, struct arena *a,
		       struct str *out)
{
	switch (v->type) {
	case TYPE_TEXT:
	case TYPE_LOWER:
	case TYPE_UPPER:
		return read_text(v, text, a, out);
	case TYPE_ADDRESS:
		return read_address(text, a, out);
	case TYPE_NETWORK:
		return read_network(text, a, out);
	case TYPE_NAME:
		return read_name(text, idn, a, out);
	case TYPE_URL:
		return read_url(text, a, out);
	case TYPE_ASN:
		return read_asn(text, a, out);
	case TYPE_PORT:
		return read_whole(text, 65535, a, out);
	case TYPE_NUMBER:
		return read_number(text, a, out);
	case TYPE_FLOAT:
		return read_float(text, a, out);
	case TYPE_BOOLEAN:
		return read_boolean(text, out);
	case TYPE_TIME:
		return read_time(text, a, out);
	case TYPE_COUNTRY:
		return read_country(text, a, out);
	case TYPE_HASH:
		return read_hash(text, v->length, a, out);
	case TYPE_KNOWN:
		return known_word((enum known_words)v->length, text, out);
	}
	return false;
}

static enum event_kind kind_of(enum vocabulary_type type)
{
	if (type == TYPE_ASN || type == TYPE_PORT || type == TYPE_NUMBER || type == TYPE_FLOAT)
		return EVENT_NUMBER;
	return type == TYPE_BOOLEAN ? EVENT_BOOLEAN : type == TYPE_TIME ? EVENT_TIME : EVENT_TEXT;
}

bool vocabulary_read(const struct vocabulary *v, struct str text, name_idn idn, struct arena *a,
		     struct event_field *out)
{
	if (!read_value(v, text, idn, a, &out->value))
		return false;
	out->kind = kind_of(v->type);
	return true;
}
