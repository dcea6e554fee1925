#include "base/test.h"
#include "model/finding/finding.h"

TEST("finding: a weak match is a candidate until a strong one or another feed")
{
	static const struct {
		enum finding_state from;
		enum strength strength;
		bool feed_is_new;
		enum finding_state to;
	} rows[] = {
		{ FINDING_CANDIDATE, STRENGTH_WEAK, false, FINDING_CANDIDATE },
		{ FINDING_CANDIDATE, STRENGTH_WEAK, true, FINDING_OPEN },
		{ FINDING_CANDIDATE, STRENGTH_MEDIUM, false, FINDING_OPEN },
		{ FINDING_CANDIDATE, STRENGTH_STRONG, false, FINDING_OPEN },
		{ FINDING_OPEN, STRENGTH_WEAK, true, FINDING_OPEN },
		{ FINDING_CLAIMED, STRENGTH_STRONG, false, FINDING_CLAIMED },
	};

	CHECK(finding_begin(STRENGTH_WEAK) == FINDING_CANDIDATE);
	CHECK(finding_begin(STRENGTH_MEDIUM) == FINDING_OPEN);
	CHECK(finding_begin(STRENGTH_STRONG) == FINDING_OPEN);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(finding_next(rows[i].from,
				   finding_act_seen(rows[i].strength, rows[i].feed_is_new)) ==
		      rows[i].to);
}

TEST("finding: an event just within the feed's limit is news, an older one is not")
{
	CHECK(finding_is_news(3, 10, 7));
	CHECK(!finding_is_news(2, 10, 7));
	CHECK(finding_is_news(11, 10, 7));
}

TEST("finding: each state is read by its word, in a feed set only whole names are found")
{
	enum finding_state state;

	for (unsigned i = 0; i < FINDING_STATE_COUNT; i++) {
		struct str word = finding_state_word((enum finding_state)i, false);

		CHECK(finding_state_read(word, &state) && state == (enum finding_state)i);
		CHECK(finding_state_word(state, true).n > 0);
	}
	CHECK(!finding_state_read(S("told?"), &state));
	CHECK(finding_feeds_have(S("a-list shadowserver"), S("shadowserver")));
	CHECK(!finding_feeds_have(S("a-list shadowserver"), S("shadow")));
	CHECK(!finding_feeds_have(S(""), S("shadow")));
}
