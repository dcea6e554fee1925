// Many things of one kind, looked at by several children of this process: each gives an answer
// of a fixed size, and the answers come in the order of the things. A child that dies costs the
// thing that it had, and no other. The children have all that this process has; what reads
// foreign bytes in them is as well caged as its code is good (os/cage.h is for more).
#pragma once

#include "base/err.h"
#include "base/str.h"

enum {
	CREW_MOST = 64,    // children
	CREW_ANSWER = 512, // bytes of one: written in one piece
	CREW_SHARE = 1024, // things that one child looks at; then another takes its place
};

struct crew {
	unsigned hands; // children, 1 to CREW_MOST
	uint64_t count; // things, by number from 0
	size_t answer;  // bytes of one, at most CREW_ANSWER
	// In a child: fills *answer, which is zero.
	void (*look)(void *context, uint64_t thing, void *answer);
	// Here; answer NULL: the child that had it died, and e says how. False ends it all.
	bool (*take)(void *context, uint64_t thing, const void *answer, struct err *e);
	void *context;
};

bool crew_run(const struct crew *c, struct err *e) MUST_USE;
