// The matcher's index over all assets: who owns this address, AS number, name or
// account? Built once from a roster, then only read; a fork shares it. The most
// specific asset is the one with the fewest addresses, or the most labels; equal
// ones are one node with several owners.
//
// Built as a prototype taught: nested prefixes flattened to sorted disjoint
// intervals under a 64 Ki root, names in one hash table of label suffixes.
#pragma once

#include "codec/net/name.h"
#include "model/roster/roster.h"

enum { INDEX_NONE = -1, INDEX_MAX_ASSETS = 1 << 24 };

struct index; // lives in the arena it was built in

// Joint owners stand side by side: index_owner(x, first) … (first + count - 1).
struct index_node {
	int32_t parent; // the next less specific node that holds all of it, or INDEX_NONE
	uint32_t first;
	uint32_t count : 31;
	uint32_t hole : 1; // one of the owners is nobody
};

// The roster and the texts of its assets must outlive the index. ERR_LIMIT over
// INDEX_MAX_ASSETS; a value that cannot be read is ERR_INPUT with its line:
// "line 7: "10.0.0.1/8" has host bits set; the prefix is 10.0.0.0/8".
bool index_build(const struct roster *r, name_idn idn, struct arena *a, struct index **out,
		 struct err *e) MUST_USE;

size_t index_nodes(const struct index *x); // nodes are 0 … index_nodes() - 1
const struct index_node *index_node(const struct index *x, int32_t node);
int32_t index_owner(const struct index *x, uint32_t at); // a place in the roster's assets

// Each gives a node or INDEX_NONE.
int32_t index_address(const struct index *x, struct address a);
int32_t index_asn(const struct index *x, uint32_t asn);
int32_t index_name(const struct index *x, struct str name); // domain trees and exact hosts
// An account as it stands, then its mail domain, then the domain tree.
int32_t index_mail(const struct index *x, struct str mail, name_idn idn);
// The whole name of an organisation, however it is spelt (codec/text/brand.h).
int32_t index_brand(const struct index *x, struct str name);
int32_t index_prefix(const struct index *x, struct prefix p); // smallest node that holds all of p

// For batches: fetch the memory of a look-up that is to come.
void index_prefetch_address(const struct index *x, struct address a);
void index_prefetch_asn(const struct index *x, uint32_t asn);
void index_prefetch_name(const struct index *x, struct str name);
