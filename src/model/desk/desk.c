#include "model/desk/desk.h"

#include <assert.h>

#define X(id, word, critical, other, pages, says, see) { word, says, see, critical, other, pages },
static const struct {
	const char *word, *says, *see;
	int critical, other; // hours
	enum desk_pages pages;
} kinds[DESK_KIND_COUNT] = { DESK_KINDS(X) };
#undef X

struct str desk_kind_word(enum desk_kind kind)
{
	assert(kind < DESK_KIND_COUNT);
	return str_of(kinds[kind].word);
}

struct str desk_kind_says(enum desk_kind kind)
{
	assert(kind < DESK_KIND_COUNT);
	return str_of(kinds[kind].says);
}

struct str desk_kind_see(enum desk_kind kind)
{
	assert(kind < DESK_KIND_COUNT);
	return str_of(kinds[kind].see);
}

bool desk_wakes(enum desk_kind kind, enum severity severity)
{
	assert(kind < DESK_KIND_COUNT);
	return kinds[kind].pages == DESK_PAGES ||
	       (kinds[kind].pages == DESK_PAGES_CRITICAL && severity == SEVERITY_CRITICAL);
}

unsigned desk_waking(void)
{
	unsigned all = 0;

	for (unsigned i = 0; i < DESK_KIND_COUNT; i++)
		all |= kinds[i].pages != DESK_WAITS ? 1u << i : 0;
	return all;
}

bool desk_kind_read(struct str word, enum desk_kind *out)
{
	for (unsigned i = 0; i < DESK_KIND_COUNT; i++)
		if (str_eq(word, str_of(kinds[i].word))) {
			*out = (enum desk_kind)i;
			return true;
		}
	return false;
}

int64_t desk_due(enum desk_kind kind, enum severity severity, int64_t since)
{
	assert(kind < DESK_KIND_COUNT);
	return since + (severity == SEVERITY_CRITICAL ? kinds[kind].critical : kinds[kind].other) *
			       TIME_HOUR;
}

bool desk_is_first(enum severity severity, int64_t due, int64_t now)
{
	return severity == SEVERITY_CRITICAL && due <= now;
}
