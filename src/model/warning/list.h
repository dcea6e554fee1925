// One warninglist in the form that MISP publishes them: values that are known and mostly
// harmless (public resolvers, clouds, private space), so that a hit on one of them is not
// taken for more than it is. Reading only; set.h makes a set of many that is fast to ask.
// Texts point into the bytes or live in the arena.
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "model/warning/row.h"

enum {
	WARNING_MAX_FILE = 256 << 20, // bytes of a list
	WARNING_MAX_ENTRY = 2048,     // bytes of an entry; longer ones are refused
	WARNING_MAX_ATTRIBUTES = 256,
	WARNING_MAX_ENTRIES = 1 << 24, // of all lists together
	WARNING_MAX_LISTS = 4096,
};

// How the entries of a list are compared with a value.
// clang-format off
#define WARNING_TYPES(X)                                                                    \
	X(WARNING_STRING,    "string",    "the same text, in any case")                     \
	X(WARNING_SUBSTRING, "substring", "stands somewhere in the text")                   \
	X(WARNING_HOSTNAME,  "hostname",  "the name itself, or a name above it")            \
	X(WARNING_CIDR,      "cidr",      "the address lies in it")                         \
	X(WARNING_REGEX,     "regex",     "the pattern fits somewhere in the text")
// clang-format on
#define X(id, word, says) id,
enum warning_type { WARNING_TYPES(X) WARNING_TYPE_COUNT };
#undef X

struct str warning_type_word(enum warning_type type);
struct str warning_type_says(enum warning_type type);

// What of a record can be looked at, and on which side of it.
enum warning_kind { OF_ADDRESS, OF_NAME, OF_URL, OF_MAIL, OF_HASH, WARNING_KIND_COUNT };
enum warning_side { AT_SOURCE, AT_DESTINATION };

struct str warning_kind_word(enum warning_kind kind);

static inline unsigned warning_look(enum warning_kind kind, enum warning_side side)
{
	return 1u << ((unsigned)kind + (side == AT_DESTINATION ? WARNING_KIND_COUNT : 0));
}

struct warning_list {
	struct str name; // of its file, without folder and ".json": set by who finds it
	struct str file; // likewise: the whole path
	struct str title, description, version;
	enum warning_type type;
	LIST(struct str) attributes; // MISP's, as they stand
	LIST(struct str) entries;    // as they stand
	unsigned looks;              // bits of warning_look
	uint32_t refused;            // entries that cannot be read …
	struct str why;              // … and why the first of them
	struct warning_row row;      // the operator's
};

// ERR_INPUT: it is no such list (not JSON, no type, no list of entries); ERR_LIMIT.
// Without matching_attributes a list looks at everything on the side of the source.
bool warning_list_read(struct str bytes, struct arena *a, struct warning_list *out, struct err *e)
	MUST_USE;

// Counts an entry that is of no use; `why` is copied the first time.
void warning_list_refuse(struct warning_list *list, struct arena *a, const char *why);

// The same kinds of things, on these sides instead: what an operator's row says.
unsigned warning_looks_at(unsigned looks, bool source, bool destination);
