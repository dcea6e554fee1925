#include "model/finding/finding.h"

#include "base/buf.h"

#include <assert.h>

#define X(id, word, dutch, says) { word, dutch },
static const struct {
	const char *word, *dutch;
} states[FINDING_STATE_COUNT] = { FINDING_STATES(X) };
#undef X

struct str finding_state_word(enum finding_state state, bool dutch)
{
	assert(state < FINDING_STATE_COUNT);
	return str_of(dutch ? states[state].dutch : states[state].word);
}

bool finding_state_read(struct str word, enum finding_state *out)
{
	for (unsigned i = 0; i < FINDING_STATE_COUNT; i++)
		if (str_eq(word, str_of(states[i].word))) {
			*out = (enum finding_state)i;
			return true;
		}
	return false;
}

struct str strength_word(enum strength strength, bool dutch)
{
	static const char *const words[][2] = {
		[STRENGTH_WEAK] = { "weak", "zwak" },
		[STRENGTH_MEDIUM] = { "medium", "middel" },
		[STRENGTH_STRONG] = { "strong", "sterk" },
	};

	assert(strength < COUNTOF(words));
	return str_of(words[strength][dutch]);
}

enum finding_state finding_begin(enum strength strength)
{
	return strength == STRENGTH_WEAK ? FINDING_CANDIDATE : FINDING_OPEN;
}

bool sources_next(struct str *sources, struct str *feed, struct str *type)
{
	if (sources->n == 0)
		return false;
	*type = str_cut(sources, ' ');
	*feed = str_cut(type, '/');
	return true;
}

bool sources_have(struct str sources, struct str feed)
{
	struct str one, type;

	while (sources_next(&sources, &one, &type))
		if (str_eq(one, feed))
			return true;
	return false;
}

static int order(struct str feed, struct str type, struct str feed2, struct str type2)
{
	int by = str_order(feed, feed2);

	return by != 0 ? by : str_order(type, type2);
}

static void put(struct buf *b, struct str feed, struct str type)
{
	if (b->n > 0)
		buf_char(b, ' ');
	buf_str(b, feed);
	buf_char(b, '/');
	buf_str(b, type);
}

void sources_join(struct str sources, struct str feed, struct str type, struct buf *b)
{
	struct str f, t;
	bool done = false;

	while (sources_next(&sources, &f, &t)) {
		int by = order(feed, type, f, t);

		if (!done && by < 0)
			put(b, feed, type);
		done = done || by <= 0;
		put(b, f, t);
	}
	if (!done)
		put(b, feed, type);
}

struct str sources_next_feed(struct str *sources)
{
	struct str feed = { 0 }, next, type, rest = *sources;

	if (!sources_next(&rest, &feed, &type))
		return feed;
	do
		*sources = rest;
	while (sources_next(&rest, &next, &type) && str_eq(next, feed));
	return feed;
}
