#include "model/notice/urgency.h"

#include "base/time.h"

#include <assert.h>

#define X(id, word, dutch) { word, dutch },
static const struct {
	const char *word, *dutch;
} urgencies[URGENCY_COUNT] = { URGENCIES(X) };
#undef X

#define X(id, urgency, word, says, dutch) { urgency, word, says, dutch },
static const struct {
	enum urgency urgency;
	const char *word, *says, *dutch;
} rules[URGENCY_RULE_COUNT] = { URGENCY_RULES(X) };
#undef X

struct str urgency_word(enum urgency urgency, bool dutch)
{
	assert(urgency < URGENCY_COUNT);
	return str_of(dutch ? urgencies[urgency].dutch : urgencies[urgency].word);
}

struct str urgency_rule_word(enum urgency_rule rule)
{
	assert(rule < URGENCY_RULE_COUNT);
	return str_of(rules[rule].word);
}

struct str urgency_rule_says(enum urgency_rule rule, bool dutch)
{
	assert(rule < URGENCY_RULE_COUNT);
	return str_of(dutch ? rules[rule].dutch : rules[rule].says);
}

enum urgency urgency_of(enum urgency_rule rule)
{
	assert(rule < URGENCY_RULE_COUNT);
	return rules[rule].urgency;
}

enum urgency_news urgency_news(enum life_act act, enum finding_state was)
{
	if (act == DO_TIME)
		return NEWS_TIME;
	if (act == DO_MORE)
		return NEWS_WORSE;
	if (act == DO_PROMOTE || was == FINDING_CANDIDATE || was == FINDING_VOID)
		return NEWS_NEW;
	return act == DO_SEEN && (was == FINDING_OPEN || was == FINDING_TOLD) ? NEWS_WORSE
									      : NEWS_AGAIN;
}

enum urgency_rule urgency_decide(const struct urgency_case *c)
{
	bool strong = c->strength == STRENGTH_STRONG;
	bool fresh = c->age <= URGENT_HOURS * TIME_HOUR;
	bool applies[URGENCY_RULE_COUNT] = {
		[URGENT_WARNINGLIST] = c->held,
		[URGENT_LEAK_SITE] = c->class == CLASS_LEAK_SITE,
		[URGENT_CANDIDATE] = c->state == FINDING_CANDIDATE,
		[URGENT_LISTED] = c->class == CLASS_LISTED,
		[URGENT_TIME] = c->news == NEWS_TIME,
		[URGENT_CRITICAL] = c->severity == SEVERITY_CRITICAL && strong && fresh,
		[URGENT_CARE] = c->severity == SEVERITY_HIGH && strong && fresh && c->care &&
				c->news != NEWS_AGAIN,
		[URGENT_MATCH] = c->severity == SEVERITY_CRITICAL && !strong,
		[URGENT_OLD] = c->severity == SEVERITY_CRITICAL && !fresh,
		[URGENT_SEVERITY] = true,
	};
	unsigned i = 0;

	while (!applies[i])
		i++;
	return (enum urgency_rule)i;
}
