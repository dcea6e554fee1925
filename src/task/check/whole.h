// Does what the store says fit together: its rows with each other, with the archive's files, and
// the audit with its note? For `waker check --store`, and for the proof of a backup, whose folder
// has the archive and the note where a home has them.
#pragma once

#include "task/check/check.h"
#include "task/home.h"

struct whole_of {
	const struct home *home; // its path (or a backup's folder) and its store
	bool deep;               // the archive's bytes are read, and their digests compared
	const struct str *lacks; // paths ("archive/…"), sorted, that are known not to be there
	size_t lacks_count;
};
// A row for each thing that was looked at, or that is wrong. False: the store cannot be asked.
bool whole_look(const struct whole_of *w, struct arena *a, struct check_rows *out, struct err *e)
	MUST_USE;

// The same of a home's store, opened by STORE_LOOK, behind what the database says of itself: its
// version, its schema, whether every statement prepares; of a file whether it is whole, of a server
// the order of texts, the connection, the roles. *out is set anew.
bool check_store(const struct home *h, bool deep, struct arena *a, struct check_rows *out,
		 struct err *e) MUST_USE;
