// What wakes whoever is on duty: of the desk (model/desk) what cannot wait and nobody has. It makes
// pages, ends those that somebody took or that nothing is behind any more, and says who is to be tried next
// (model/duty/page.h): who is on duty, their backup, then all others, in their order.
#pragma once

#include "task/home.h"

struct duty_looked {
	unsigned open; // pages that nobody has taken
	bool nobody;   // no officer has a way to be woken: nothing was done
};
// In a transaction of its own.
bool duty_look(const struct home *h, int64_t now, struct arena *a, struct duty_looked *out,
	       struct err *e) MUST_USE;

// A test page for an officer, in a transaction of the caller's; *id 0: they have one that nobody took.
bool duty_test(struct db *d, int64_t officer, int64_t now, int64_t *id, struct err *e) MUST_USE;
