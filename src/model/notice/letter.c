#include "model/notice/letter.h"

#include "model/notice/letter_words.h"

// No detail: what is so, and how to hear the rest.
static void write_neutral(const struct letter *l, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };

	v.of[VAR_ID] = l->id;
	prose_paragraph(p);
	letter_say(p, WORD_LINE1_NEUTRAL, dutch, &v);
	prose_paragraph(p);
	letter_say(p, WORD_NEUTRAL_WHY, dutch, &v);
	prose_paragraph(p);
	letter_say(p, l->team.phone.n > 0 ? WORD_NEUTRAL_NOW : WORD_NEUTRAL_REPLY, dutch, &v);
	prose_paragraph(p);
	letter_say(p, WORD_NEUTRAL_MEND, dutch, &v);
	prose_rule(p);
	prose_pair(p, letter_word(WORD_END_TEAM, dutch));
	prose_foreign(p, PROSE_TEXT, l->team.name);
	prose_pair(p, letter_word(WORD_END_MAIL, dutch));
	prose_foreign(p, PROSE_TEXT, l->team.mail);
	if (l->team.phone.n > 0) {
		prose_pair(p, letter_word(WORD_END_PHONE, dutch));
		prose_foreign(p, PROSE_TEXT, l->team.phone);
	}
	if (l->team.fingerprint.n > 0) {
		prose_pair(p, letter_word(WORD_END_KEY, dutch));
		prose_foreign(p, PROSE_TEXT, l->team.fingerprint);
	}
}

static void write_one(const struct letter *l, bool dutch, struct prose *p)
{
	const struct prose *body = dutch ? l->body_nl : l->body;

	if (l->neutral) {
		write_neutral(l, dutch, p);
		return;
	}
	if (l->kind == MESSAGE_KEY)
		letter_key(l, dutch, p);
	else if (l->kind == MESSAGE_TEAM_KEY)
		letter_team_key(l, dutch, p);
	else if (l->kind == MESSAGE_RECEIPT)
		letter_receipt(l, dutch, p);
	else if (l->kind == MESSAGE_STATEMENT)
		letter_statement(l, dutch, p);
	else if (l->kind == MESSAGE_TEST)
		letter_test(l, dutch, p);
	else
		letter_lines(l, dutch, p);
	if (body != NULL)
		prose_add(p, body);
	letter_findings(l, dutch, p);
	letter_end(l, dutch, p);
}

// An alert may have been written in one language only.
static bool has(const struct letter *l, bool dutch)
{
	return l->kind != MESSAGE_ALERT || l->neutral || (dutch ? l->title_nl : l->title).n > 0;
}

enum { TEXT_MOST = 16 << 20 };

static struct str written(const struct prose *p, const char *language, struct str title,
			  struct arena *a)
{
	size_t room = 1 << 14;

	for (;; room *= 4) {
		char *mark = arena_mark(a);
		struct buf b = { .p = arena_new(a, char, room), .cap = room };

		if (language == NULL)
			prose_write_text(p, &b);
		else
			prose_write_html(p, str_of(language), title, &b);
		if (!b.over || room > TEXT_MOST)
			return buf_view(&b);
		arena_back(a, mark);
	}
}

void letter_write(const struct letter *l, struct arena *a, struct letter_out *out)
{
	bool first = l->dutch && has(l, true);
	struct prose p;

	if (!first && !has(l, false))
		first = true;
	prose_begin(&p, a);
	write_one(l, first, &p);
	if (first && has(l, false)) {
		prose_rule(&p);
		write_one(l, false, &p);
	}
	*out = (struct letter_out){ .subject = letter_subject(l, a) };
	out->text = written(&p, NULL, out->subject, a);
	if (l->kind != MESSAGE_TEST) // what the plainest reader shows is what is asked about
		out->html = written(&p, first ? "nl" : "en", out->subject, a);
	if (l->neutral || l->findings.count == 0)
		return;
	out->csv = letter_csv(l, a);
	out->jsonl = letter_jsonl(l, a);
}
