// Of a week: every message that went to the member, so that one that is missing is noticed, and what was
// looked at, also where nothing was found. Numbers and times alone.
#include "model/notice/letter_words.h"

static struct str number(struct arena *a, int64_t n)
{
	return arena_fmt(a, "%lld", (long long)n);
}

struct str letter_statement_subject(const struct letter *l, struct arena *a)
{
	struct letter_values v = { 0 };

	v.of[VAR_ROUND] = number(a, l->statement.week);
	v.of[VAR_COUNT] = number(a, (int64_t)l->statement.told.count);
	return letter_line(l->statement.told.count == 1 ? WORD_SUBJECT_STATEMENT_ONE
							: WORD_SUBJECT_STATEMENT,
			   l->dutch, &v, a);
}

static void say_told(const struct letter_sent *x, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };
	char room[LETTER_TIME];

	v.of[VAR_ID] = x->id;
	v.of[VAR_WHAT] = str_of(dutch ? letter_kind_nl(x->kind) : letter_kind_en(x->kind));
	v.of[VAR_WHEN] = arena_str(p->a, letter_time(x->at, dutch, false, room));
	prose_bullet(p, 1);
	letter_say(p, x->arrived ? WORD_STATEMENT_TOLD : WORD_STATEMENT_LOST, dutch, &v);
}

void letter_statement(const struct letter *l, bool dutch, struct prose *p)
{
	const struct letter_statement *s = &l->statement;
	struct letter_values v = { 0 };

	v.of[VAR_ROUND] = number(p->a, s->week);
	v.of[VAR_COUNT] = number(p->a, (int64_t)s->told.count);
	v.of[VAR_MORE] = number(p->a, s->feeds);
	v.of[VAR_OPEN] = number(p->a, s->assets);
	v.of[VAR_OTHERS] = number(p->a, s->open);
	v.of[VAR_PHONE] = l->team.phone;
	prose_paragraph(p);
	letter_say(p, s->told.count == 0 ? WORD_STATEMENT_NONE : WORD_STATEMENT_LEAD, dutch, &v);
	LIST_EACH (const struct letter_sent, x, &s->told)
		say_told(x, dutch, p);
	prose_paragraph(p);
	letter_say(p, WORD_STATEMENT_COVERED, dutch, &v);
	letter_say(p, s->open == 0 ? WORD_STATEMENT_CLEAN : WORD_STATEMENT_OPEN, dutch, &v);
	prose_paragraph(p);
	letter_say(p, WORD_STATEMENT_MISSING, dutch, &v);
	letter_say(p, l->team.phone.n > 0 ? WORD_LINE5_PHONE : WORD_LINE5_END, dutch, &v);
}
