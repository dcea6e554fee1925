// One record in plain C: what csv_cut is made of, and what the SIMD cutter falls
// back to where a quote stands in an odd place.
#pragma once

#include "codec/table/csv.h"

// The record at start; returns the place behind its line end, NULL: more bytes needed.
const char *csv_one(const struct csv_shape *shape, const char *start, const char *end, bool last,
		    struct csv_row *out);
