// STIX patterns (OASIS Standard STIX 2.1, chapter 9): any pattern becomes a flat list of
// comparisons, each with what may be done with its value. Waker does not run patterns over
// observations; it takes out of them what can be looked for one value at a time.
//
// What is taken (STIX_ALONE): an address, name, URL, mail address, AS number or hash
//   compared by "=" or "IN" (or "NOT !="), or an address by ISSUBSET (then it is a prefix),
//   not negated, and joined to the rest by OR, or the only such term. Beside it may stand
//   terms of the same object or of network-traffic that narrow it (a port, a size); it is
//   then `narrowed`. Several hashes of one file joined by AND each stand for that file.
// What means something only with others (STIX_TOGETHER): such a value that AND joins with
//   another such term, or with a term of another object, within one observation; and every
//   one that AND or FOLLOWEDBY joins with another observation. Those of one `group` belong
//   together; to block or to report one of them alone is wrong (the pattern of a phish names
//   the mailer's own address too).
// What is understood and no more (STIX_FACT): LIKE, MATCHES, ISSUPERSET, EXISTS, <, >, !=,
//   whatever is negated, whatever else is compared; and the qualifiers, which take no part in
//   the above: an address that must be met five times is still that address.
//
// What is refused: what the grammar refuses; a qualifier twice at one observation (9.5.1; as
// the reference implementation has it, not at a parenthesis); WITHIN and REPEATS of nothing;
// a hash that its algorithm cannot give; anything over the bounds. Pure; all memory is the
// arena's, and texts may point into the pattern, which must outlive them.
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "codec/intel/stix_path.h"

enum {
	STIX_MAX_PATTERN = 256 << 10, // bytes
	STIX_MAX_DEPTH = 32,          // parentheses within each other
	STIX_MAX_COMPARISONS = 2048,  // each member of a set is one
	STIX_MAX_OBSERVATIONS = 1024,
	STIX_MAX_QUALIFIERS = 1024,
	STIX_MAX_MEMORY = 2 << 20, // of the arena, whatever the pattern
};

enum stix_operator {
	STIX_EQUAL,
	STIX_NOT_EQUAL,
	STIX_LESS,
	STIX_LESS_EQUAL,
	STIX_MORE,
	STIX_MORE_EQUAL,
	STIX_IN, // one comparison for each member of the set; they share their `term`
	STIX_LIKE,
	STIX_MATCHES,
	STIX_ISSUBSET,
	STIX_ISSUPERSET,
	STIX_EXISTS, // without a value
};

enum stix_literal {
	STIX_NO_LITERAL,
	STIX_TEXT,
	STIX_INTEGER,
	STIX_FLOAT,
	STIX_BOOLEAN,
	STIX_TIME,
	STIX_HEX,    // value: the digits
	STIX_BASE64, // value: still encoded
};

enum stix_use { STIX_FACT, STIX_ALONE, STIX_TOGETHER };

struct stix_comparison {
	struct str type; // of the object: "file"
	struct str path; // as stix_path_text has it: "hashes.SHA-256"
	enum stix_operator how;
	bool negated; // by NOT before the operator
	enum stix_literal literal;
	struct str value;           // escapes undone
	unsigned observation, term; // from 0
	enum stix_selects selects;
	enum stix_use use;
	bool narrowed;  // of a fact: by "=" it narrows such a value
	unsigned group; // STIX_TOGETHER: from 1; else 0
};

enum stix_qualifier_kind { STIX_WITHIN, STIX_REPEATS, STIX_START_STOP };

struct stix_qualifier {
	enum stix_qualifier_kind kind;
	struct str first, second; // seconds, times; or from and until
	unsigned from, to;        // of the observations [from, to)
};

struct stix_pattern {
	LIST(struct stix_comparison) comparisons;
	LIST(struct stix_qualifier) qualifiers;
	unsigned observations, terms, groups;
	unsigned alone, together; // comparisons of that use
};

// False: ERR_INPUT or ERR_LIMIT with where and why ("byte 14: a value must follow, not …");
// *out is then as it was.
bool stix_pattern_read(struct str text, struct arena *a, struct stix_pattern *out, struct err *e)
	MUST_USE;

struct str stix_operator_text(enum stix_operator o); // as patterns write it
