#include "base/time_format.h"
#include "codec/text/words.h"
#include "model/feed/convert.h"

#define X(id, word, takes) { word, takes },
static const struct {
	const char *word, *takes;
} kinds[CONVERT_KINDS] = { CONVERTERS(X) };
#undef X

static bool read_whole(struct str word, int *out)
{
	bool minus = str_starts(word, '-');
	uint64_t v;

	if (!str_to_uint(str_from(word, minus), 1000, &v) || v == 0)
		return false;
	*out = minus ? -(int)v : (int)v;
	return true;
}

static bool read_one(char what, struct str *rest, struct arena *a, struct convert *c)
{
	struct str word;

	if (!words_next(rest, a, &word, NULL))
		return false;
	switch (what) {
	case 'n':
		return read_whole(word, &c->n);
	case 'o':
		return str_eq(word, S("of"));
	case 'z':
		return time_read_zone(word, &c->zone);
	case 'b':
		c->b = word;
		return true;
	default: // 'a', and 't', whose table is found when all are known
		c->a = word;
		return true;
	}
}

// "n of a": what stands behind the word, by the letters of the row.
static bool read_rest(const char *takes, struct str *rest, struct arena *a, struct convert *c)
{
	struct str want = str_of(takes), word;

	while (want.n > 0)
		if (!read_one(str_cut(&want, ' ').p[0], rest, a, c))
			return false;
	return !words_next(rest, a, &word, NULL);
}

static bool check(const struct convert *c, struct err *e)
{
	bool coding = c->kind == CONVERT_ENCODE || c->kind == CONVERT_DECODE;
	bool cuts = c->kind == CONVERT_PART || c->kind == CONVERT_BEFORE ||
		    c->kind == CONVERT_AFTER || c->kind == CONVERT_SPLIT ||
		    c->kind == CONVERT_REPLACE;

	if (coding && !str_eq(c->a, S("base64")))
		return err_set(e, ERR_CONFIG, "%s: only base64", kinds[c->kind].word);
	if (c->kind == CONVERT_ENDPOINT && !str_eq(c->a, S("address")) &&
	    !str_eq(c->a, S("name")) && !str_eq(c->a, S("port")))
		return err_set(e, ERR_CONFIG, "%s: address, name or port", kinds[c->kind].word);
	if (cuts && c->a.n == 0)
		return err_set(e, ERR_CONFIG, "%s: an empty text cuts nothing",
			       kinds[c->kind].word);
	return true;
}

static bool unknown(struct str word, struct err *e)
{
	struct str best = { 0 };
	unsigned limit = 3;

	for (unsigned i = 0; i < CONVERT_KINDS; i++) {
		unsigned d = str_distance(word, str_of(kinds[i].word), limit);

		if (d < limit) {
			best = str_of(kinds[i].word);
			limit = d;
		}
	}
	return err_set(e, ERR_CONFIG,
		       best.n > 0 ? "no converter is called \"" STR_FMT
				    "\"; did you mean \"" STR_FMT "\"?"
				  : "no converter is called \"" STR_FMT "\"" STR_FMT,
		       STR_ARG(str_first(word, 40)), STR_ARG(best));
}

bool convert_read(struct str text, struct arena *a, struct convert *out, struct err *e)
{
	struct convert c = { .n = 1 };
	struct str word;

	if (!words_next(&text, a, &word, NULL))
		return err_set(e, ERR_CONFIG, "behind | stands a converter");
	for (unsigned i = 0; i < CONVERT_KINDS; i++) {
		if (!str_eq(word, str_of(kinds[i].word)))
			continue;
		c.kind = (enum convert_kind)i;
		if (!read_rest(kinds[i].takes, &text, a, &c))
			return err_set(e, ERR_CONFIG, "%s is written \"%s%s%s\" (waker-feed(5))",
				       kinds[i].word, kinds[i].word, kinds[i].takes[0] ? " " : "",
				       kinds[i].takes);
		*out = c;
		return check(&c, e);
	}
	return unknown(word, e);
}
