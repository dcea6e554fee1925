// Of answers: what was recorded, by whom, and the way back. Numbers alone, no finding's detail.
#include "base/time.h"
#include "model/notice/letter_words.h"

static enum letter_word word_of(enum answer_state state)
{
	if (state == ANSWER_WEAK)
		return WORD_RECEIPT_WEAK;
	return state == ANSWER_LATE ? WORD_RECEIPT_LATE : WORD_RECEIPT_TAKEN;
}

static void say_one(const struct letter_answer *x, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };

	v.of[VAR_UNTIL] = x->until == TIME_NEVER ? S("") : letter_day(x->until, p->a);
	if (x->until != TIME_NEVER)
		v.of[VAR_UNTIL] = letter_line(WORD_RECEIPT_UNTIL, dutch, &v, p->a);
	v.of[VAR_ID] = x->id;
	v.of[VAR_WHAT] = answer_word(x->answer, dutch);
	v.of[VAR_WHO] = x->who;
	prose_bullet(p, 1);
	letter_say(p, word_of(x->state), dutch, &v);
}

void letter_receipt(const struct letter *l, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };
	bool fixed = false;

	v.of[VAR_PORTAL] = l->link;
	v.of[VAR_PHONE] = l->team.phone;
	prose_paragraph(p);
	letter_say(p, WORD_RECEIPT_LEAD, dutch, &v);
	LIST_EACH (const struct letter_answer, x, &l->answers) {
		say_one(x, dutch, p);
		fixed = fixed || (x->answer == ANSWER_FIXED && x->state == ANSWER_TAKEN);
	}
	if (fixed) {
		prose_paragraph(p);
		letter_say(p, WORD_RECEIPT_NEXT, dutch, &v);
	}
	prose_paragraph(p);
	letter_say(p, l->link.n > 0 ? WORD_RECEIPT_UNDO : WORD_RECEIPT_REPLY, dutch, &v);
	letter_say(p, l->team.phone.n > 0 ? WORD_LINE5_PHONE : WORD_LINE5_END, dutch, &v);
}
