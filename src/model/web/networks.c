#include "model/web/networks.h"

static bool next(struct str *rest, struct prefix *out)
{
	struct err e;

	return prefix_read(str_trim(str_cut(rest, ',')), out, &e) &&
	       (address_is_v4(out->base) || out->length <= NETWORKS_LONGEST);
}

bool networks_well(struct str text)
{
	struct prefix p;
	unsigned n = 0;

	do {
		if (n++ == NETWORKS_MOST || !next(&text, &p))
			return false;
	} while (text.n > 0);
	return true;
}

bool networks_hold(struct str text, struct address a)
{
	struct prefix p;

	while (text.n > 0 && next(&text, &p))
		if (prefix_holds(p, a))
			return true;
	return false;
}
