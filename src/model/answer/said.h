// What a member says in the words of a reply (RULES 8, SCREENS 5): an answer begins a line, and the
// numbers on that line, before it, or on the lines right below it, are what it is about. Whatever is
// not as plain as that (a question, "not yet", two answers to one finding, a number whose check does
// not fit, "fixed" amidst other words) is not understood, and a person reads it. Pure.
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "model/answer/answer.h"

enum { SAID_MOST = 256, SAID_BYTES = 32 << 10 };

struct said_one {
	bool all; // it names no finding: the one of the notice, where there is one alone
	uint32_t finding;
	enum answer answer;
	int64_t until; // TIME_NEVER: no day
};
struct said {
	LIST(struct said_one) at;
	struct str reason; // its words, as a history keeps them; cut between characters
	bool anything;     // there is an answer in it …
	bool clear;        // … and all of it is understood
};
// `text`: what is new of the reply (codec/text/reply.h). `now` gives a day its year.
struct said said_read(struct str text, int64_t now, struct arena *a);

// The notice or finding that a subject or a text names first ("N-…", "F-…"). False: none.
bool said_number(struct str text, char kind, uint32_t *out) MUST_USE;
