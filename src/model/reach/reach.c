#include "model/reach/reach.h"

#include "base/time.h"
#include "base/zone.h"

#include <assert.h>

#define X(id, word) word,
static const char *const words[REACH_COUNT] = { REACHES(X) };
#undef X

struct quarter quarter_of(int64_t t)
{
	int64_t day = time_day(t + zone_ahead(t));
	uint64_t year = 0, month = 1;
	char text[TIME_TEXT];
	unsigned n;

	time_write(day, text); // "2026-11-24…"
	if (!str_to_uint((struct str){ text, 4 }, 9999, &year) ||
	    !str_to_uint((struct str){ text + 5, 2 }, 12, &month))
		return (struct quarter){ 0, TIME_EVER };
	n = (unsigned)(month - 1) / 3;
	return (struct quarter){ (int64_t)year * 10 + n + 1,
				 zone_moment(time_of_date((int)year, n * 3 + 1, 1)) };
}

enum reach reach_state(const struct reach_asked *x, int64_t now)
{
	if (x->confirmed > 0)
		return REACH_CONFIRMED;
	switch (x->state) {
	case DELIVERY_WAITS:
	case DELIVERY_SEALED:
	case DELIVERY_BEGUN:
		return REACH_WAITS;
	case DELIVERY_ARRIVED:
		return now >= x->changed + REACH_DAYS * TIME_DAY ? REACH_SILENT : REACH_ASKED;
	case DELIVERY_REFUSED:
		return REACH_BOUNCED;
	case DELIVERY_CANCELLED:
	case DELIVERY_OFFICER:
	case DELIVERY_STATE_COUNT:
		break;
	}
	return REACH_NEVER;
}

struct str reach_word(enum reach reach)
{
	assert(reach < REACH_COUNT);
	return str_of(words[reach]);
}

struct str reach_says(const struct reach_asked *x, int64_t now, struct arena *a)
{
	enum reach is = reach_state(x, now);

	if (is != REACH_SILENT)
		return reach_word(is);
	return arena_fmt(a, "no answer for %lld days", (long long)((now - x->changed) / TIME_DAY));
}

// ---- replies

static bool is_one(struct str word, const char *const *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(word, str_of(all[i])))
			return true;
	return false;
}

// Whatever is no ASCII belongs to a word, too.
static bool in_word(char c)
{
	char lower = ascii_lower(c);

	return (unsigned char)c >= 0x80 || (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
}

// The next run of letters and digits; a "--" is one of its own.
static bool next_word(struct str *rest, struct str *word)
{
	size_t i = 0, n = 0;

	while (i < rest->n && !in_word(rest->p[i]) && !str_has_prefix(str_from(*rest, i), S("--")))
		i++;
	*rest = str_from(*rest, i);
	while (n < rest->n && in_word(rest->p[n]))
		n++;
	if (n == 0 && rest->n > 0)
		n = 2; // "--"
	*word = str_first(*rest, n);
	*rest = str_from(*rest, n);
	return n > 0;
}

bool reach_is_plain(struct str reply)
{
	// clang-format off
	static const char *const plain[] = {
		"yes", "ok", "okay", "confirmed", "confirm", "received", "it", "this", "reached", "me", "us", "i", "we",
		"have", "has", "your", "mail", "message", "test", "well", "thanks", "thank", "you", "hello", "hi", "dear",
		"all", "is", "correct", "right", "still", "works", "hereby", "the", "in", "good", "order",
		"ja", "oke", "bevestigd", "bevestig", "ontvangen", "het", "dit", "deze", "bereikte", "mij", "ons", "ik",
		"wij", "we", "heb", "hebben", "heeft", "uw", "jullie", "bericht", "goed", "bedankt", "dank", "u", "je",
		"wel", "hallo", "beste", "geachte", "klopt", "werkt", "hierbij", "de", "op", "nog", "juist", "bereikt",
		"aangekomen", "orde",
	};
	static const char *const ends[] = { "--", "regards", "greetings", "sincerely", "kind", "best", "groet",
					    "groeten", "mvg", "vriendelijke", "hartelijke", "met" };
	// clang-format on
	struct str word;

	while (next_word(&reply, &word)) {
		if (is_one(word, ends, COUNTOF(ends)))
			return true;
		if (!is_one(word, plain, COUNTOF(plain)))
			return false;
	}
	return true;
}
