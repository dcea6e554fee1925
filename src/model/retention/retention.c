#include "model/retention/retention.h"

#include "base/time.h"

#define X(id, word, days, what, from, purpose, ground) \
	[id] = { word, what, from, purpose, ground, days },
const struct retention retentions[RETAIN_COUNT] = { RETENTIONS(X) };
#undef X

int64_t retention_before(enum retain r, int64_t now)
{
	return now - (int64_t)retentions[r].days * TIME_DAY;
}
