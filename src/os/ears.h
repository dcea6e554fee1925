// What a process that lives on waits for: signals, the end of its supervisor, a word that there
// is something to look at, a folder in which something changed, or time. One wait for all, so
// that no loop polls.
#pragma once

#include "base/err.h"

enum heard {
	HEARD_NOTHING = 0,     // the time is over
	HEARD_STOP = 1 << 0,   // SIGTERM, SIGINT, or the supervisor is gone
	HEARD_RELOAD = 1 << 1, // SIGHUP
	HEARD_CHILD = 1 << 2,  // SIGCHLD
	HEARD_LOOK = 1 << 3,   // a word, a change in a folder, or a descriptor of the caller's
};

struct ears;

// The signals are blocked from here on, also in threads to come; a child of child_start has
// them as they were. Once a process.
bool ears_open(struct ears **out, struct err *e) MUST_USE;
void ears_close(struct ears *x); // NULL is a no-op

// The reading end of a pipe that nobody writes to: its end is HEARD_STOP.
void ears_lifeline(struct ears *x, int fd);

// A socket FOLDER/NAME (under 32 bytes), which ears_close removes, on which anybody who may write there says "look now" (ears_tell).
bool ears_word(struct ears *x, const char *folder, const char *name, struct err *e) MUST_USE;

// Files that come into the folder, by being renamed or written to their end, and folders.
// ERR_LIMIT: the kernel watches no more; the caller looks now and then.
bool ears_folder(struct ears *x, const char *path, struct err *e) MUST_USE;

// HEARD_LOOK whenever this descriptor can be read; it stays the caller's, who reads it. One.
void ears_also(struct ears *x, int fd);

// HEARD_… that came, after `milliseconds` at the latest (-1: never); what came together is told
// together. A failing wait is HEARD_STOP: there is nothing left to wait for.
unsigned ears_wait(struct ears *x, int milliseconds);

// Says "look now" to whoever listens; a word that nobody hears is no fault.
void ears_tell(const char *folder, const char *name);
// Does anybody listen there? Nothing is said.
bool ears_listen(const char *folder, const char *name);
