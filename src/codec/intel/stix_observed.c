#include "codec/intel/stix_observed.h"

#include "codec/intel/stix_path.h"
#include "codec/net/address.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

static const struct str observables[] = {
	W("artifact"),
	W("autonomous-system"),
	W("directory"),
	W("domain-name"),
	W("email-addr"),
	W("email-message"),
	W("file"),
	W("ipv4-addr"),
	W("ipv6-addr"),
	W("mac-addr"),
	W("mutex"),
	W("network-traffic"),
	W("process"),
	W("software"),
	W("url"),
	W("user-account"),
	W("windows-registry-key"),
	W("x509-certificate"),
};

// Said of the object, not of what was observed (3.2).
static const struct str common[] = {
	W("type"),       W("id"),       W("spec_version"),
	W("created"),    W("modified"), W("created_by_ref"),
	W("confidence"), W("labels"),   W("lang"),
	W("revoked"),    W("defanged"), W("object_marking_refs"),
	W("tlp"),
};

static bool is_one_of(struct str s, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(s, words[i]))
			return true;
	return false;
}

struct str stix_address_text(struct str text, struct arena *a)
{
	char out[2 * ADDRESS_TEXT];
	struct buf b = BUF_ON(out);
	struct str length = text, base = str_cut(&length, '/');
	struct address address;
	uint64_t n;

	if (length.n == 0 || !address_read(base, &address) ||
	    !str_to_uint(length, address_is_v4(address) ? 32 : 128, &n))
		return text;
	n += address_is_v4(address) ? 96 : 0;
	if (n == 128)
		return base;
	prefix_write(&b, prefix_of(address, (unsigned)n));
	return arena_str(a, buf_view(&b));
}

struct str stix_address_word(struct str value, bool reference)
{
	struct str length = value, base = str_cut(&length, '/');
	struct address address;

	if (!address_read(base, &address))
		return reference ? S("name") : S("value");
	return length.n > 0 ? S("prefix") : S("value");
}

// "hashes.sha256" has the algorithm's own name.
static struct str with_hash_name(struct str property, struct arena *a)
{
	struct str rest = property, step = str_cut(&rest, '.');
	unsigned digits;

	while (!str_eq(step, S("hashes")) && rest.n > 0)
		step = str_cut(&rest, '.');
	if (rest.n == 0 || str_has(rest, '.') || str_eq(stix_hash_name(rest, &digits), rest))
		return property;
	return arena_fmt(a, STR_FMT STR_FMT, (int)(property.n - rest.n), property.p,
			 STR_ARG(stix_hash_name(rest, &digits)));
}

static void observe(struct cell *c, struct str type, struct str property, struct arena *a)
{
	struct address address;

	property = with_hash_name(property, a);
	if (str_eq(type, S("domain-name")) && str_eq(property, S("value")) &&
	    address_read(c->text, &address))
		type = address_is_v4(address) ? S("ipv4-addr") : S("ipv6-addr");
	if ((str_eq(type, S("ipv4-addr")) || str_eq(type, S("ipv6-addr"))) &&
	    str_eq(property, S("value"))) {
		c->text = stix_address_text(c->text, a);
		property = stix_address_word(c->text, false);
	}
	c->name = str_first(arena_fmt(a, "observed." STR_FMT ":" STR_FMT,
				      STR_ARG(str_first(type, STIX_MAX_TYPE)), STR_ARG(property)),
			    CELLS_NAME_MAX);
}

static bool is_common(struct str name)
{
	return is_one_of(name, common, COUNTOF(common)) ||
	       str_has_prefix(name, S("external_references.")) ||
	       str_has_prefix(name, S("granular_markings."));
}

// "objects.KEY.property" of STIX 2.0. False: the name is none.
static bool embedded(struct str name, struct str *key, struct str *property)
{
	struct str rest = name;

	if (!str_has_prefix(name, S("objects.")))
		return false;
	str_skip(&rest, S("objects.").n);
	*key = str_cut(&rest, '.');
	*property = rest;
	return rest.n > 0;
}

static struct str value_of(const struct cells *cells, struct str key)
{
	struct str at, property;

	LIST_EACH (const struct cell, c, &cells->list)
		if (embedded(c->name, &at, &property) && str_eq(at, key) &&
		    str_eq(property, S("value")))
			return c->text;
	return (struct str){ 0 };
}

struct reference {
	struct str property, value;
};
struct references {
	LIST(struct reference) list;
	unsigned followed;
};

// The cells [from, to) are of one embedded object. Its references are looked up before any
// name is changed: the cells are only added when all are done.
static void follow(const struct cells *cells, size_t from, size_t to, struct str type,
		   struct references *out, struct arena *a)
{
	for (size_t i = from; i < to && out->followed < STIX_MAX_REFERENCES; i++) {
		const struct cell *c = &cells->list.at[i];
		struct str key, property, value;

		if (!embedded(c->name, &key, &property) ||
		    (!str_has_suffix(property, S("_ref")) && !str_has_suffix(property, S("_refs"))))
			continue;
		out->followed++;
		value = value_of(cells, c->text);
		if (value.p == NULL)
			continue;
		value = stix_address_text(value, a);
		*list_add(&out->list, a) = (struct reference){
			arena_fmt(a, "observed." STR_FMT ":" STR_FMT "." STR_FMT,
				  STR_ARG(str_first(type, STIX_MAX_TYPE)), STR_ARG(property),
				  STR_ARG(stix_address_word(value, true))),
			value
		};
	}
}

// The end of the cells that belong to the object of cell `from`, and the object's type.
static size_t end_of(const struct cells *cells, size_t from, struct str *type)
{
	struct str key, other, property;
	size_t i = from;

	*type = (struct str){ 0 };
	if (!embedded(cells->list.at[from].name, &key, &property))
		return from + 1;
	for (; i < cells->list.count; i++) {
		if (!embedded(cells->list.at[i].name, &other, &property) || !str_eq(other, key))
			break;
		if (str_eq(property, S("type")))
			*type = cells->list.at[i].text;
	}
	return i;
}

static bool observe_embedded(struct arena *a, struct cells *cells)
{
	struct references references = { 0 };
	struct str type, key, property;
	bool any = false;

	for (size_t i = 0, end; i < cells->list.count; i = end) {
		end = end_of(cells, i, &type);
		if (type.p != NULL)
			follow(cells, i, end, type, &references, a);
	}
	for (size_t i = 0, end; i < cells->list.count; i = end) {
		end = end_of(cells, i, &type);
		any |= type.p != NULL;
		for (size_t k = i; type.p != NULL && k < end; k++)
			if (embedded(cells->list.at[k].name, &key, &property))
				observe(&cells->list.at[k], type, property, a);
	}
	LIST_EACH (const struct reference, r, &references.list)
		cells_add(cells, a, (struct cell){ r->property, r->value, CELL_TEXT });
	return any;
}

bool stix_observed(struct str type, struct arena *a, struct cells *cells)
{
	if (str_eq(type, S("observed-data")))
		return observe_embedded(a, cells);
	if (!is_one_of(type, observables, COUNTOF(observables)))
		return false;
	LIST_EACH (struct cell, c, &cells->list)
		if (!is_common(c->name))
			observe(c, type, c->name, a);
	return true;
}
