// The observables of STIX (2.1, chapter 6) among the cells of an object: renamed in place to
// observed.TYPE:PROPERTY. For stix_cells.c, which says more.
#pragma once

#include "codec/table/cells.h"

enum { STIX_MAX_REFERENCES = 64 }; // followed within one observed-data; more stay ids

// The cells of an object of this type. False: it is no observable, nor an observed-data that
// has some within it; the cells are then as they were.
bool stix_observed(struct str type, struct arena *a, struct cells *cells) MUST_USE;

// What a cell of an address is called at its end, by its value: "value", "prefix", or, where a
// reference may point at either, "name" for what is neither.
struct str stix_address_word(struct str value, bool reference);

// "192.0.2.1/32" is 192.0.2.1, "192.0.2.7/24" is 192.0.2.0/24; what is no address stays.
struct str stix_address_text(struct str text, struct arena *a);
