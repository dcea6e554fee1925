// From when on a question to the past can find anything, feed by feed (RULES 4): what was not
// kept, or was not looked at for us, says nothing. "None" without this would be a lie.
#pragma once

#include "store/past.h"
#include "task/past/past.h"

struct past_limit {
	struct str feed;
	int64_t from;   // no evidence is possible before; TIME_NEVER: never
	struct str why; // a sentence's end: "its first batch that can be read is of then"
	int64_t gone;   // batches that counted, and can be read no more
	bool unsaid; // nobody has said that its publisher looks at this, as it does at other things
};
struct past_limits {
	LIST(struct past_limit) at;
};

// Of all feeds of victims and indicators that brought anything. asset: a row of the store that holds
// what is asked of, for which coverage counts; 0: nobody's; below: coverage says nothing of it.
bool past_limits(struct past *p, int64_t asset, struct past_limits *out, struct err *e) MUST_USE;
