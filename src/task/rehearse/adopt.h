// A file by which the home goes is taken in: a feed file, a warninglist, or the policy.conf of
// those. It is read as the service will read it, put where it belongs whole or not at all, and
// what stood there is kept in a folder `before` beside it, from where it can be adopted again.
#pragma once

#include "task/home.h"
#include "task/rehearse/rehearse.h"

struct adoption {
	const struct home *home;
	struct str path, bytes; // of the file
	enum rehearse_kind kind;
};

struct adopting {          // what it comes to
	struct str name;   // the feed or the warninglist; policy.conf
	struct str to;     // where it is to stand
	struct str before; // where what stands there is kept; empty: nothing stands there
	bool same;         // byte for byte what stands there: nothing is to be done
	size_t things,
		of; // so many of so many it can concern (model/guardian/large.h): of a feed that
		    // is known its open findings, of lists the entries that come, go, or are
		    // under another row
	const char *what; // the things, in a word or two
	uint32_t refused; // entries of a warninglist that cannot be read …
	struct str why;   // … and why the first of them
};

// Changes nothing. Texts go to a, which must have room for all warninglists twice. ERR_USAGE:
// a file of this kind is not adopted, and what to do instead; ERR_INPUT, ERR_CONFIG: it cannot
// be read, with the place.
bool adopt_look(const struct adoption *x, struct arena *a, struct adopting *out, struct err *e)
	MUST_USE;

// Does it, as it was looked at.
bool adopt_write(const struct adoption *x, const struct adopting *what, struct arena *a,
		 struct err *e) MUST_USE;
