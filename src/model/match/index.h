// The matcher's index over all assets: who owns this address, AS number, name or
// account? Built once from a roster, then only read; it holds no pointer that a
// fork would break. The most specific asset is the one with the fewest addresses,
// or the most labels; equal ones are one node with several owners.
//
// Built as the prototype taught: nested prefixes flattened to sorted disjoint
// intervals under a 64 Ki root, names in one hash table of label suffixes.
#pragma once

#include "codec/net/name.h"
#include "model/roster/roster.h"

enum { INDEX_NONE = -1 };

struct index; // lives in the arena it was built in

// Joint owners stand side by side: assets owner[first] … owner[first + count - 1],
// as places in the roster's assets.
struct index_node {
	int32_t parent; // the next less specific node, or INDEX_NONE
	uint32_t first, count;
};

// ERR_LIMIT over 16 M assets. Values that cannot be read are ERR_INPUT with
// their line: "line 7: prefix: 10.0.0.1/8 has host bits set: 10.0.0.0/8".
bool index_build(const struct roster *r, name_idn idn, struct arena *a, struct index **out,
		 struct err *e) MUST_USE;

const struct index_node *index_node(const struct index *x, int32_t node);
int32_t index_owner(const struct index *x, uint32_t at); // place in the roster's assets

// Each gives a node or INDEX_NONE.
int32_t index_address(const struct index *x, struct address a);
int32_t index_asn(const struct index *x, uint32_t asn);
int32_t index_name(const struct index *x, struct str name); // domain trees and exact hosts
int32_t index_mail(const struct index *x, struct str mail); // account, mail domain, then the tree
int32_t index_prefix(const struct index *x, struct prefix p); // smallest node that holds all of p
size_t index_bytes(const struct index *x);
