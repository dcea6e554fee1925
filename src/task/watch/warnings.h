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

// A list that cannot be read holds nothing back: that is told, and no more. ERR_CONFIG: a
// policy.conf is wrong. In an `example` home, lists whose row says so hold nothing.
bool warnings_load(const struct places *p, bool example, struct arena *a,
		   struct warnings_loaded *out, struct err *e) MUST_USE;
