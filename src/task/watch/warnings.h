// The warninglists of an installation: NAME.json (or NAME/list.json, as MISP's own tree has
// them) in the home's warninglists/, then in /etc/waker/warninglists, then among the
// installed ones; the first of a name counts. Beside them policy.conf has the operator's
// rows: the nearest file that says something of a list is the one that counts for it.
#pragma once

#include "model/warning/set.h"
#include "task/watch/places.h"

struct warnings_loaded {
	struct warnings *set;      // empty where there are no lists
	LIST(struct str) problems; // sentences: what could not be read, and was left out
};

struct places warning_places(struct str home, struct arena *a);

struct warnings_how {
	bool example;       // lists whose row says so hold nothing in an example home
	struct str instead; // the list of this name, in a place or not, …
	struct str bytes;   // … is these bytes; it must be readable (ERR_INPUT). Empty: none
	struct str
		policy; // the first place's policy.conf is these bytes; .p NULL: what stands there
};

// A list that cannot be read holds nothing back: that is told, and no more. ERR_CONFIG: a
// policy.conf is wrong.
bool warnings_load(const struct places *p, const struct warnings_how *how, struct arena *a,
		   struct warnings_loaded *out, struct err *e) MUST_USE;

// So that a file of this name, policy.conf or a list, is these bytes.
struct warnings_how warnings_with(struct str path, struct str bytes, bool example);

// NAME of a list, by the path of its file (NAME.json or NAME/list.json); empty: neither.
struct str warnings_name(struct str path);
