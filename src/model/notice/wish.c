#include "model/notice/wish.h"

#include "base/time.h"
#include "base/zone.h"
#include "model/notice/wish_mandate.h"

#define X(id, word, behind) { word, behind },
static const struct {
	const char *word, *behind;
} words[WISH_COUNT] = { WISHES(X) };
#undef X

enum { WEEK = 7, AHEAD_MOST = 14 }; // hours

// ---- each, as it is written

static bool read_clock(struct str s, int64_t *out)
{
	struct str minutes = s, hours = str_cut(&minutes, ':');
	uint64_t h, m = 0;

	if (!str_to_uint(hours, 24, &h) || (minutes.n > 0 && !str_to_uint(minutes, 59, &m)) ||
	    (h == 24 && m > 0))
		return false;
	*out = (int64_t)h * TIME_HOUR + (int64_t)m * TIME_MINUTE;
	return true;
}

static bool read_hours(struct str s, struct wish *w)
{
	struct str to = s, from = str_trim(str_cut(&to, '-'));
	int64_t begin, end;

	if (!read_clock(from, &begin) || !read_clock(str_trim(to), &end) || begin == end)
		return false;
	w->from = begin;
	w->to = end;
	return true;
}

static bool read_day(struct str s, unsigned *out)
{
	static const char *const days[WEEK][2] = {
		{ "sun", "zo" }, { "mon", "ma" }, { "tue", "di" }, { "wed", "wo" },
		{ "thu", "do" }, { "fri", "vr" }, { "sat", "za" },
	};

	for (unsigned i = 0; i < WEEK; i++)
		if (str_eq_nocase(s, str_of(days[i][0])) || str_eq_nocase(s, str_of(days[i][1]))) {
			*out = i;
			return true;
		}
	return false;
}

static bool read_days(struct str s, struct wish *w)
{
	unsigned all = 0;

	while (s.n > 0) {
		struct str last = str_trim(str_cut(&s, ',')), first = str_cut(&last, '-');
		unsigned from, to;

		if (!read_day(str_trim(first), &from) ||
		    !read_day(last.n > 0 ? str_trim(last) : str_trim(first), &to))
			return false;
		for (all |= 1u << to; from != to; from = (from + 1) % WEEK)
			all |= 1u << from;
	}
	w->days = all;
	return all != 0;
}

static bool read_zone(struct str s, struct wish *w)
{
	int64_t ahead;
	bool west;

	w->fixed = false;
	if (str_eq_nocase(s, S("CET")))
		return true;
	if (s.n < 4 || !str_eq_nocase(str_first(s, 3), S("UTC")) || !str_has(S("+-"), s.p[3]) ||
	    !read_clock(str_from(s, 4), &ahead) || ahead > AHEAD_MOST * TIME_HOUR)
		return false;
	west = s.p[3] == '-';
	w->fixed = true;
	w->ahead = west ? -ahead : ahead;
	return true;
}

static bool read_digest(struct str s, struct wish *w)
{
	struct str how = str_cut(&s, ' ');
	unsigned day = 1; // Monday

	if (str_eq_nocase(how, S("daily")) && s.n == 0) {
		w->weekly = 0;
		return true;
	}
	if (!str_eq_nocase(how, S("weekly")) || (s.n > 0 && !read_day(str_trim(s), &day)))
		return false;
	w->weekly = day + 1;
	return true;
}

// Those that may be unwanted: what is critical in them comes all the same.
static const enum message_kind kinds[] = { MESSAGE_DIGEST, MESSAGE_REMINDER, MESSAGE_CLOSED };

static bool read_kinds(struct str s, struct wish *w)
{
	unsigned unwanted = 0, wanted = 0;

	for (size_t i = 0; i < COUNTOF(kinds); i++)
		unwanted |= 1u << kinds[i];
	while (s.n > 0) {
		struct str one = str_trim(str_cut(&s, ','));
		size_t i = 0;

		while (i < COUNTOF(kinds) && !str_eq_nocase(one, message_kind_word(kinds[i])))
			i++;
		if (i == COUNTOF(kinds))
			return false;
		wanted |= 1u << kinds[i];
	}
	w->unwanted = unwanted & ~wanted;
	return wanted != 0;
}

static bool read_one(enum wish_word word, struct str rest, struct wish *w)
{
	struct mandate m;

	switch (word) {
	case WISH_ALSO:
		return w->also = rest.n == 0;
	case WISH_SEMICOLON:
		return w->semicolon = rest.n == 0;
	case WISH_REF:
		w->ref = rest;
		return rest.n > 0;
	case WISH_HOURS:
		return read_hours(rest, w);
	case WISH_DAYS:
		return read_days(rest, w);
	case WISH_ZONE:
		return read_zone(rest, w);
	case WISH_DIGEST:
		return read_digest(rest, w);
	case WISH_KINDS:
		return read_kinds(rest, w);
	case WISH_LEAST:
		return severity_read(rest, &w->least);
	case WISH_MANDATE:
		return mandate_read(rest, &m);
	case WISH_COUNT:
		break;
	}
	return false;
}

// ---- all of them

// *word: WISH_COUNT where it is a person's note.
static struct str cut_wish(struct str *wishes, struct str *written, enum wish_word *word)
{
	struct str rest = str_trim(str_cut(wishes, ';')), head;
	unsigned i = 0;

	*written = rest;
	head = str_cut(&rest, ' ');
	while (i < WISH_COUNT && !str_eq_nocase(head, str_of(words[i].word)))
		i++;
	*word = (enum wish_word)i;
	return str_trim(rest);
}

void wish_read(struct str wishes, struct wish *out)
{
	struct wish w = { 0 };

	while (wishes.n > 0) {
		struct str written;
		enum wish_word word;
		struct str rest = cut_wish(&wishes, &written, &word);
		struct wish with = w;

		if (word < WISH_COUNT && read_one(word, rest, &with))
			w = with;
	}
	*out = w;
}

static const char *nearly(struct str written)
{
	struct str head = str_cut(&written, ' ');

	for (unsigned i = 0; i < WISH_COUNT; i++)
		if (str_distance(head, str_of(words[i].word), 1) <= 1)
			return words[i].word;
	return NULL;
}

bool wish_check(struct str *wishes, struct err *e)
{
	while (wishes->n > 0) {
		struct str written;
		enum wish_word word;
		struct str rest = cut_wish(wishes, &written, &word);
		struct wish w = { 0 };

		if (word == WISH_COUNT && nearly(written) != NULL)
			return err_set(e, ERR_INPUT,
				       "the wish \"" STR_FMT "\" is not followed: is it \"%s\"?",
				       STR_ARG(str_first(written, 60)), nearly(written));
		if (word < WISH_COUNT && !read_one(word, rest, &w))
			return err_set(e, ERR_INPUT,
				       "the wish \"" STR_FMT
				       "\" is not followed: it is written \"%s%s%s\"",
				       STR_ARG(str_first(written, 60)), words[word].word,
				       words[word].behind[0] != '\0' ? " " : "",
				       words[word].behind);
	}
	return true;
}

struct str wish_written(struct str wishes, enum wish_word word)
{
	struct str found = { 0 };

	while (wishes.n > 0) {
		struct str written;
		enum wish_word is;
		struct str rest = cut_wish(&wishes, &written, &is);
		struct wish w = { 0 };

		if (is == word && read_one(word, rest, &w))
			found = written;
	}
	return found;
}

// ---- when

static int64_t on_the_wall(const struct wish *w, int64_t t)
{
	return t + (w->fixed ? w->ahead : zone_ahead(t));
}

static int64_t moment(const struct wish *w, int64_t local)
{
	return w->fixed ? local - w->ahead : zone_moment(local);
}

static bool within(const struct wish *w, int64_t of_day)
{
	if (w->from < w->to)
		return w->from <= of_day && of_day < w->to;
	return w->from == w->to || of_day >= w->from || of_day < w->to; // over midnight
}

int64_t wish_arrives(const struct wish *w, int64_t t)
{
	int64_t local = on_the_wall(w, t), day = time_day(local);

	for (unsigned i = 0; i <= WEEK; i++, day += TIME_DAY, local = day) {
		if (w->days != 0 && (w->days & 1u << zone_weekday(day)) == 0)
			continue;
		if (within(w, local - day))
			return i == 0 ? t : moment(w, local);
		if (local - day < w->from)
			return moment(w, day + w->from);
	}
	return t;
}

int64_t wish_digest(const struct wish *w, int64_t due)
{
	int64_t local = on_the_wall(w, due);

	while (w->weekly != 0 && zone_weekday(local) + 1 != w->weekly)
		local += TIME_DAY;
	return wish_arrives(w, w->weekly != 0 ? moment(w, local) : due);
}

// ---- what

enum severity wish_lowest(const struct wish *w, enum message_kind kind)
{
	bool unwanted = (w->unwanted & 1u << kind) != 0;

	switch (kind) {
	case MESSAGE_CLOSED:
		if (unwanted)
			return (enum severity)0;
		break;
	case MESSAGE_DIGEST:
	case MESSAGE_REMINDER:
		if (unwanted)
			return SEVERITY_CRITICAL;
		break;
	case MESSAGE_CRITICAL:
	case MESSAGE_STILL_SEEN:
	case MESSAGE_CORRECTION:
	case MESSAGE_ALERT:
	case MESSAGE_KEY:
	case MESSAGE_TEAM_KEY:
	case MESSAGE_RECEIPT:
	case MESSAGE_STATEMENT:
	case MESSAGE_TEST:
	case MESSAGE_KIND_COUNT:
		return SEVERITY_LOW;
	}
	return w->least != 0 ? w->least : SEVERITY_LOW;
}

bool wish_wants(const struct wish *w, enum message_kind kind, enum severity severity)
{
	return severity <= wish_lowest(w, kind);
}

// ---- suppliers

bool wish_is_supplier(struct str role)
{
	return str_eq_nocase(role, S("supplier"));
}

bool wish_mandates(struct str wishes, const struct mandate_case *c, int64_t now,
		   struct str *written)
{
	while (wishes.n > 0) {
		enum wish_word word;
		struct str whole, rest = cut_wish(&wishes, &whole, &word);
		struct mandate m;

		if (word != WISH_MANDATE || !mandate_read(rest, &m) || !mandate_holds(&m, c, now))
			continue;
		*written = whole;
		return true;
	}
	return false;
}
