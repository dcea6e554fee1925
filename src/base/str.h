// Bytes with a length. A str never owns what it points at: the arena (or the
// mapped file, or the literal) that it came from does, and must outlive it.
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p; // not NUL-terminated; NULL only when n == 0
	size_t n;
};

#define S(lit)     ((struct str){ "" lit, sizeof(lit) - 1 })
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p

static inline struct str str_of(const char *z) // a NUL-terminated text, or NULL
{
	return (struct str){ z, z != NULL ? strlen(z) : 0 };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_starts(struct str s, char c)
{
	return s.n > 0 && s.p[0] == c;
}

static inline void str_skip(struct str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static inline struct str str_from(struct str s, size_t at) // s without its first `at` bytes
{
	return (struct str){ s.p + at, s.n - at };
}

static inline struct str str_first(struct str s, size_t n) // at most n bytes of s
{
	return (struct str){ s.p, n < s.n ? n : s.n };
}

static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_has_prefix(struct str s, struct str head);
bool str_has_suffix(struct str s, struct str tail);
bool str_eq_nocase(struct str a, struct str b); // ASCII letters only
int str_order(struct str a, struct str b);      // by bytes, as memcmp; a shorter one first
bool str_has(struct str s, char c);
bool str_contains(struct str s, struct str part);

// Without spaces, tabs, CR and LF at both ends.
struct str str_trim(struct str s);

// Cut at the first c: return what stands before it, leave the rest in *s.
// Without a c the whole of *s is returned and *s becomes empty.
struct str str_cut(struct str *s, char c);
struct str file_base(struct str path); // what stands behind its last slash: without its folders

// Read all of s as a decimal number up to max. False where it is anything else
// (also a sign or a space); leading zeros are read as they stand.
bool str_to_uint(struct str s, uint64_t max, uint64_t *out) MUST_USE;

// How many letters must be typed, dropped or replaced to make b of a (Levenshtein),
// up to limit; what is over limit, or longer than 64 bytes, is limit + 1.
unsigned str_distance(struct str a, struct str b, unsigned limit);
