// Fields whose values are words of a list: classifications (RSIT v1003, with the few that
// IntelMQ adds), registries, TLP labels, protocols above IP (IANA); and how people write them otherwise.
#pragma once

#include "base/arena.h"

enum known_words {
	KNOWN_TYPE,
	KNOWN_TAXONOMY,
	KNOWN_REGISTRY,
	KNOWN_TLP,
	KNOWN_TRANSPORT,
	KNOWN_WORDS
};

// The word of the list that the text means: whatever its letters, blanks for dashes,
// former names. False: none.
bool known_word(enum known_words list, struct str text, struct str *out) MUST_USE;
