// One hash table of name suffixes: every name that was added and every suffix of
// it is an entry, so that a look-up goes label by label from the right and stops
// at the first suffix that nobody has. Keys are A-labels in lower case; accounts,
// mail domains and brands live in the same table under a kind of their own.
#pragma once

#include "base/arena.h"
#include "codec/net/name.h"

enum { NAMES_NONE = -1 };

enum names_kind { NAMES_TREE, NAMES_MAIL_DOMAIN, NAMES_ACCOUNT, NAMES_BRAND };

struct names_entry {
	const char *text;
	int32_t tree;  // the node of the name and all below it, or NAMES_NONE
	int32_t exact; // the node of just this name, or NAMES_NONE
	uint16_t n;
	uint8_t kind; // enum names_kind
};

struct names_slot {
	uint32_t entry; // its place + 1; 0: empty
	uint32_t tag;   // the upper half of its hash
};

struct names {
	struct names_entry *entry;
	size_t count, room;
	struct names_slot *slot;
	uint32_t mask;
	struct arena *a;
};

// A table for at most `most` entries, suffixes included; `expected` sizes it at
// first, and it grows from there.
void names_init(struct names *x, size_t expected, size_t most, struct arena *a);

// The entry of this key, made where it is absent; the text must outlive the table.
// For NAMES_TREE its shorter suffixes become entries too. NULL: the table is full.
struct names_entry *names_add(struct names *x, enum names_kind kind, struct str key);

// The longest suffix of the name that has a tree node, or the name itself where it
// has an exact one: that entry; NULL where there is none.
const struct names_entry *names_find_tree(const struct names *x, struct str name);
const struct names_entry *names_find(const struct names *x, enum names_kind kind, struct str key);

// Fetch the memory of a look-up that is to come, for batches.
void names_prefetch(const struct names *x, struct str name);
