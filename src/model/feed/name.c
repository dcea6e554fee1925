#include "model/feed/name.h"

bool feed_name_is(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
		      (i > 0 && s.p[i] == '-')))
			return false;
	return s.n > 0 && s.n <= FEED_NAME;
}
