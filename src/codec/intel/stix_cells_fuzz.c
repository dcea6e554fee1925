#include "codec/intel/stix_cells.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static bool has_prefix(const struct cells *cells, struct str head)
{
	LIST_EACH (const struct cell, c, &cells->list)
		if (str_has_prefix(c->name, head))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct cells cells = { 0 };
	struct stix_object is;
	autoarena a = { 0 };

	arena_init(&a, 4 * (size_t)STIX_MAX_MEMORY);
	is = stix_cells((struct str){ (const char *)p, n }, &a, &cells);
	assert(is.kind < STIX_KINDS && is.why < STIX_WHYS);
	assert((is.kind == STIX_BROKEN) == (is.type.p == NULL));
	assert((is.kind == STIX_BROKEN) == (cells.list.count == 0));
	assert((is.kind == STIX_NOT_UNDERSTOOD) == (is.why != STIX_WHY_NOTHING));
	assert(cells.list.count <= CELLS_MAX);
	if (is.kind == STIX_INDICATOR && cells.more == 0)
		assert(has_prefix(&cells, S("pattern.")));
	if (is.kind == STIX_OBSERVABLE && str_eq(is.type, S("observed-data")))
		assert(has_prefix(&cells, S("observed.")));
	return 0;
}
