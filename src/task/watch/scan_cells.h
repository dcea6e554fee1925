// A record of any format as named texts. Private to task/watch/scan*.c.
#pragma once

#include "codec/table/cells.h"
#include "task/watch/scan_record.h"

// False: it is not of its format.
bool scan_cells(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		struct cells *out);
