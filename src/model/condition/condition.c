#include "model/condition/condition.h"

#include <assert.h>

#define X(id, word, subject, says) { word, says },
static const struct {
	const char *word, *says;
} conditions[CONDITION_COUNT] = { CONDITIONS(X) };
#undef X

struct str condition_word(enum condition_kind kind)
{
	assert(kind < CONDITION_COUNT);
	return str_of(conditions[kind].word);
}

struct str condition_says(enum condition_kind kind)
{
	assert(kind < CONDITION_COUNT);
	return str_of(conditions[kind].says);
}
