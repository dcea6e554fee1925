// TLP 2.0 labels (FIRST, "Traffic Light Protocol 2.0"), from the loosest to the strictest.
#pragma once

#include "base/str.h"

enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED, TLP_COUNT };

struct str tlp_word(enum tlp tlp);  // "AMBER+STRICT", as files and commands have it
struct str tlp_label(enum tlp tlp); // "TLP:AMBER+STRICT", as people see it

// Either form; "WHITE" is what CLEAR was before. False where it is no label.
bool tlp_read(struct str s, enum tlp *out) MUST_USE;

static inline enum tlp tlp_stricter(enum tlp a, enum tlp b)
{
	return a > b ? a : b;
}
