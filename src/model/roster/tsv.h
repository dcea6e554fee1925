// The plainest roster: a line an asset, tab-separated member, kind, value; lines
// that begin with # are comments. Checked for syntax only: whether a value may
// stand in a roster is model/roster/check.h's question. A member is known by its
// slug alone. Refuses what is not UTF-8, NUL bytes and lines over TSV_MAX_LINE.
#pragma once

#include "base/err.h"
#include "model/roster/roster.h"

enum { TSV_MAX_LINE = 4096 };

// Texts are copied: of a line half is needed no more once it is read. ERR_INPUT with
// the line: "line 3: three columns, separated by tabs: member, kind, value".
bool roster_read_tsv(struct str bytes, struct arena *a, struct roster *out, struct err *e) MUST_USE;
