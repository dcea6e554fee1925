// Rosters as a spreadsheet writes them: CSV with "," or ";" or tabs and a first line
// of column names; and the three bare columns of the bench's TSV.
#pragma once

#include "model/roster/build.h"

void sheet_read(struct build *b, struct str bytes, bool bare);
