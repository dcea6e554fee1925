// Where an installation's own files are found, kind by kind ("feeds", "warninglists"): in
// the home, then in /etc/waker, then among the installed ones; the first file of a name
// counts. A development tree's own stand where an environment variable says.
#pragma once

#include "base/err.h"
#include "base/list.h"

enum { PLACES_MAX = 4 };

struct places { // folders, the first first
	struct str at[PLACES_MAX];
	unsigned count;
};

// `home` may be empty. Texts live in a.
struct places places_of(struct str home, const char *kind, const char *variable, struct arena *a);

// The path of the first file NAME + suffix, NUL-terminated; .p NULL where no place has it.
struct str places_path(const struct places *p, struct str name, struct str suffix, struct arena *a);

// The names in all places of what ends so, without the ending, sorted, each once.
struct place_names {
	LIST(struct str) names;
};
bool places_names(const struct places *p, struct str suffix, struct arena *a,
		  struct place_names *out, struct err *e) MUST_USE;
