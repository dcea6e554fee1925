// What a converter works on, shared by the files that hold them. Private to model/feed/convert*.c.
#pragma once

#include "model/feed/convert.h"

struct work {
	const struct convert *c;
	struct condition_of of;
	struct arena *a;
	struct values *v;
	struct values in; // what they were before this converter
};

static inline void put(struct work *w, struct str s)
{
	struct values *v = w->v;

	if (v->count == VALUES_MAX || s.n > CONVERT_MAX_TEXT)
		v->over = true;
	else if (s.n > 0)
		v->at[v->count++] = s;
}

// convert_time.c: what makes moments of texts; each with one value.
void convert_by_format(struct work *w, struct str s);
void convert_epoch(struct work *w, struct str s);
void convert_filetime(struct work *w, struct str s);
void convert_in_zone(struct work *w, struct str s);
