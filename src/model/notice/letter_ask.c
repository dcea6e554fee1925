// A contact test: one question, and the ways to say yes.
#include "model/notice/letter_words.h"

void letter_test(const struct letter *l, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };

	v.of[VAR_PORTAL] = l->link;
	v.of[VAR_PHONE] = l->team.phone;
	prose_paragraph(p);
	letter_say(p, WORD_TEST_LEAD, dutch, &v);
	prose_paragraph(p);
	letter_say(p, l->link.n > 0 ? WORD_TEST_LINK : WORD_TEST_REPLY, dutch, &v);
	letter_say(p, l->team.phone.n > 0 ? WORD_LINE5_PHONE : WORD_LINE5_END, dutch, &v);
	prose_paragraph(p);
	letter_say(p, WORD_TEST_MEND, dutch, &v);
}
