// One object of a STIX bundle (2.0 or 2.1), the JSON text of one element of objects[], as
// cells for a feed file to map. Every object is something: what cannot be used is told with
// its reason, so that whoever reads a bundle counts it and loses none silently.
//
// Cells of every object: its own properties as json_cells names them (name, id, created,
// valid_from, labels, confidence, external_references.url …) and `tlp` where it is marked
// with one of the published TLP definitions (CLEAR, GREEN, AMBER, AMBER+STRICT, RED; the
// strictest of several).
// Of an indicator: `pattern.TYPE:PATH` for each value of its pattern that alone is enough
// ("pattern.ipv4-addr:value", "pattern.file:hashes.SHA-256"), `together.TYPE:PATH` for each
// that means something only with the others, `narrowed.TYPE:PATH` for what narrows the one
// value that there is (a port), `qualifier` ("WITHIN 5 SECONDS"); paths as stix_path_text
// writes them; `wrong` says why a pattern could not be read. An address is written without
// /32 or /128; a prefix, without host bits, is `ipv4-addr:prefix` and not `:value`; where a
// reference may lead to a name, that is `network-traffic:dst_ref.name`. An address that
// stands in a domain-name, as some publish it, is `ipv4-addr:value` or `ipv6-addr:value`.
// Of an observable its properties are `observed.TYPE:PROPERTY` ("observed.url:value"),
// also those within an observed-data of STIX 2.0, where a reference from one to another
// gives `observed.network-traffic:src_ref.value` besides.
#pragma once

#include "codec/intel/stix_pattern.h"
#include "codec/table/cells.h"

enum stix_kind {
	STIX_INDICATOR,      // with a value that alone is enough
	STIX_NOT_UNDERSTOOD, // an indicator without one: why
	STIX_OBSERVABLE,
	STIX_CONTEXT, // a kind that speaks of others: identity, relationship, malware, report …
	STIX_UNKNOWN, // a type that no standard names; its own cells are there
	STIX_BROKEN,  // no JSON object, or one without a type
	STIX_KINDS,
};

enum stix_why {
	STIX_WHY_NOTHING,  // of all but STIX_NOT_UNDERSTOOD
	STIX_WHY_LANGUAGE, // the pattern is Sigma, Snort, YARA …
	STIX_WHY_ABSENT,   // no pattern
	STIX_WHY_SYNTAX,   // no STIX pattern
	STIX_WHY_LIMIT,    // over a bound
	STIX_WHY_TOGETHER, // values mean something together only
	STIX_WHY_FACTS,    // nothing that is looked for, or not by "=": a file's name, LIKE
	STIX_WHY_REVOKED,  // its author took it back: no values are given
	STIX_WHY_BENIGN,   // its author calls it harmless by itself: no values are given
	STIX_WHYS,
};

struct stix_object {
	enum stix_kind kind;
	enum stix_why why;
	struct str type; // as it stands there; .p NULL of STIX_BROKEN
};

// *out gets the cells (none of STIX_BROKEN). Needs at most 2 * STIX_MAX_MEMORY of the arena
// beyond what json_cells needs.
struct stix_object stix_cells(struct str record, struct arena *a, struct cells *out);

struct str stix_kind_text(enum stix_kind kind); // "indicator", "indicator, not understood" …
struct str stix_why_text(enum stix_why why);    // "values mean something together only" …
