#include "model/warning/list.h"

#include "codec/table/json.h"

#include <assert.h>

#define X(id, word, says) { word, says },
static const struct {
	const char *word, *says;
} types[WARNING_TYPE_COUNT] = { WARNING_TYPES(X) };
#undef X

struct str warning_type_word(enum warning_type type)
{
	assert(type < WARNING_TYPE_COUNT);
	return str_of(types[type].word);
}

struct str warning_type_says(enum warning_type type)
{
	assert(type < WARNING_TYPE_COUNT);
	return str_of(types[type].says);
}

struct str warning_kind_word(enum warning_kind kind)
{
	static const char *const words[WARNING_KIND_COUNT] = {
		[OF_ADDRESS] = "address", [OF_NAME] = "name", [OF_URL] = "url",
		[OF_MAIL] = "mail",       [OF_HASH] = "hash",
	};

	assert(kind < WARNING_KIND_COUNT);
	return str_of(words[kind]);
}

enum {
	ADDRESS = 1 << OF_ADDRESS,
	NAME = 1 << OF_NAME,
	URL = 1 << OF_URL,
	MAIL = 1 << OF_MAIL,
	HASH = 1 << OF_HASH,
	ALL = (1 << WARNING_KIND_COUNT) - 1,
	ADDRESS_THERE = ADDRESS << WARNING_KIND_COUNT,
};

// MISP's attributes that a record can have. One that ends in '*' stands for all that
// begin so. A composite ("filename|md5") is what stands behind the stroke.
static const struct {
	const char *word;
	unsigned looks;
} attributes[] = {
	{ "ip-src", ADDRESS },
	{ "ip-src|port", ADDRESS },
	{ "ip-dst", ADDRESS_THERE },
	{ "ip-dst|port", ADDRESS_THERE },
	{ "domain", NAME },
	{ "hostname", NAME },
	{ "hostname|port", NAME },
	{ "domain|ip", NAME | ADDRESS },
	{ "url", URL | NAME },
	{ "uri", URL | NAME },
	{ "link", URL | NAME },
	{ "md5", HASH },
	{ "sha*", HASH },
	{ "filename|md5", HASH },
	{ "filename|sha*", HASH },
	{ "x509-fingerprint-*", HASH },
	{ "email", MAIL },
	{ "email-*", MAIL },
	{ "dns-soa-email", MAIL },
};

static bool is_attribute(struct str row, struct str word)
{
	return str_has_suffix(row, S("*")) ? str_has_prefix(word, str_first(row, row.n - 1))
					   : str_eq(row, word);
}

static unsigned looks_of(const struct warning_list *list)
{
	unsigned looks = 0;

	if (list->attributes.count == 0)
		return ALL;
	LIST_EACH (const struct str, word, &list->attributes)
		for (size_t i = 0; i < COUNTOF(attributes); i++)
			if (is_attribute(str_of(attributes[i].word), *word))
				looks |= attributes[i].looks;
	return looks;
}

// What a type can meet at all: a prefix no name, a name no hash.
static unsigned able(enum warning_type type)
{
	unsigned kinds = type == WARNING_CIDR       ? ADDRESS
			 : type == WARNING_HOSTNAME ? NAME | MAIL
						    : ALL;

	return kinds | kinds << WARNING_KIND_COUNT;
}

unsigned warning_looks_at(unsigned looks, bool source, bool destination)
{
	unsigned kinds = (looks | looks >> WARNING_KIND_COUNT) & ALL;

	return (source ? kinds : 0) | (destination ? kinds << WARNING_KIND_COUNT : 0);
}

void warning_list_refuse(struct warning_list *list, struct arena *a, const char *why)
{
	if (list->refused++ == 0)
		list->why = arena_str(a, str_of(why));
}

// A string of the reader's as its own text: escapes cost a copy, others nothing.
static struct str text_of(struct str raw, struct arena *a)
{
	char *plain;

	if (!str_has(raw, '\\'))
		return raw;
	plain = arena_new(a, char, raw.n);
	return (struct str){ plain, json_text(raw, plain) };
}

static bool broken(struct err *e)
{
	return err_set(e, ERR_INPUT, "it is no JSON, or it is cut off");
}

// Behind the start of an object or array: to its end.
static bool skip_nested(struct json *j, struct err *e)
{
	unsigned above = j->depth - 1;

	while (j->depth > above) {
		enum json_kind kind = json_next(j);

		if (kind == JSON_BAD || kind == JSON_END)
			return broken(e);
	}
	return true;
}

static bool read_attributes(struct json *j, struct arena *a, struct warning_list *list,
			    struct err *e)
{
	enum json_kind kind;

	while ((kind = json_next(j)) == JSON_STRING) {
		if (list->attributes.count == WARNING_MAX_ATTRIBUTES)
			return err_set(e, ERR_LIMIT, "over %d matching_attributes",
				       WARNING_MAX_ATTRIBUTES);
		*list_add(&list->attributes, a) = text_of(j->token, a);
	}
	if (kind == JSON_BAD || kind == JSON_END)
		return broken(e);
	return kind == JSON_CLOSE ||
	       err_set(e, ERR_INPUT, "matching_attributes holds other things than words");
}

static bool read_entries(struct json *j, struct arena *a, struct warning_list *list, struct err *e)
{
	for (;;) {
		switch (json_next(j)) {
		case JSON_STRING:
			if (list->entries.count == WARNING_MAX_ENTRIES)
				return err_set(e, ERR_LIMIT, "over %d entries",
					       WARNING_MAX_ENTRIES);
			*list_add(&list->entries, a) = text_of(j->token, a);
			break;
		case JSON_NUMBER:
		case JSON_WORD:
			warning_list_refuse(list, a, "an entry is a text");
			break;
		case JSON_OBJECT:
		case JSON_ARRAY:
			warning_list_refuse(list, a, "an entry is a text");
			if (!skip_nested(j, e))
				return false;
			break;
		case JSON_CLOSE:
			return true;
		case JSON_KEY:
		case JSON_BAD:
		case JSON_END:
			return broken(e);
		}
	}
}

static bool read_type(struct str word, struct warning_list *list, struct err *e)
{
	for (unsigned i = 0; i < WARNING_TYPE_COUNT; i++)
		if (str_eq(word, str_of(types[i].word))) {
			list->type = (enum warning_type)i;
			return true;
		}
	return err_set(e, ERR_INPUT,
		       "type is string, substring, hostname, cidr or regex, not \"" STR_FMT "\"",
		       STR_ARG(str_first(word, 40)));
}

struct reading {
	struct json j;
	struct arena *a;
	struct warning_list *list;
	bool type, entries; // there
};

// One key of the outermost object. Keys that are not ours are passed over.
static bool read_key(struct reading *r, struct str key, struct err *e)
{
	enum json_kind kind = json_next(&r->j);
	struct str text = text_of(r->j.token, r->a);

	if (kind == JSON_BAD || kind == JSON_END)
		return broken(e);
	if (kind == JSON_ARRAY && str_eq(key, S("list")))
		return (r->entries = true) && read_entries(&r->j, r->a, r->list, e);
	if (kind == JSON_ARRAY && str_eq(key, S("matching_attributes")))
		return read_attributes(&r->j, r->a, r->list, e);
	if (kind == JSON_ARRAY || kind == JSON_OBJECT)
		return skip_nested(&r->j, e);
	if (str_eq(key, S("type")))
		return (r->type = true) && read_type(text, r->list, e);
	if (str_eq(key, S("name")))
		r->list->title = text;
	else if (str_eq(key, S("description")))
		r->list->description = text;
	else if (str_eq(key, S("version")))
		r->list->version = text;
	return true;
}

bool warning_list_read(struct str bytes, struct arena *a, struct warning_list *out, struct err *e)
{
	struct warning_list list = { 0 };
	struct reading r = { .j = json_of(bytes), .a = a, .list = &list };
	enum json_kind kind = json_next(&r.j);

	if (kind != JSON_OBJECT)
		return kind == JSON_BAD ? broken(e)
					: err_set(e, ERR_INPUT, "a list is a JSON object");
	while ((kind = json_next(&r.j)) == JSON_KEY)
		if (!read_key(&r, r.j.token, e))
			return false;
	if (kind != JSON_CLOSE || json_next(&r.j) != JSON_END)
		return broken(e);
	if (!r.type || !r.entries)
		return err_set(e, ERR_INPUT, "it has no %s: is it a warninglist in MISP's form?",
			       r.type ? "list" : "type");
	list.looks = looks_of(&list) & able(list.type);
	*out = list;
	return true;
}
