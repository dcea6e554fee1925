// International names to A-labels, by libidn2 (UTS 46 non-transitional, NFC,
// IDNA2008): the tables are the library's. Works in the strict cage once the
// heap is warm (os/cage.h).
#pragma once

#include "codec/net/name.h"

// As name_idn (codec/net/name.h): A-labels in lower case; 0 where IDNA refuses.
size_t idn_to_ascii(struct str name, char out[NAME_MAX_BYTES + 1]);
