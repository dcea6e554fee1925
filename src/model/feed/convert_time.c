// The converters that read moments.
#include "base/time_format.h"
#include "model/feed/convert_work.h"

#define FILETIME_EPOCH INT64_C(11644473600) // seconds from 1601 to 1970

static void moment(struct work *w, int64_t t, bool zoned)
{
	char text[TIME_TEXT];
	size_t n = time_write(t, text);

	if (n > 0) // without its Z, so that a zone may follow
		convert_put(w, arena_str(w->a, (struct str){ text, n - !zoned }));
}

void convert_by_format(struct work *w, struct str s)
{
	bool zoned;
	int64_t t;

	if (time_read_as(s, w->c->a, &t, &zoned))
		moment(w, t, zoned);
	else
		convert_put(w, s); // it does not fit, and is kept as what it is
}

// A count since an epoch, with a fraction.
static void counted(struct work *w, struct str s, int64_t unit, int64_t before)
{
	struct str rest = s, whole = str_cut(&rest, '.');
	int64_t t, part_of = 0, digit = unit;
	uint64_t v;

	for (size_t i = 0; i < rest.n && digit >= 10; i++) {
		digit /= 10;
		if (rest.p[i] < '0' || rest.p[i] > '9') {
			convert_put(w, s);
			return;
		}
		part_of += digit * (rest.p[i] - '0');
	}
	if (!str_to_uint(whole, INT64_MAX / (unit > 0 ? (uint64_t)unit : 1), &v)) {
		convert_put(w, s);
		return;
	}
	t = (unit > 0 ? (int64_t)v * unit : (int64_t)(v / 10)) + part_of - before * TIME_SECOND;
	moment(w, t, true);
}

void convert_in_zone(struct work *w, struct str s)
{
	int64_t t;

	if (time_has_zone(s) || !time_read(s, &t))
		convert_put(w, s);
	else
		moment(w, t - w->c->zone, true);
}

void convert_epoch(struct work *w, struct str s)
{
	counted(w, s, w->c->kind == CONVERT_EPOCH ? TIME_SECOND : TIME_SECOND / 1000, 0);
}

void convert_filetime(struct work *w, struct str s)
{
	counted(w, s, 0, FILETIME_EPOCH);
}
