// A JSON pull reader (RFC 8259): one pass over bytes in memory, no allocation, a
// bounded depth, numbers kept as text so that none is rounded. Strings are checked
// (UTF-8, escapes, surrogates) and given raw; json_text undoes escapes. Duplicate
// keys are not seen here: who takes values lets the last one win.
#pragma once

#include "base/str.h"

enum { JSON_MAX_DEPTH = 64, JSON_MAX_PATHS = 16, JSON_MAX_STEPS = 8 };

enum json_kind {
	JSON_END,    // the one value is over, and nothing but blanks follows
	JSON_BAD,    // not JSON, too deep, or cut off
	JSON_OBJECT, // "{"
	JSON_ARRAY,  // "["
	JSON_CLOSE,  // "}" or "]"
	JSON_KEY,
	JSON_STRING,
	JSON_NUMBER,
	JSON_WORD, // true, false, null
};

struct json {
	const char *p, *end;
	unsigned depth, want;
	uint64_t in_object; // a bit a level
	struct str token;   // of the last key, string, number or word; raw, without quotes
};

struct json json_of(struct str bytes);
enum json_kind json_next(struct json *j);

// Undo the escapes of a raw string; `out` has room for s.n bytes. Returns the length.
size_t json_text(struct str s, char *out);

// A value at a path of keys ("SourceIpInfo.SourceIpAsnNumber", steps cut at the
// dots). Only strings, numbers and words are values here.
struct json_value {
	enum json_kind kind; // JSON_END: not there
	struct str raw;
};
struct json_path {
	unsigned steps;
	struct str step[JSON_MAX_STEPS];
};
struct json_path json_path(struct str dotted); // more than JSON_MAX_STEPS: 0 steps, meets nothing

// Reads one whole object and picks the values at n paths (at most JSON_MAX_PATHS).
// False where the bytes are not one valid object; out is then of no use.
//
// Two readers give the same: one made of json_next, and one that marks the tokens of 64
// bytes at a time (AVX2 and carry-less multiplication) and hands objects with other
// than ASCII, or with very many tokens, to the first.
typedef bool (*json_picker)(struct str bytes, const struct json_path *path, unsigned n,
			    struct json_value *out);
bool json_pick(struct str bytes, const struct json_path *path, unsigned n, struct json_value *out)
	MUST_USE;
bool json_pick_avx2(struct str bytes, const struct json_path *path, unsigned n,
		    struct json_value *out) MUST_USE;
