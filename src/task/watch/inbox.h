// Files that wait for a feed: whatever lies in HOME/inbox/NAME/ is a batch of feed NAME,
// in the order of the files' names. A file goes once its findings are committed (its bytes
// are in the archive by then); one that could not be read stays, so that it can be looked at.
#pragma once

#include "os/file.h"

struct inbox {
	struct str feed;
	LIST(struct str) paths; // whole paths, NUL-terminated
};

struct inboxes {
	LIST(struct inbox) at;
	LIST(struct str) strays; // why something in it is no feed's folder that can be read
};

// Those of `only`, or (empty) of every feed that has a folder with files in it.
bool inbox_look(struct str home, struct str only, struct arena *a, struct inboxes *out,
		struct err *e) MUST_USE;

// A link would bring in whatever its maker may not read, but this process may. ERR_INPUT.
bool inbox_may_read(struct str path, struct err *e) MUST_USE;

// Until this command ends; two runs would take the files from each other. ERR_CONFLICT: the
// other has it.
bool inbox_lock(struct str home, struct arena *a, struct err *e) MUST_USE;

// After the batch was done. `stamp`: file_stamp of it before it was read; a file that was
// put in its place since is another batch, and stays for the next run.
bool inbox_clear(struct str path, struct str stamp, struct arena *a, struct err *e) MUST_USE;
