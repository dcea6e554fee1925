// What the converters share: the values on their way. Private to model/feed/convert*.
#pragma once

#include "model/feed/convert.h"

struct work {
	const struct convert *c;
	struct condition_of of;
	struct arena *a;
	struct values *v;
	struct values in; // what they were before this converter
};

void convert_put(struct work *w, struct str s); // blank: nothing

// Of one value each.
void convert_by_format(struct work *w, struct str s);
void convert_in_zone(struct work *w, struct str s);
void convert_epoch(struct work *w, struct str s);
void convert_filetime(struct work *w, struct str s);
void convert_endpoint(struct work *w, struct str s);
