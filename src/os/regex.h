// Perl's regular expressions by PCRE2, for patterns and texts that others wrote: bounded
// when compiled and when tried, no code made at run time, nothing of it outside the arena.
#pragma once

#include "model/warning/set.h"

// Lives in a, of whose addresses it reserves some. Its idn is not set.
struct warning_engine regex_engine(struct arena *a);
