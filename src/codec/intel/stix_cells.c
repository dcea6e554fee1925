#include "codec/intel/stix_cells.h"

#include "base/buf.h"
#include "codec/intel/stix_observed.h"
#include "codec/net/address.h"
#include "codec/table/json_tree.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

static const struct str kinds[STIX_KINDS] = {
	[STIX_INDICATOR] = W("indicator"),   [STIX_NOT_UNDERSTOOD] = W("indicator, not understood"),
	[STIX_OBSERVABLE] = W("observable"), [STIX_CONTEXT] = W("context"),
	[STIX_UNKNOWN] = W("unknown type"),  [STIX_BROKEN] = W("no STIX object"),
};

static const struct str whys[STIX_WHYS] = {
	[STIX_WHY_NOTHING] = W(""),
	[STIX_WHY_LANGUAGE] = W("its pattern is not in STIX's language"),
	[STIX_WHY_ABSENT] = W("it has no pattern"),
	[STIX_WHY_SYNTAX] = W("its pattern is not well formed"),
	[STIX_WHY_LIMIT] = W("its pattern is over a bound"),
	[STIX_WHY_TOGETHER] = W("its values mean something together only"),
	[STIX_WHY_FACTS] = W("nothing in its pattern can be looked for"),
	[STIX_WHY_REVOKED] = W("its author revoked it"),
	[STIX_WHY_BENIGN] = W("its author calls it benign"),
};

// STIX 2.1, chapters 4, 5 and 7; extension-definition and language-content besides.
static const struct str contexts[] = {
	W("attack-pattern"),
	W("campaign"),
	W("course-of-action"),
	W("extension-definition"),
	W("grouping"),
	W("identity"),
	W("incident"),
	W("infrastructure"),
	W("intrusion-set"),
	W("language-content"),
	W("location"),
	W("malware"),
	W("malware-analysis"),
	W("marking-definition"),
	W("note"),
	W("observed-data"), // where it only refers to others
	W("opinion"),
	W("relationship"),
	W("report"),
	W("sighting"),
	W("threat-actor"),
	W("tool"),
	W("vulnerability"),
};

// The TLP markings' well-known ids, the strictest last. 1.0: STIX 2.1, 7.2.1.4; 2.0: OASIS
// extension definition 60a3c5c5-0d10-413e-aab3-9e08dde9e88d.
static const struct {
	struct str id, tlp;
} markings[] = {
	{ W("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"), W("CLEAR") }, // white
	{ W("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"), W("CLEAR") },
	{ W("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"), W("GREEN") },
	{ W("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"), W("GREEN") },
	{ W("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"), W("AMBER") },
	{ W("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"), W("AMBER") },
	{ W("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"), W("AMBER+STRICT") },
	{ W("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"), W("RED") },
	{ W("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"), W("RED") },
};

struct str stix_kind_text(enum stix_kind kind)
{
	return kinds[kind];
}

struct str stix_why_text(enum stix_why why)
{
	return whys[why];
}

static bool is_context(struct str type)
{
	for (size_t i = 0; i < COUNTOF(contexts); i++)
		if (str_eq(type, contexts[i]))
			return true;
	return false;
}

// What marks a part of an object (granular_markings) is taken to mark all of it.
static void add_tlp(struct cells *out, struct arena *a)
{
	size_t strictest = 0; // from 1

	LIST_EACH (const struct cell, c, &out->list) {
		if (!str_eq(c->name, S("object_marking_refs")) &&
		    !str_eq(c->name, S("granular_markings.marking_ref")))
			continue;
		for (size_t i = strictest; i < COUNTOF(markings); i++)
			if (str_eq_nocase(c->text, markings[i].id))
				strictest = i + 1;
	}
	if (strictest > 0)
		cells_add(out, a,
			  (struct cell){ S("tlp"), markings[strictest - 1].tlp, CELL_TEXT });
}

// "pattern.ipv4-addr:value". An address where a name belongs is given as an address.
static struct str name_of(const char *head, const struct stix_comparison *c, struct str value,
			  struct arena *a)
{
	struct str path = c->path;
	struct address address;

	if (c->selects == STIX_NAME && address_read(value, &address))
		return arena_fmt(a, "%s.%s:value", head,
				 address_is_v4(address) ? "ipv4-addr" : "ipv6-addr");
	if (c->selects != STIX_ADDRESS && c->selects != STIX_HOST)
		return arena_fmt(a, "%s." STR_FMT ":" STR_FMT, head, STR_ARG(c->type),
				 STR_ARG(path));
	path.n -= S("value").n; // each path of those kinds ends so
	return arena_fmt(a, "%s." STR_FMT ":" STR_FMT STR_FMT, head, STR_ARG(c->type),
			 STR_ARG(path), STR_ARG(stix_address_word(value, c->selects == STIX_HOST)));
}

static enum cell_kind cell_kind_of(enum stix_literal literal)
{
	if (literal == STIX_INTEGER || literal == STIX_FLOAT)
		return CELL_NUMBER;
	return literal == STIX_BOOLEAN ? CELL_BOOLEAN : CELL_TEXT;
}

static void add_comparison(struct cells *out, struct arena *a, const char *head,
			   const struct stix_comparison *c)
{
	struct str value = c->value;

	if (out->list.count == CELLS_MAX) { // nothing is copied for what is left out
		out->more++;
		return;
	}
	if (c->selects == STIX_ADDRESS || c->selects == STIX_HOST)
		value = stix_address_text(value, a);
	cells_add(out, a,
		  (struct cell){ str_first(name_of(head, c, value, a), CELLS_NAME_MAX), value,
				 cell_kind_of(c->literal) });
}

static void add_pattern(struct cells *out, struct arena *a, const struct stix_pattern *p)
{
	LIST_EACH (const struct stix_comparison, c, &p->comparisons) {
		if (c->use == STIX_ALONE)
			add_comparison(out, a, "pattern", c);
		else if (c->use == STIX_TOGETHER)
			add_comparison(out, a, "together", c);
		else if (c->narrowed && p->alone == 1)
			add_comparison(out, a, "narrowed", c);
	}
	LIST_EACH (const struct stix_qualifier, q, &p->qualifiers) {
		struct cell cell = { .name = S("qualifier"), .kind = CELL_TEXT };

		switch (q->kind) {
		case STIX_WITHIN:
			cell.text = arena_fmt(a, "WITHIN " STR_FMT " SECONDS", STR_ARG(q->first));
			break;
		case STIX_REPEATS:
			cell.text = arena_fmt(a, "REPEATS " STR_FMT " TIMES", STR_ARG(q->first));
			break;
		case STIX_START_STOP:
			cell.text = arena_fmt(a, "START " STR_FMT " STOP " STR_FMT,
					      STR_ARG(q->first), STR_ARG(q->second));
			break;
		}
		cells_add(out, a, cell);
	}
}

// indicator-type-ov (10.13); in STIX 2.0 the labels say it.
static bool is_benign(const struct cells *cells)
{
	bool benign = false, bad = false;

	LIST_EACH (const struct cell, c, &cells->list) {
		if (!str_eq(c->name, S("indicator_types")) && !str_eq(c->name, S("labels")))
			continue;
		benign |= str_eq(c->text, S("benign"));
		bad |= str_eq(c->text, S("malicious-activity")) ||
		       str_eq(c->text, S("compromised")) ||
		       str_eq(c->text, S("anomalous-activity"));
	}
	return benign && !bad;
}

static enum stix_why read_indicator(struct cells *out, struct arena *a)
{
	struct str text = cells_get(out, S("pattern")), type = cells_get(out, S("pattern_type"));
	struct stix_pattern p;
	struct err e = { 0 };

	if (str_eq(cells_get(out, S("revoked")), S("true")))
		return STIX_WHY_REVOKED;
	if (is_benign(out))
		return STIX_WHY_BENIGN;
	if (type.p != NULL && !str_eq_nocase(type, S("stix"))) // STIX 2.0 has only its own
		return STIX_WHY_LANGUAGE;
	if (text.p == NULL)
		return STIX_WHY_ABSENT;
	if (!stix_pattern_read(text, a, &p, &e)) {
		cells_add(out, a,
			  (struct cell){ S("wrong"), arena_str(a, str_of(e.text)), CELL_TEXT });
		return e.kind == ERR_LIMIT ? STIX_WHY_LIMIT : STIX_WHY_SYNTAX;
	}
	add_pattern(out, a, &p);
	if (p.alone > 0)
		return STIX_WHY_NOTHING;
	return p.together > 0 ? STIX_WHY_TOGETHER : STIX_WHY_FACTS;
}

struct stix_object stix_cells(struct str record, struct arena *a, struct cells *out)
{
	struct stix_object is = { .kind = STIX_BROKEN };

	if (!json_cells(record, a, out))
		return is;
	is.type = cells_get(out, S("type"));
	if (is.type.p == NULL) {
		*out = (struct cells){ 0 };
		return is;
	}
	add_tlp(out, a);
	if (str_eq(is.type, S("indicator"))) {
		is.why = read_indicator(out, a);
		is.kind = is.why == STIX_WHY_NOTHING ? STIX_INDICATOR : STIX_NOT_UNDERSTOOD;
	} else if (stix_observed(is.type, a, out)) {
		is.kind = STIX_OBSERVABLE;
	} else {
		is.kind = is_context(is.type) ? STIX_CONTEXT : STIX_UNKNOWN;
	}
	return is;
}
