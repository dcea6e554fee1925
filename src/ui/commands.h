// The one list of nouns.
#pragma once

#include "ui/cli.h"

extern const struct noun *const commands[];
extern const size_t commands_count;
