// A JSON text in which every value that has some bytes in it is another: to erase what a
// person asks to be erased. Keys stay. The text need not be checked before: what is no JSON
// is copied as it is, as far as it has no values.
#pragma once

#include "base/buf.h"

// Writes `json` to b; string, number, true, false and null that have `inner` in them (as
// json_inner writes it, small and capital ASCII letters being the same) become `instead`
// (a JSON value). Returns how many. b needs json.n * (instead.n + 1) bytes at most.
size_t json_blank(struct buf *b, struct str json, struct str inner, struct str instead);
