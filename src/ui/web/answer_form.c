#include "ui/web/answer_form.h"

#include "base/time.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "codec/net/urlform.h"
#include "codec/text/id.h"

const enum answer typed_answers[] = { ANSWER_FIXED, ANSWER_WORKING, ANSWER_FALSE_ALARM,
				      ANSWER_NOT_OURS, ANSWER_ACCEPTED };
const size_t typed_answers_count = COUNTOF(typed_answers);

enum { FIELD = 2 }; // "a.", before the id

struct typed_all typed_nothing(const struct answer_page *page, struct arena *a)
{
	struct typed_all all = { .at = arena_new(a, struct typed, page->findings.count + 1),
				 .n = page->findings.count };

	for (size_t i = 0; i < all.n; i++)
		all.at[i] = (struct typed){ .of = &page->findings.at[i],
					    .answer = ANSWER_COUNT,
					    .until = S(""),
					    .reason = S(""),
					    .code = S(""),
					    .day = TIME_NEVER };
	return all;
}

static struct typed *typed_of(struct typed_all *all, struct str id)
{
	uint32_t number;

	if (id_read(id, 'F', &number))
		for (size_t i = 0; i < all->n; i++)
			if (all->at[i].of->number == number)
				return &all->at[i];
	return NULL;
}

// At most so many bytes, and no part of a letter.
static struct str cut_text(struct str s, size_t most)
{
	size_t n = 0;

	while (n < s.n) {
		size_t step = utf8_next(str_from(s, n), &(uint32_t){ 0 });

		if (step == 0 || n + step > most)
			break;
		n += step;
	}
	return str_first(s, n);
}

static bool choose(struct typed *t, struct str word)
{
	for (size_t i = 0; i < typed_answers_count; i++)
		if (str_eq(word, answer_word(typed_answers[i], false))) {
			t->answer = typed_answers[i];
			return true;
		}
	return false;
}

static bool take(struct typed_all *all, struct str name, struct str value)
{
	struct typed *t;

	if (str_eq(name, S("undo"))) {
		t = typed_of(all, value);
		all->undoes = t != NULL;
		all->undo = t != NULL ? t->of->number : 0;
		return t != NULL;
	}
	if (name.n <= FIELD || name.p[1] != '.')
		return false;
	t = typed_of(all, str_from(name, FIELD));
	if (t == NULL)
		return false;
	value = str_trim(value);
	switch (name.p[0]) {
	case 'a':
		return choose(t, value);
	case 'd':
		t->until = str_first(value, TIME_TEXT);
		return true;
	case 'r':
		t->reason = cut_text(value, ANSWER_REASON);
		return true;
	case 'c':
		t->code = cut_text(value, 2 * ANSWER_CODE);
		return true;
	default:
		return false;
	}
}

// A day is meant to its end, by the clock of the members.
static void judge(struct typed *t, int64_t now)
{
	int64_t day;

	if (t->answer == ANSWER_COUNT || !answer_has_day(t->answer))
		return;
	if (t->until.n == 0) {
		t->bad_day = t->answer == ANSWER_ACCEPTED;
		return;
	}
	if (!time_read(t->until, &day) || day != time_day(day)) {
		t->bad_day = true;
		return;
	}
	t->day = zone_moment(day + TIME_DAY - TIME_SECOND);
	t->bad_day = t->day <= now || t->day > now + ACCEPT_MAX_DAYS * TIME_DAY;
}

bool typed_read(struct str body, const struct answer_page *page, int64_t now, struct arena *a,
		struct typed_all *out, struct err *e)
{
	struct typed_all all = typed_nothing(page, a);
	struct urlform f = { .rest = body };
	struct str name, value;

	while (urlform_next(&f, a, &name, &value, e))
		if (!take(&all, name, value))
			return err_set(e, ERR_INPUT, "a field that is not of this page");
	if (e->kind != ERR_NONE)
		return false;
	for (size_t i = 0; i < all.n; i++) {
		judge(&all.at[i], now);
		all.chosen += all.at[i].answer != ANSWER_COUNT;
	}
	*out = all;
	return true;
}

bool typed_is_right(const struct typed_all *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].bad_day)
			return false;
	return true;
}

void typed_bad_code(struct typed_all *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct typed *t = &all->at[i];

		t->bad_code = t->answer != ANSWER_COUNT && (t->of->code & 1u << t->answer) != 0;
	}
}
