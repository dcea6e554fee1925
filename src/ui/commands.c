#include "ui/commands.h"

#include "ui/nouns.h"

// clang-format off
const struct noun *const commands[] = {
	&noun_init,
	&noun_match,
};
// clang-format on
const size_t commands_count = COUNTOF(commands);
