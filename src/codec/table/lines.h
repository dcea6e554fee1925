// One value a line: address and host lists, and JSON lines. Text behind a comment
// character is no part of the value, nor are blanks around it. The rows are those of
// codec/table/csv.h, with one column.
#pragma once

#include "codec/table/csv.h"

// A csv_cutter. shape->comment ends a value wherever it stands, and so does ';' beside
// '#' (publishers mix them); with shape->comment '\0' the line is the value.
size_t lines_cut(const struct csv_shape *shape, struct str bytes, bool last, struct csv_row *out,
		 size_t most, size_t *used);
