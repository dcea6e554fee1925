#include "base/time.h"
#include "model/notice/letter_words.h"

#include <assert.h>

static void pair(struct prose *p, enum letter_word label, bool dutch, struct str value)
{
	if (value.n == 0)
		return;
	prose_pair(p, letter_word(label, dutch));
	prose_foreign(p, PROSE_TEXT, value);
}

static void pair_time(struct prose *p, enum letter_word label, bool dutch, int64_t t)
{
	char room[LETTER_TIME];

	if (t > 0)
		pair(p, label, dutch, letter_time(t, dutch, true, room));
}

// What a record says that the letter has not said yet, and that somebody can use to find the
// thing: the rest stands in the table.
static bool tells(struct str key)
{
	static const char *const keys[] = {
		"source.url",           "source.account",         "source.reverse_dns",
		"malware.name",         "malware.version",        "product.vendor",
		"product.name",         "product.version",        "product.full_name",
		"protocol.application", "destination.ip",         "destination.port",
		"destination.fqdn",     "event_description.text", "status",
		"extra.banner",         "extra.certificate",
	};

	for (size_t i = 0; i < COUNTOF(keys); i++)
		if (str_eq(key, str_of(keys[i])))
			return true;
	return false;
}

// An address of an attacker is not one that a reader opens by a slip: hxxp, and [.] for its dots.
static struct str defanged(struct str s, struct arena *a)
{
	char *p = arena_new(a, char, s.n * 3 + 4);
	struct buf b = { .p = p, .cap = s.n * 3 + 4 };
	struct str rest = s;

	if (str_has_prefix(s, S("http"))) {
		buf_str(&b, S("hxxp"));
		str_skip(&rest, 4);
	}
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '.')
			buf_str(&b, S("[.]"));
		else
			buf_char(&b, rest.p[i]);
	return buf_view(&b);
}

static void evidence(const struct letter_finding *f, struct prose *p)
{
	unsigned n = 0;

	LIST_EACH (const struct letter_pair, e, &f->evidence) {
		bool url = str_has_suffix(e->key, S(".url"));

		if (n == LETTER_EVIDENCE || !tells(e->key))
			continue;
		n++;
		prose_pair(p, e->key);
		prose_foreign(p, PROSE_TEXT, url ? defanged(e->value, p->a) : e->value);
	}
}

static void one(const struct letter *l, const struct letter_finding *f, bool dutch, struct prose *p)
{
	prose_heading(p, 3);
	prose_text(p, f->id);
	prose_text(p, S("  "));
	prose_foreign(p, PROSE_TEXT, f->seen);
	if (f->host.n > 0 && !str_has_prefix(f->seen, f->host))
		pair(p, WORD_FINDING_HOST, dutch, f->host);
	pair_time(p, WORD_FINDING_FIRST, dutch, f->first_seen);
	pair_time(p, WORD_FINDING_LAST, dutch, f->last_seen);
	pair(p, WORD_FINDING_BY, dutch, f->sources);
	pair(p, WORD_FINDING_ASSET, dutch, f->asset);
	pair(p, WORD_FINDING_CARE, dutch, f->care);
	pair(p, WORD_FINDING_CVES, dutch, f->cves);
	evidence(f, p);
	if (f->untrue)
		pair(p, WORD_FINDING_UNTRUE, dutch, letter_word(WORD_FINDING_UNTRUE_SAYS, dutch));
	else if (f->later && f->fresh)
		pair(p, WORD_FINDING_UNTRUE, dutch, letter_word(WORD_FINDING_LATER_SAYS, dutch));
	else if (!f->fresh && l->kind == MESSAGE_DIGEST)
		pair(p, WORD_FINDING_UNTRUE, dutch, letter_word(WORD_FINDING_OPEN_SAYS, dutch));
	if (l->kind == MESSAGE_CLOSED && f->ended != END_NONE)
		pair(p, WORD_FINDING_ENDED, dutch, finding_end_word(f->ended, dutch));
}

// "2▲ high: Remote desktop open to the internet"
static void heading(const struct letter_finding *f, bool dutch, struct prose *p)
{
	static const char *const shapes[SEVERITY_COUNT] = { "", "■", "▲", "●", "○" };
	struct str word = severity_word(f->severity, dutch);

	prose_heading(p, 2);
	prose_text(p, arena_fmt(p->a, "%u%s " STR_FMT ": ", (unsigned)f->severity,
				shapes[f->severity], STR_ARG(word)));
	prose_foreign(p, PROSE_TEXT, dutch ? f->title_nl : f->title);
}

struct str letter_part(enum letter_part part, bool dutch)
{
	static const enum letter_word words[LETTER_PARTS] = { WORD_PART_MEANS, WORD_PART_MINE,
							      WORD_PART_CHECK, WORD_PART_FIX,
							      WORD_PART_CARE };

	return letter_word(words[part], dutch);
}

void letter_advise(const struct letter_advice *x, bool expert, bool dutch, struct prose *p)
{
	for (unsigned i = 0; x != NULL && i < LETTER_PARTS; i++) {
		if (x->part[i] == NULL)
			continue;
		prose_heading(p, 3);
		prose_text(p, letter_part((enum letter_part)i, dutch));
		prose_add(p, x->part[i]);
		if (expert && x->expert[i] != NULL)
			prose_add(p, x->expert[i]);
	}
}

static bool asks_for_advice(enum message_kind kind)
{
	return kind != MESSAGE_CLOSED && kind != MESSAGE_CORRECTION;
}

void letter_findings(const struct letter *l, bool dutch, struct prose *p)
{
	struct letter_values v = { 0 };
	size_t shown = l->findings.count < LETTER_FINDINGS ? l->findings.count : LETTER_FINDINGS;

	for (size_t i = 0; i < shown; i++) {
		const struct letter_finding *f = &l->findings.at[i];

		if (i == 0 || !str_eq(f->issue, f[-1].issue))
			heading(f, dutch, p);
		one(l, f, dutch, p);
		if (asks_for_advice(l->kind) && (i + 1 == shown || !str_eq(f->issue, f[1].issue)))
			letter_advise(f->advice[dutch], l->expert, dutch, p);
	}
	if (shown == l->findings.count)
		return;
	v.of[VAR_MORE] = arena_fmt(p->a, "%zu", l->findings.count - shown);
	prose_paragraph(p);
	letter_say(p, WORD_FINDINGS_MORE, dutch, &v);
}

// ---- the end

static struct letter_values end_values(const struct letter *l, bool dutch, struct arena *a)
{
	struct letter_values v = { 0 };
	char room[LETTER_TIME];

	v.of[VAR_MEMBER] = l->member;
	v.of[VAR_TEAM] = l->team.name;
	v.of[VAR_WHY] = letter_why(l->why, dutch);
	v.of[VAR_ID] = l->id;
	v.of[VAR_UNTIL] = arena_str(a, letter_time(l->answer, dutch, true, room));
	return v;
}

static void sentence(struct prose *p, enum letter_word w, bool dutch, const struct letter_values *v)
{
	prose_paragraph(p);
	letter_say(p, w, dutch, v);
}

static void signature(const struct letter *l, bool dutch, struct prose *p)
{
	prose_rule(p);
	pair(p, WORD_END_TEAM, dutch, l->team.name);
	pair(p, WORD_END_NUMBER, dutch, l->id);
	pair(p, WORD_END_MAIL, dutch, l->team.mail);
	pair(p, WORD_END_PHONE, dutch, l->team.phone);
	pair(p, WORD_END_KEY, dutch, l->team.fingerprint);
}

void letter_end(const struct letter *l, bool dutch, struct prose *p)
{
	static const enum letter_word labels[TLP_COUNT] = { WORD_END_CLEAR, WORD_END_GREEN,
							    WORD_END_AMBER, WORD_END_STRICT,
							    WORD_END_RED };
	bool asks = message_asks(l->kind);
	struct letter_values v = end_values(l, dutch, p->a);

	prose_heading(p, 2);
	letter_say(p, WORD_END_ABOUT, dutch, &v);
	if (asks) {
		sentence(p, WORD_END_HOW, dutch, &v);
		sentence(p, l->answer > 0 ? WORD_END_UNTIL : WORD_END_LATER, dutch, &v);
	}
	sentence(p, l->findings.count > 0 ? WORD_END_WHY : WORD_END_WHY_ALERT, dutch, &v);
	sentence(p, labels[l->tlp], dutch, &v);
	sentence(p, WORD_END_LEGAL, dutch, &v);
	sentence(p, WORD_END_CARE, dutch, &v);
	signature(l, dutch, p);
}
