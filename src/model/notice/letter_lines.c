#include "base/time.h"
#include "model/notice/letter_words.h"

#include <assert.h>

static struct str number(struct arena *a, int64_t n)
{
	return arena_fmt(a, "%lld", (long long)n);
}

static struct str time_of(struct arena *a, int64_t t, bool dutch, bool zone)
{
	char room[LETTER_TIME];

	return arena_str(a, letter_time(t, dutch, zone, room));
}

static const struct letter_finding *worst(const struct letter *l)
{
	return l->findings.count > 0 ? &l->findings.at[0] : NULL;
}

// "critical", of the worst inside; capital where it begins a line.
static struct str severity_of(const struct letter *l, bool dutch)
{
	const struct letter_finding *f = worst(l);

	return severity_word(f != NULL ? f->severity : SEVERITY_LOW, dutch);
}

static struct str upper(struct str s, struct arena *a)
{
	struct str copy = arena_str(a, s);
	char *p = arena_new(a, char, copy.n + 1);

	for (size_t i = 0; i < copy.n; i++)
		p[i] = (char)(copy.p[i] >= 'a' && copy.p[i] <= 'z' ? copy.p[i] - ('a' - 'A')
								   : copy.p[i]);
	return (struct str){ p, copy.n };
}

// ---- the subject

static enum letter_word subject_word(const struct letter *l)
{
	if (l->neutral)
		return WORD_SUBJECT_NEUTRAL;
	switch (l->kind) {
	case MESSAGE_CRITICAL:
		return WORD_SUBJECT_CRITICAL;
	case MESSAGE_DIGEST:
		return l->findings.count == 1 ? WORD_SUBJECT_DIGEST_ONE : WORD_SUBJECT_DIGEST;
	case MESSAGE_REMINDER:
		return WORD_SUBJECT_REMINDER;
	case MESSAGE_STILL_SEEN:
		return WORD_SUBJECT_STILL;
	case MESSAGE_CLOSED:
		return WORD_SUBJECT_CLOSED;
	case MESSAGE_CORRECTION:
		return WORD_SUBJECT_CORRECTION;
	case MESSAGE_RECEIPT:
		return WORD_SUBJECT_RECEIPT;
	case MESSAGE_TEST:
		return WORD_SUBJECT_TEST;
	case MESSAGE_ALERT:
	case MESSAGE_STATEMENT:
	case MESSAGE_KEY: // these have words of their own
	case MESSAGE_TEAM_KEY:
	case MESSAGE_KIND_COUNT:
		break;
	}
	return WORD_SUBJECT_ALERT;
}

struct str letter_subject(const struct letter *l, struct arena *a)
{
	struct letter_values v = { 0 };
	struct str what, ref = { 0 };

	v.of[VAR_UNTIL] = time_of(a, l->answer > 0 ? l->answer : l->now, l->dutch, false);
	v.of[VAR_COUNT] = number(a, (int64_t)l->findings.count);
	v.of[VAR_SEVERITY] = severity_of(l, l->dutch);
	v.of[VAR_ROUND] = number(a, l->round);
	v.of[VAR_REF] = l->ref;
	if (l->kind == MESSAGE_KEY && !l->neutral)
		what = letter_key_subject(l, a);
	else if (l->kind == MESSAGE_TEAM_KEY && !l->neutral)
		what = letter_team_key_subject(l, a);
	else if (l->kind == MESSAGE_STATEMENT)
		what = letter_statement_subject(l, a);
	else
		what = letter_line(subject_word(l), l->dutch, &v, a);
	if (l->ref.n > 0)
		ref = letter_line(WORD_SUBJECT_REF, l->dutch, &v, a);
	// A word that we cannot mail safely is for anybody who carries it.
	return arena_fmt(a, "[" STR_FMT "] [" STR_FMT " " STR_FMT "] " STR_FMT STR_FMT,
			 STR_ARG(tlp_label(l->neutral ? TLP_CLEAR : l->tlp)), STR_ARG(l->team.name),
			 STR_ARG(l->id), STR_ARG(what), STR_ARG(ref));
}

// ---- the first line

static int64_t count_of(const struct letter *l, enum severity severity)
{
	int64_t n = 0;

	LIST_EACH (const struct letter_finding, f, &l->findings)
		n += f->severity == severity;
	return n;
}

static int64_t fresh_of(const struct letter *l)
{
	int64_t n = 0;

	LIST_EACH (const struct letter_finding, f, &l->findings)
		n += f->fresh;
	return n;
}

static void say_critical(const struct letter *l, bool dutch, struct prose *p)
{
	const struct letter_finding *f = worst(l);
	int64_t high = count_of(l, SEVERITY_HIGH), grave = 0;
	struct letter_values v = { 0 };

	LIST_EACH (const struct letter_finding, x, &l->findings)
		grave += x->severity == f->severity && x->class == f->class;
	v.of[VAR_WHAT] = letter_can(f->class, grave, dutch, p->a);
	v.of[VAR_MORE] = number(p->a, high);
	letter_say(p, WORD_LINE1_CRITICAL, dutch, &v);
	if (high > 0 && f->severity == SEVERITY_CRITICAL)
		letter_say(p, high == 1 ? WORD_LINE1_HIGH_ONE : WORD_LINE1_HIGH, dutch, &v);
	else
		prose_text(p, S("."));
}

static void say_digest(const struct letter *l, bool dutch, struct prose *p)
{
	int64_t n = (int64_t)l->findings.count, fresh = fresh_of(l);
	struct letter_values v = { 0 };

	v.of[VAR_SEVERITY] = upper(severity_of(l, dutch), p->a);
	v.of[VAR_COUNT] = number(p->a, n);
	v.of[VAR_MORE] = number(p->a, fresh);
	v.of[VAR_OPEN] = number(p->a, n - fresh);
	v.of[VAR_SINCE] = time_of(p->a, l->oldest, dutch, false);
	letter_say(p,
		   n == 1       ? WORD_LINE1_DIGEST_ONE
		   : n == fresh ? WORD_LINE1_DIGEST_NEW
				: WORD_LINE1_DIGEST,
		   dutch, &v);
	if (n > fresh && l->oldest > 0)
		letter_say(p, WORD_LINE1_OLDEST, dutch, &v);
}

static struct str days(struct arena *a, int64_t n, bool dutch)
{
	return arena_fmt(a, "%lld %s", (long long)n,
			 n == 1 ? (dutch ? "dag" : "day") : (dutch ? "dagen" : "days"));
}

static void say_counted(const struct letter *l, enum letter_word one, enum letter_word more,
			bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };

	v.of[VAR_COUNT] = number(p->a, (int64_t)l->findings.count);
	v.of[VAR_ROUND] = number(p->a, l->round);
	v.of[VAR_DAYS] = days(p->a, l->oldest > 0 ? (l->now - l->oldest) / TIME_DAY : 0, dutch);
	letter_say(p, l->findings.count == 1 ? one : more, dutch, &v);
}

static void line_one(const struct letter *l, bool dutch, struct prose *p)
{
	prose_paragraph(p);
	switch (l->kind) {
	case MESSAGE_CRITICAL:
		say_critical(l, dutch, p);
		break;
	case MESSAGE_DIGEST:
		say_digest(l, dutch, p);
		break;
	case MESSAGE_REMINDER:
		say_counted(l, WORD_LINE1_REMINDER_ONE, WORD_LINE1_REMINDER, dutch, p);
		break;
	case MESSAGE_STILL_SEEN:
		say_counted(l, WORD_LINE1_STILL_ONE, WORD_LINE1_STILL, dutch, p);
		break;
	case MESSAGE_CLOSED:
		say_counted(l, WORD_LINE1_CLOSED_ONE, WORD_LINE1_CLOSED, dutch, p);
		break;
	case MESSAGE_CORRECTION:
		say_counted(l, WORD_LINE1_CORRECTION_ONE, WORD_LINE1_CORRECTION, dutch, p);
		break;
	case MESSAGE_ALERT:
	case MESSAGE_KEY:
	case MESSAGE_TEAM_KEY:
	case MESSAGE_RECEIPT:
	case MESSAGE_STATEMENT:
	case MESSAGE_TEST:
	case MESSAGE_KIND_COUNT:
		prose_foreign(p, PROSE_STRONG, dutch ? l->title_nl : l->title);
		break;
	}
}

// ---- the other four

static void say_what(const struct letter *l, const struct letter_finding *f, bool dutch,
		     struct prose *p)
{
	bool again = l->kind == MESSAGE_REMINDER || l->kind == MESSAGE_CLOSED;
	struct letter_values v = { 0 };

	v.of[VAR_WHAT] = dutch ? f->title_nl : f->title;
	v.of[VAR_WHERE] = f->host.n == 0 || str_has_prefix(f->seen, f->host)
				  ? f->seen
				  : arena_fmt(p->a, STR_FMT " (" STR_FMT ")", STR_ARG(f->host),
					      STR_ARG(f->seen));
	v.of[VAR_WHEN] = time_of(p->a, f->last_seen, dutch, true);
	prose_pair(p, letter_word(WORD_LABEL_WHAT, dutch));
	letter_say(p, again ? WORD_LINE2_BEGAN : WORD_LINE2, dutch, &v);
}

static void say_do(const struct letter_finding *f, bool dutch, struct prose *p)
{
	const struct letter_advice *advice = f->advice[dutch];

	prose_pair(p, letter_word(WORD_LABEL_DO, dutch));
	prose_text(p,
		   advice != NULL && advice->act.n > 0 ? advice->act : letter_do(f->class, dutch));
}

static bool may_say_others(const struct letter_finding *f)
{
	return f->others >= LETTER_OTHERS && !(f->severity == SEVERITY_CRITICAL && f->first_day);
}

static void say_why(const struct letter *l, const struct letter_finding *f, bool dutch,
		    struct prose *p)
{
	struct letter_values v = { 0 };
	enum letter_word w = WORD_LINE4_PLAIN;

	v.of[VAR_SINCE] = time_of(p->a, f->exploited, dutch, false);
	v.of[VAR_CARE] = f->care;
	v.of[VAR_OTHERS] = number(p->a, f->others);
	if (l->kind == MESSAGE_REMINDER)
		w = WORD_LINE4_NEXT;
	else if (f->exploited > 0)
		w = WORD_LINE4_EXPLOITED;
	else if (l->kind == MESSAGE_CRITICAL && f->severity != SEVERITY_CRITICAL && f->care.n > 0)
		w = WORD_LINE4_CARE;
	else if (l->kind == MESSAGE_CRITICAL)
		w = WORD_LINE4_FRESH;
	prose_pair(p, letter_word(WORD_LABEL_WHY, dutch));
	letter_say(p, w, dutch, &v);
	if (may_say_others(f))
		letter_say(p, WORD_LINE4_OTHERS, dutch, &v);
}

static void say_answer(const struct letter *l, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };

	v.of[VAR_PORTAL] = l->link;
	v.of[VAR_PHONE] = l->team.phone;
	prose_pair(p, letter_word(WORD_LABEL_ANSWER, dutch));
	letter_say(p, l->link.n > 0 ? WORD_LINE5_PORTAL : WORD_LINE5_REPLY, dutch, &v);
	letter_say(p, l->team.phone.n > 0 ? WORD_LINE5_PHONE : WORD_LINE5_END, dutch, &v);
	v.of[VAR_KEY] = l->code;
	if (l->link.n > 0 && l->code.n > 0)
		letter_say(p, WORD_LINE5_CODE, dutch, &v);
}

void letter_lines(const struct letter *l, bool dutch, struct prose *p)
{
	const struct letter_finding *f = worst(l);

	line_one(l, dutch, p);
	if (f == NULL || l->kind == MESSAGE_ALERT)
		return;
	say_what(l, f, dutch, p);
	if (!message_asks(l->kind))
		return;
	say_do(f, dutch, p);
	say_why(l, f, dutch, p);
	say_answer(l, dutch, p);
}
