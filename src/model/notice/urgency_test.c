#include "base/test.h"
#include "base/time.h"
#include "model/notice/urgency.h"

#define HOURS(n) ((int64_t)(n)*TIME_HOUR)

TEST("urgency: each rule decides what it says, and no more")
{
	static const struct {
		struct urgency_case c;
		enum urgency_rule rule;
		enum urgency urgency;
	} rows[] = {
		// clang-format off
		// class, severity, strength, state, held, care, age, news
		{ { CLASS_VULNERABLE, 1, STRENGTH_STRONG, FINDING_OPEN, false, false, HOURS(1), NEWS_NEW }, URGENT_CRITICAL, URGENCY_AT_ONCE },
		{ { CLASS_VULNERABLE, 1, STRENGTH_STRONG, FINDING_OPEN, true, true, HOURS(1), NEWS_NEW }, URGENT_WARNINGLIST, URGENCY_NONE },
		{ { CLASS_LEAK_SITE, 1, STRENGTH_STRONG, FINDING_OPEN, false, false, HOURS(1), NEWS_NEW }, URGENT_LEAK_SITE, URGENCY_NONE },
		{ { CLASS_LEAK_SITE, 1, STRENGTH_WEAK, FINDING_CANDIDATE, false, false, HOURS(1), NEWS_NEW }, URGENT_LEAK_SITE, URGENCY_NONE },
		{ { CLASS_EXPOSED, 1, STRENGTH_WEAK, FINDING_CANDIDATE, false, true, HOURS(1), NEWS_NEW }, URGENT_CANDIDATE, URGENCY_NONE },
		{ { CLASS_LISTED, 4, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(1), NEWS_NEW }, URGENT_LISTED, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 1, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(1), NEWS_TIME }, URGENT_TIME, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 1, STRENGTH_STRONG, FINDING_OPEN, false, false, HOURS(48), NEWS_AGAIN }, URGENT_CRITICAL, URGENCY_AT_ONCE },
		{ { CLASS_EXPOSED, 1, STRENGTH_STRONG, FINDING_OPEN, false, false, HOURS(48) + 1, NEWS_NEW }, URGENT_OLD, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 1, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(49), NEWS_NEW }, URGENT_OLD, URGENCY_DIGEST },
		{ { CLASS_COMPROMISED, 1, STRENGTH_MEDIUM, FINDING_OPEN, false, true, HOURS(1), NEWS_NEW }, URGENT_MATCH, URGENCY_DIGEST },
		{ { CLASS_COMPROMISED, 1, STRENGTH_WEAK, FINDING_OPEN, false, false, HOURS(1), NEWS_NEW }, URGENT_MATCH, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 2, STRENGTH_STRONG, FINDING_OPEN, false, false, HOURS(1), NEWS_NEW }, URGENT_SEVERITY, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 2, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(48), NEWS_NEW }, URGENT_CARE, URGENCY_AT_ONCE },
		{ { CLASS_EXPOSED, 2, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(1), NEWS_WORSE }, URGENT_CARE, URGENCY_AT_ONCE },
		{ { CLASS_EXPOSED, 2, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(1), NEWS_AGAIN }, URGENT_SEVERITY, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 2, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(49), NEWS_NEW }, URGENT_SEVERITY, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 2, STRENGTH_MEDIUM, FINDING_OPEN, false, true, HOURS(1), NEWS_NEW }, URGENT_SEVERITY, URGENCY_DIGEST },
		{ { CLASS_EXPOSED, 3, STRENGTH_STRONG, FINDING_OPEN, false, true, HOURS(1), NEWS_NEW }, URGENT_SEVERITY, URGENCY_DIGEST },
		{ { CLASS_INFECTED, 4, STRENGTH_STRONG, FINDING_OPEN, false, false, HOURS(1), NEWS_NEW }, URGENT_SEVERITY, URGENCY_DIGEST },
		// clang-format on
	};
	bool seen[URGENCY_RULE_COUNT] = { 0 };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		printf("# row %zu\n", i);
		CHECK(urgency_decide(&rows[i].c) == rows[i].rule);
		CHECK(urgency_of(rows[i].rule) == rows[i].urgency);
		seen[rows[i].rule] = true;
	}
	for (unsigned i = 0; i < URGENCY_RULE_COUNT; i++)
		CHECK(seen[i] && urgency_rule_word((enum urgency_rule)i).n > 0 &&
		      urgency_rule_says((enum urgency_rule)i, false).n > 0 &&
		      urgency_rule_says((enum urgency_rule)i, true).n > 0);
}

TEST("urgency: only what has a strong match, is fresh and 1 or 2 is ever at once")
{
	for (unsigned i = 0; i < ISSUE_CLASS_COUNT * SEVERITY_COUNT * 3 * 2 * 2 * 2 * 4; i++) {
		struct urgency_case c = {
			.class = (enum issue_class)(i % ISSUE_CLASS_COUNT),
			.severity = (enum severity)(i / ISSUE_CLASS_COUNT % SEVERITY_COUNT),
			.strength = (enum strength)(i / ISSUE_CLASS_COUNT / SEVERITY_COUNT % 3),
			.state = FINDING_OPEN,
		};
		unsigned rest = i / ISSUE_CLASS_COUNT / SEVERITY_COUNT / 3;

		c.held = rest % 2 != 0;
		c.care = rest / 2 % 2 != 0;
		c.age = rest / 4 % 2 != 0 ? HOURS(100) : HOURS(1);
		c.news = (enum urgency_news)(rest / 8 % 4);
		if (urgency_of(urgency_decide(&c)) != URGENCY_AT_ONCE)
			continue;
		CHECK(c.strength == STRENGTH_STRONG && c.age == HOURS(1) && !c.held);
		CHECK(c.severity == SEVERITY_CRITICAL || (c.severity == SEVERITY_HIGH && c.care));
		CHECK(c.class != CLASS_LEAK_SITE && c.class != CLASS_LISTED && c.news != NEWS_TIME);
	}
}

TEST("urgency: what was done says what the news is")
{
	CHECK(urgency_news(DO_SEEN, FINDING_CANDIDATE) == NEWS_NEW);
	CHECK(urgency_news(DO_SEEN, FINDING_VOID) == NEWS_NEW);
	CHECK(urgency_news(DO_PROMOTE, FINDING_CANDIDATE) == NEWS_NEW);
	CHECK(urgency_news(DO_SEEN, FINDING_OPEN) == NEWS_WORSE);
	CHECK(urgency_news(DO_SEEN, FINDING_TOLD) == NEWS_WORSE);
	CHECK(urgency_news(DO_SEEN, FINDING_CLOSED) == NEWS_AGAIN);
	CHECK(urgency_news(DO_SEEN, FINDING_CLAIMED) == NEWS_AGAIN);
	CHECK(urgency_news(DO_REOPEN, FINDING_CLOSED) == NEWS_AGAIN);
	CHECK(urgency_news(DO_UNDO, FINDING_CLOSED) == NEWS_AGAIN);
	CHECK(urgency_news(DO_TIME, FINDING_ACCEPTED) == NEWS_TIME);
}
