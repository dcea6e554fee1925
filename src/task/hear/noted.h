// Which mails of a mailbox were fetched, where it keeps no marks: all up to a number, but for some that could
// not be. A mail that is brought into a folder has a number above all that were there, as long as the folder's
// UIDVALIDITY holds; with another, nothing was fetched. Pure but for noted_load and noted_save: a file of
// the home, which may be lost: then all is fetched anew, and known by its bytes.
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum {
	NOTED_LEFT = 16, // mails that could not be fetched, at most, while others are
	NOTED_TEXT = 2048,
};

struct noted { // { 0 }: nothing was fetched
	uint32_t validity;
	uint32_t upto;
	size_t n;
	uint32_t left[NOTED_LEFT]; // not over `upto`
};

void noted_folder(struct noted *x, uint32_t validity); // forgets all where that is another
void noted_taken(struct noted *x, uint32_t uid);       // fetched, or there is nothing to fetch
// It could not be. False: too many could not; what stands above this one waits for a person.
bool noted_left(struct noted *x, uint32_t uid) MUST_USE;
bool noted_is_left(const struct noted *x, uint32_t uid);

// Is it not fetched yet? A server that is asked for "7:*" names its last even where that is 6.
bool noted_wants(const struct noted *x, uint32_t uid);
// What to ask for, as a set of RFC 3501: "4,9,1200:*".
struct str noted_set(const struct noted *x, char out[NOTED_TEXT]);
// What was found, ascending: those that are left and are not in it are no more; the others come last.
void noted_order(struct noted *x, uint32_t *uid, size_t n);

// `of`: the mailbox. What is there of another, or not as it was written, is nothing.
struct noted noted_load(const char *path, struct str of, struct arena *a);
bool noted_save(const char *path, struct str of, const struct noted *x, struct err *e) MUST_USE;
