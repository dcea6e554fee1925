// A file of the inbox as a job: its key is "FEED/FILE STAMP", for another file in its place is
// other work. Private to task/service.
#pragma once

#include "store/job.h"
#include "task/home.h"

// Where the files of a home lie: its machine and its folder, however it was typed.
struct str drop_place(const struct home *h, struct arena *a);

// *key empty: the file is gone. ERR_LIMIT: the names are too long for a key.
bool drop_key(struct str feed, struct str path, struct arena *a, struct str *key, struct err *e)
	MUST_USE;
// Takes a key apart. False: it is none.
bool drop_read(struct str key, struct str *feed, struct str *file, struct str *stamp) MUST_USE;

// Is it given up by a person, as it lies there?
bool drop_given_up(struct db *d, const struct job_row *j, bool *is, struct err *e) MUST_USE;

// How many files of the inbox are nobody's job yet.
bool drop_unseen(const struct home *h, struct arena *a, int64_t *count, struct err *e) MUST_USE;
