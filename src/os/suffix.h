// The public suffix list, by libpsl with the list that the system keeps up to date
// (Debian: publicsuffix), so that nobody claims everybody's names.
#pragma once

#include "base/str.h"

// Can anybody register names below this one ("nl", "co.uk", "github.io")? The name in
// A-labels, lower case. A top level domain that the list does not know is one, too.
bool suffix_is_public(struct str name);
