// `key = value` lines under `[section]`s: configuration and feed files. A comment begins
// with # at the start of a line; a value is what stands behind the first '=', without
// blanks around it, and may be empty. UTF-8 only. Everything points into the input.
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum { INI_MAX_LINE = 8192, INI_MAX_KEY = 128 };

enum ini_kind { INI_END, INI_SECTION, INI_PAIR };

struct ini {
	struct str rest;       // not yet read
	unsigned line;         // of what was last returned, from 1
	struct str section;    // "feed", "type scan_rdp": as it stands between the brackets
	struct str key, value; // of the last pair
	unsigned key_column, value_column; // from 1
};

struct ini ini_of(struct str bytes);

// The next section head or pair. INI_END is the end, or, with e->kind ERR_CONFIG, a line
// that is neither ("line 4, column 1: …").
enum ini_kind ini_next(struct ini *in, struct err *e) MUST_USE;

// The word of n that is nearest to a wrong one, empty where none is near (at most a
// third of its letters differ, rounded).
struct str ini_nearest(struct str wrong, const struct str *words, size_t n);

// "line 4, column 1: unknown key "formt" in [feed]; did you mean "format"?"
bool ini_unknown(const struct ini *in, const struct str *words, size_t n, struct err *e);
