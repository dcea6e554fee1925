// Which feeds an operator has switched on or off: enabled.conf in the home's feeds, a line
// `NAME = yes` or `NAME = no` each under [enabled]. It goes before the `enabled` of the feed
// file, so that an installed feed is switched on without a copy that misses updates.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum feed_switch { SWITCH_UNSAID, SWITCH_ON, SWITCH_OFF };

// What enabled.conf in `folder` says of the feed; where it is not there (or folder is empty:
// no home), nothing. ERR_CONFIG with its line.
bool feed_switch_of(struct str folder, struct str name, struct arena *a, enum feed_switch *out,
		    struct err *e) MUST_USE;

// The text of such a file with this feed switched; all else, comments too, stays as it is.
// An empty text becomes a new file. In a. ERR_CONFIG: it is no such file.
bool feed_switch_text(struct str was, struct str name, bool on, struct arena *a, struct str *out,
		      struct err *e) MUST_USE;

// Switches all of these, at once or not at all: the file is replaced. *changed: of each, did
// its line. `dry`: only says. ERR_CONFLICT: another command is at it.
struct feed_switching {
	struct str folder;
	const struct str *names;
	size_t count;
	bool on, dry;
};
bool feed_switch_all(const struct feed_switching *s, struct arena *a, bool *changed, struct err *e)
	MUST_USE;
