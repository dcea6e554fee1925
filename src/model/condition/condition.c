#include "model/condition/condition.h"

#include <assert.h>

#define X(id, word) word,
static const char *const words[CONDITION_COUNT] = { CONDITIONS(X) };
#undef X

struct str condition_word(enum condition_kind kind)
{
	assert(kind < CONDITION_COUNT);
	return str_of(words[kind]);
}
