// All warninglists as one: built once, then only read. A value is looked up in every list
// at the same time: addresses by longest prefix, names by their labels, texts by a table,
// parts of texts by their beginnings; only patterns are tried one after the other.
#pragma once

#include "codec/net/address.h"
#include "codec/net/name.h"
#include "model/warning/list.h"

enum {
	WARNING_MAX_PATTERNS = 4096, // of all lists together
	WARNING_MAX_PATTERN = 1024,  // bytes of one
	WARNING_MAX_TEXT = 4096,     // bytes of a value; what is longer is cut
	WARNING_MAX_HITS = 64,       // of one value: one a list
};

// What is a library's: names in other than ASCII (os/idn.h) and regular expressions
// (os/regex.h). Without one (zeroed) such a name or pattern is refused as any entry that
// cannot be read. `compile` gives NULL, and says why.
struct warning_engine {
	name_idn idn;
	const void *(*compile)(void *self, struct str pattern, struct err *e);
	bool (*fits)(void *self, const void *pattern, struct str text); // anywhere, in any case
	void *self;
};

struct warnings; // lives in the arena it was built in

// The lists, their texts and the engine must outlive the set. Entries that cannot be read
// are counted in their list, with the reason. ERR_LIMIT: over the bounds of list.h.
bool warnings_build(struct warning_list *lists, size_t n, const struct warning_engine *engine,
		    struct arena *a, struct warnings **out, struct err *e) MUST_USE;

size_t warnings_count(const struct warnings *x);
const struct warning_list *warnings_list(const struct warnings *x, size_t i);
// NULL: no list is called so.
const struct warning_list *warnings_called(const struct warnings *x, struct str name);

struct warning_value {
	enum warning_kind kind;
	struct str text;        // in lower case; a name as name_read makes it
	struct address address; // of an address
};

// The value of this kind that s is, in the one form in which it is looked up; false where
// s is none. A URL and a mail address are cut at WARNING_MAX_TEXT. Texts live in a.
bool warning_value_read(enum warning_kind kind, struct str s, name_idn idn, struct arena *a,
			struct warning_value *out) MUST_USE;

struct warning_hit {
	const struct warning_list *list;
	struct str entry; // as the list has it
};

// The lists that have the value, with the narrowest entry of each. Only those that look
// at one of the bits of `looks`; 0: all. Returns how many.
unsigned warnings_find(const struct warnings *x, const struct warning_value *v, unsigned looks,
		       struct warning_hit out[WARNING_MAX_HITS]);
