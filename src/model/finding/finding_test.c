#include "base/buf.h"
#include "base/test.h"
#include "model/finding/finding.h"

TEST("finding: a weak match begins as a candidate")
{
	CHECK(finding_begin(STRENGTH_WEAK) == FINDING_CANDIDATE);
	CHECK(finding_begin(STRENGTH_MEDIUM) == FINDING_OPEN);
	CHECK(finding_begin(STRENGTH_STRONG) == FINDING_OPEN);
}

TEST("finding: an event just within the feed's limit is news, an older one is not")
{
	CHECK(finding_is_news(3, 10, 7));
	CHECK(!finding_is_news(2, 10, 7));
	CHECK(finding_is_news(11, 10, 7));
}

TEST("finding: each state is read by its word")
{
	enum finding_state state;

	for (unsigned i = 0; i < FINDING_STATE_COUNT; i++) {
		struct str word = finding_state_word((enum finding_state)i, false);

		CHECK(finding_state_read(word, &state) && state == (enum finding_state)i);
		CHECK(finding_state_word(state, true).n > 0);
	}
	CHECK(!finding_state_read(S("told?"), &state));
}

static bool joined(const char *sources, const char *feed, const char *type, const char *want)
{
	char text[80];
	struct buf b = BUF_ON(text);

	sources_join(str_of(sources), str_of(feed), str_of(type), &b);
	return str_eq(buf_view(&b), str_of(want));
}

TEST("finding: sources are a sorted set of feeds and their types, each once")
{
	CHECK(joined("", "list", "", "list/"));
	CHECK(joined("list/", "list", "", "list/"));
	CHECK(joined("list/", "shadow", "rdp", "list/ shadow/rdp"));
	CHECK(joined("shadow/rdp", "shadow", "adb", "shadow/adb shadow/rdp"));
	CHECK(joined("a/ shadow/rdp", "list", "", "a/ list/ shadow/rdp"));
	CHECK(joined("old", "list", "", "list/ old/")); // of a store from before types
}

TEST("finding: the feeds of a set of sources are told once each, and by whole names")
{
	struct str sources = S("a/ shadow/adb shadow/rdp z/1");

	CHECK(str_eq(sources_next_feed(&sources), S("a")));
	CHECK(str_eq(sources_next_feed(&sources), S("shadow")));
	CHECK(str_eq(sources_next_feed(&sources), S("z")));
	CHECK(sources.n == 0 && sources_next_feed(&sources).n == 0);
	CHECK(sources_have(S("a-list/ shadowserver/x"), S("shadowserver")));
	CHECK(!sources_have(S("a-list/ shadowserver/x"), S("shadow")));
	CHECK(!sources_have(S(""), S("shadow")));
}
