// Of a key of its reader's that ends, ended or was revoked: what is so, and two ways to mend it.
#include "base/time.h"
#include "model/key/key.h"
#include "model/notice/letter_words.h"

static enum letter_word is_so(const struct letter_key *k)
{
	if (k->revoked)
		return WORD_KEY_REVOKED;
	return k->over ? WORD_KEY_ENDED : WORD_KEY_ENDS;
}

struct str letter_key_subject(const struct letter *l, struct arena *a)
{
	struct letter_values v = { 0 };

	v.of[VAR_UNTIL] = letter_day(l->key.expires, a);
	return letter_line(l->key.over ? WORD_SUBJECT_NEUTRAL : WORD_SUBJECT_KEY, l->dutch, &v, a);
}

void letter_key(const struct letter *l, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };
	char spelled[KEY_SPELLED];

	key_spell(l->key.fingerprint, spelled);
	v.of[VAR_KEY] = arena_str(p->a, str_of(spelled));
	v.of[VAR_UNTIL] = letter_day(l->key.expires, p->a);
	v.of[VAR_PHONE] = l->team.phone;
	v.of[VAR_ID] = l->id;
	prose_paragraph(p);
	letter_say(p, is_so(&l->key), dutch, &v);
	prose_pair(p, letter_word(WORD_KEY_LABEL, dutch));
	letter_say(p, WORD_KEY_KEY, dutch, &v);
	prose_paragraph(p);
	letter_say(p, l->key.over ? WORD_KEY_MEND : WORD_KEY_MEND_BEFORE, dutch, &v);
	prose_bullet(p, 1);
	letter_say(p, WORD_KEY_SEND, dutch, &v);
	prose_bullet(p, 1);
	letter_say(p, l->team.phone.n > 0 ? WORD_KEY_CALL : WORD_KEY_ASK, dutch, &v);
}
