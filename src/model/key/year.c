#include "model/key/year.h"

#include "model/key/key.h"

#include <assert.h>

static const struct {
	const char *word, *says;
	int days;
} steps[] = {
#define X(id, word, days, says) [id] = { word, says, days },
	YEAR_STEPS(X)
#undef X
};

struct str year_step_word(enum year_step step)
{
	assert(step < YEAR_STEP_COUNT);
	return str_of(steps[step].word);
}

struct str year_step_says(enum year_step step)
{
	assert(step < YEAR_STEP_COUNT);
	return str_of(steps[step].says);
}

bool year_step_read(struct str word, enum year_step *out)
{
	for (unsigned i = 0; i < YEAR_STEP_COUNT; i++)
		if (str_eq(word, str_of(steps[i].word))) {
			*out = (enum year_step)i;
			return true;
		}
	return false;
}

enum year_step year_next(const struct year_done *d)
{
	unsigned i = 0;

	while (i < YEAR_STEP_COUNT && d->at[i] != 0)
		i++;
	return (enum year_step)i;
}

bool year_may(const struct year_done *d, enum year_step step, enum year_step *first)
{
	*first = year_next(d);
	return step <= *first;
}

int64_t year_end(int year)
{
	return time_of_date(year, 12, 31) + 12 * TIME_HOUR;
}

int year_of(int64_t t)
{
	int year = 1970;

	while (year < 9999 && time_of_date(year + 1, 1, 1) <= t)
		year++;
	return year;
}

int year_after(int64_t t)
{
	return t == TIME_NEVER ? 9999 : year_of(t + TIME_DAY);
}

bool year_needs(int64_t expires, int64_t follows, int64_t now)
{
	return expires <= now + KEY_SOON_DAYS * TIME_DAY && (follows == 0 || follows > expires);
}

int year_when(int year, int64_t now)
{
	const int64_t end = year_end(year);

	if (now < time_of_date(year - 1, YEAR_EARLY_MONTH, 1))
		return -1;
	return end - now < YEAR_LEAST_DAYS * TIME_DAY;
}

int64_t year_due(enum year_step step, int64_t former)
{
	assert(step < YEAR_STEP_COUNT);
	return former == 0 || former == TIME_NEVER ? 0 : former - steps[step].days * TIME_DAY;
}

int64_t year_signs(int64_t now, unsigned overlap, int64_t former)
{
	const int64_t after = now + (int64_t)overlap * TIME_DAY;

	if (former <= now)
		return now;
	return after < former ? after : former;
}

// ---- the statement

static struct str day(int64_t t, bool dutch, char room[TIME_TEXT])
{
	if (t == TIME_NEVER)
		return dutch ? S("nader bericht") : S("further notice");
	time_write(t, room);
	return (struct str){ room, 10 };
}

static void with_former(const struct year_statement *s, struct buf *b, bool dutch)
{
	char end[TIME_TEXT];

	buf_fmt(b,
		dutch ? "Deze sleutel:\n\n  " STR_FMT "\n\nis ondertekend met de sleutel van het "
			"jaar ervoor, die tot " STR_FMT " geldig is:\n\n  " STR_FMT "\n\n"
			"Wie die sleutel vertrouwt, kan de nieuwe vertrouwen. Deze verklaring is "
			"met "
			"beide\nondertekend. Mail die nog met de oude sleutel is versleuteld, "
			"blijven "
			"wij lezen.\n"
		      : "This key:\n\n  " STR_FMT "\n\nis signed by the key of the year before, "
			"which is valid until " STR_FMT ":\n\n  " STR_FMT "\n\n"
			"Who trusts that key can trust the new one. This statement is signed by "
			"both.\nMail that is still encrypted to the old key we go on reading.\n",
		STR_ARG(s->key), STR_ARG(day(s->former_expires, dutch, end)), STR_ARG(s->former));
}

static void alone(const struct year_statement *s, struct buf *b, bool dutch)
{
	buf_fmt(b,
		dutch ? "Deze sleutel:\n\n  " STR_FMT "\n\nis niet ondertekend met een eerdere "
			"sleutel, omdat geen eerdere meer geldig is.\nControleer hem met onze "
			"hoofdsleutel, of bel ons.\n"
		      : "This key:\n\n  " STR_FMT
			"\n\nis not signed by an earlier key, for none is "
			"valid any more.\nCheck it by our master key, or call us.\n",
		STR_ARG(s->key));
}

static void half(const struct year_statement *s, struct buf *b, bool dutch)
{
	char end[TIME_TEXT];

	buf_fmt(b,
		dutch ? STR_FMT ": een nieuwe OpenPGP-sleutel voor " STR_FMT " (%d)\n\n"
		      : STR_FMT ": a new OpenPGP key for " STR_FMT " (%d)\n\n",
		STR_ARG(s->team), STR_ARG(s->mail), s->year);
	(s->former.n > 0 ? with_former : alone)(s, b, dutch);
	buf_fmt(b,
		dutch ? "De nieuwe sleutel is geldig tot " STR_FMT ".\n"
		      : "The new key is valid until " STR_FMT ".\n",
		STR_ARG(day(s->expires, dutch, end)));
}

void year_statement(const struct year_statement *s, struct buf *b)
{
	char made[TIME_TEXT];

	half(s, b, true);
	buf_str(b, S("\n"));
	half(s, b, false);
	buf_fmt(b, "\n" STR_FMT "\n", STR_ARG(day(s->made, false, made)));
}
