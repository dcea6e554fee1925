#include "model/answer/answer.h"

#include <assert.h>

#define X(id, word, dutch, act, ways) { word, dutch, act, ways },
static const struct {
	const char *word, *dutch;
	enum life_act act;
	unsigned ways;
} answers[ANSWER_COUNT] = { ANSWERS(X) };
#undef X

#define X(id, word, says) word,
static const char *const ways[ANSWER_WAY_COUNT] = { ANSWER_WAYS(X) };
#undef X

#define X(id, word) word,
static const char *const states[ANSWER_STATE_COUNT] = { ANSWER_STATES(X) };
#undef X

struct str answer_word(enum answer answer, bool dutch)
{
	assert(answer < ANSWER_COUNT);
	return str_of(dutch ? answers[answer].dutch : answers[answer].word);
}

bool answer_read(struct str word, enum answer *out)
{
	for (unsigned i = 0; i < ANSWER_COUNT; i++)
		if (str_eq_nocase(word, str_of(answers[i].word)) ||
		    str_eq_nocase(word, str_of(answers[i].dutch))) {
			*out = (enum answer)i;
			return true;
		}
	return false;
}

struct str answer_way_word(enum answer_way way)
{
	assert(way < ANSWER_WAY_COUNT);
	return str_of(ways[way]);
}

struct str answer_state_word(enum answer_state state)
{
	assert(state < ANSWER_STATE_COUNT);
	return str_of(states[state]);
}

enum life_act answer_act(enum answer answer)
{
	assert(answer < ANSWER_COUNT);
	return answers[answer].act;
}

enum finding_end answer_end(enum answer answer)
{
	if (answer == ANSWER_FALSE_ALARM)
		return END_FALSE_ALARM;
	return answer == ANSWER_NOT_OURS ? END_NOT_OURS : END_NONE;
}

bool answer_by(enum answer answer, enum answer_way way)
{
	assert(answer < ANSWER_COUNT && way < ANSWER_WAY_COUNT);
	return (answers[answer].ways & 1u << way) != 0;
}

bool answer_may(enum answer answer, enum finding_state state, enum issue_class class)
{
	return life_may(state, answer_act(answer)) &&
	       (answer != ANSWER_FALSE_ALARM || life_may_be_false(class));
}

bool answer_has_day(enum answer answer)
{
	return answer == ANSWER_WORKING || answer == ANSWER_ACCEPTED;
}

bool answer_asks_code(enum answer answer, enum severity severity)
{
	return answer_act(answer) == DO_DISPUTE && severity == SEVERITY_CRITICAL;
}

bool answer_is_machine(const struct answer_press *p, int64_t now)
{
	if (p->arrived == 0 ||
	    (!p->machines && now >= p->arrived + ANSWER_MACHINE_SECONDS * TIME_SECOND))
		return false;
	return p->doubted == 0 || now < p->doubted + ANSWER_AGAIN_SECONDS * TIME_SECOND;
}
