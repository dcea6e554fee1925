// A record of any format as named texts. Private to task/watch/scan*.c.
#pragma once

#include "codec/table/cells.h"
#include "task/watch/scan_record.h"

// Returns the junk that it is, a bit each (1u << JUNK_…), 0: none; then it is no record that
// counts. Not for delimited records and lines.
uint32_t scan_cells(const struct scan_shape *x, const struct scan_record *r, struct arena *a,
		    struct cells *out);
