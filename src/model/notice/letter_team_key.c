// Of our own key, which is another from a day on: which, since when, and how its reader can be sure of it.
#include "base/time.h"
#include "model/notice/letter_words.h"

struct str letter_team_key_subject(const struct letter *l, struct arena *a)
{
	struct letter_values v = { 0 };

	v.of[VAR_UNTIL] = letter_day(l->team_key.since, a);
	return letter_line(WORD_SUBJECT_TEAM_KEY, l->dutch, &v, a);
}

// All 40 digits, as they are compared.
static void pair(struct prose *p, enum letter_word label, bool dutch, struct str fingerprint)
{
	if (fingerprint.n == 0)
		return;
	prose_pair(p, letter_word(label, dutch));
	prose_foreign(p, PROSE_CODE, fingerprint);
}

void letter_team_key(const struct letter *l, bool dutch, struct prose *p)
{
	const struct letter_team_key *k = &l->team_key;
	struct letter_values v = { 0 };

	v.of[VAR_UNTIL] = letter_day(k->since, p->a);
	v.of[VAR_PHONE] = l->team.phone;
	prose_paragraph(p);
	letter_say(p, WORD_TEAM_KEY_LEAD, dutch, &v);
	pair(p, WORD_TEAM_KEY_NEW, dutch, k->fingerprint);
	pair(p, WORD_TEAM_KEY_FORMER, dutch, k->former);
	pair(p, WORD_TEAM_KEY_MASTER, dutch, k->master);
	prose_paragraph(p);
	letter_say(p, WORD_TEAM_KEY_TAKE, dutch, &v);
	prose_paragraph(p);
	letter_say(p, l->team.phone.n > 0 ? WORD_TEAM_KEY_CALL : WORD_TEAM_KEY_ASK, dutch, &v);
}
