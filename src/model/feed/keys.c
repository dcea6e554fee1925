#include "base/buf.h"
#include "codec/text/words.h"
#include "model/feed/fetch.h"
#include "model/feed/reader.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

bool reader_wrong(struct reader *r, const char *what)
{
	return err_set(r->e, ERR_CONFIG, "line %u, column %u: " STR_FMT ": %s, not \"" STR_FMT "\"",
		       r->in.line, r->in.value_column, STR_ARG(r->in.key), what,
		       STR_ARG(str_first(r->in.value, 60)));
}

bool reader_says(struct reader *r)
{
	return err_in(r->e, "line %u, column %u: " STR_FMT, r->in.line, r->in.value_column,
		      STR_ARG(r->in.key));
}

bool reader_one_of(struct reader *r, struct str value, const struct str *words, size_t n,
		   unsigned *out)
{
	char text[160];
	struct buf b = { .p = text, .cap = sizeof text - 1 };

	for (size_t i = 0; i < n; i++) {
		if (str_eq(value, words[i])) {
			*out = (unsigned)i;
			return true;
		}
		buf_fmt(&b,
			i == 0       ? STR_FMT
			: i + 1 == n ? " or " STR_FMT
				     : ", " STR_FMT,
			STR_ARG(words[i]));
	}
	text[b.n] = '\0';
	return reader_wrong(r, text);
}

static bool one_of(struct reader *r, const struct str *words, size_t n, unsigned *out)
{
	return reader_one_of(r, r->in.value, words, n, out);
}

static bool yes_or_no(struct reader *r, bool *out)
{
	static const struct str words[] = { W("no"), W("yes") };
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	*out = i == 1;
	return true;
}

static bool read_name(struct reader *r)
{
	return str_eq(r->in.value, r->feed->name) || reader_wrong(r, "the name of the file");
}

static bool read_provider(struct reader *r)
{
	r->feed->provider = r->in.value;
	return true;
}

static bool read_documentation(struct reader *r)
{
	r->feed->documentation = r->in.value;
	return true;
}

static bool read_terms(struct reader *r)
{
	r->feed->terms = r->in.value;
	return true;
}

static bool read_enabled(struct reader *r)
{
	return yes_or_no(r, &r->feed->enabled);
}

static bool tlp_of(struct reader *r, struct str *out)
{
	static const struct str words[] = { W("CLEAR"), W("GREEN"), W("AMBER"), W("AMBER+STRICT"),
					    W("RED") };
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	*out = words[i];
	return true;
}

static bool read_tlp(struct reader *r)
{
	return tlp_of(r, &r->feed->tlp);
}

static bool read_tlp_out(struct reader *r)
{
	return tlp_of(r, &r->feed->tlp_out);
}

static bool read_role(struct reader *r)
{
	static const struct str words[] = { W("victims"), W("indicators"), W("context") };
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	r->feed->role = (enum feed_role)i;
	return true;
}

static bool read_marks(struct reader *r)
{
	static const struct str words[] = { W("nothing"), W("exploited") };
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	r->feed->marks = (enum feed_marks)i;
	return true;
}

static bool read_presence(struct reader *r)
{
	static const struct str words[] = { W("list"), W("report"), W("stream") };
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	r->feed->presence = (enum feed_presence)i;
	return true;
}

static bool read_coverage(struct reader *r)
{
	static const struct str words[] = { W("world"), W("subscribed") };
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	r->feed->subscribed = i == 1;
	return true;
}

static bool read_sensitivity(struct reader *r)
{
	static const struct str words[] = { W("low"), W("middle"), W("high") };
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	r->feed->sensitivity = (enum feed_sensitivity)i;
	return true;
}

static bool read_days(const struct reader *r, uint64_t most, uint64_t *days)
{
	struct str rest = r->in.value, number = str_cut(&rest, ' ');

	return str_to_uint(number, most, days) &&
	       (str_eq(rest, S("days")) || str_eq(rest, S("day")));
}

static bool read_news(struct reader *r)
{
	uint64_t days;

	if (!read_days(r, 3650, &days))
		return reader_wrong(r, "a number of days, as in \"7 days\"");
	r->feed->news = (int64_t)days * TIME_DAY;
	return true;
}

static bool read_keep(struct reader *r)
{
	uint64_t days;

	if (!read_days(r, FEED_KEEP_MOST, &days) || days == 0)
		return reader_wrong(r, "1 to 400 days, as in \"90 days\"");
	r->feed->keep = (int)days;
	return true;
}

static bool read_expected(struct reader *r)
{
	struct str rest = r->in.value, least = str_cut(&rest, ' '), to = str_cut(&rest, ' ');

	return (str_to_uint(least, UINT32_MAX, &r->feed->least) && str_eq(to, S("to")) &&
		str_to_uint(rest, UINT64_MAX, &r->feed->most) && r->feed->least <= r->feed->most) ||
	       reader_wrong(r, "a number of rows, as in \"100 to 5000\"");
}

static bool read_junk(struct reader *r)
{
	struct str rest = r->in.value, number = str_cut(&rest, ' ');
	uint64_t hundredths;

	if (!str_to_uint(number, 100, &hundredths) || hundredths == 0 ||
	    !str_eq(rest, S("percent")))
		return reader_wrong(r, "a part of the rows, as in \"5 percent\"");
	r->feed->junk = 10 * (unsigned)hundredths;
	return true;
}

static bool read_silent(struct reader *r)
{
	return feed_fetch_time(r->in.value, &r->feed->silent) ||
	       reader_wrong(r, "a time of a minute or more, as in \"36 hours\"");
}

static bool read_kind(struct reader *r)
{
#define X(id, word, nests) W(word),
	static const struct str words[] = { FEED_FORMATS(X) };
#undef X
	unsigned i;

	if (!one_of(r, words, COUNTOF(words), &i))
		return false;
	r->feed->format = (enum feed_format)i;
	if (r->feed->format == FORMAT_STIX) {
		r->feed->tree.records[0] = S("objects");
		r->feed->tree.count = 1;
	}
	return true;
}

struct str feed_format_word(enum feed_format format)
{
#define X(id, word, nests) W(word),
	static const struct str words[] = { FEED_FORMATS(X) };
#undef X
	return words[format];
}

static bool read_char(struct reader *r, char *out)
{
	static const struct {
		struct str word;
		char is;
	} named[] = { { W("none"), '\0' }, { W("tab"), '\t' }, { W("space"), ' ' } };

	for (size_t i = 0; i < COUNTOF(named); i++)
		if (str_eq(r->in.value, named[i].word)) {
			*out = named[i].is;
			return true;
		}
	if (r->in.value.n != 1)
		return reader_wrong(r, "one character, \"tab\", \"space\" or \"none\"");
	*out = r->in.value.p[0];
	return true;
}

static bool read_separator(struct reader *r)
{
	return read_char(r, &r->feed->separator);
}

static bool read_quote(struct reader *r)
{
	return read_char(r, &r->feed->quote);
}

static bool read_comment(struct reader *r)
{
	return read_char(r, &r->feed->comment);
}

static bool read_header(struct reader *r)
{
	return yes_or_no(r, &r->feed->header);
}

static bool read_ragged(struct reader *r)
{
	return yes_or_no(r, &r->feed->ragged);
}

static bool read_skip(struct reader *r)
{
	uint64_t n;

	if (!str_to_uint(r->in.value, 1000, &n))
		return reader_wrong(r, "a number of lines up to 1000");
	r->feed->skip = (unsigned)n;
	return true;
}

static bool read_records(struct reader *r)
{
	struct str rest = r->in.value, path;
	struct tree_shape *t = &r->feed->tree;

	for (t->count = 0; words_next(&rest, r->a, &path, NULL); t->count++) {
		if (t->count == TREE_MAX_RECORDS)
			return reader_wrong(r, "at most 4 paths");
		t->records[t->count] = path;
	}
	return true;
}

static bool read_context(struct reader *r)
{
	r->feed->tree.context = r->in.value;
	return true;
}

static bool read_table_key(struct reader *r)
{
	struct tree_shape *t = &r->feed->tree;
	struct str value = r->in.value;
	uint64_t n;

	if (str_has(value, '=')) {
		t->attribute = str_trim(str_cut(&value, '='));
		t->value = str_trim(value);
		return t->attribute.n > 0 || reader_wrong(r, "attribute=value, or a number");
	}
	if (!str_to_uint(value, 1000, &n) || n == 0)
		return reader_wrong(r, "a number from 1, or attribute=value");
	t->number = (unsigned)n - 1;
	return true;
}

static bool text_of(struct reader *r, struct str *out)
{
	struct str rest = r->in.value, text;

	if (!words_next(&rest, r->a, &text, NULL) || text.n != 1)
		return reader_wrong(r, "one character, in double quotes where it is a blank");
	*out = text;
	return true;
}

static bool read_pair_key(struct reader *r)
{
	return text_of(r, &r->feed->pair);
}

static bool read_between(struct reader *r)
{
	return text_of(r, &r->feed->between);
}

static bool read_file(struct reader *r)
{
	r->feed->file = r->in.value;
	return true;
}

struct key {
	struct str name;
	bool (*read)(struct reader *);
};

static const struct key feed_keys[] = {
	{ W("name"), read_name },
	{ W("provider"), read_provider },
	{ W("documentation"), read_documentation },
	{ W("terms"), read_terms },
	{ W("enabled"), read_enabled },
	{ W("role"), read_role },
	{ W("marks"), read_marks },
	{ W("presence"), read_presence },
	{ W("coverage"), read_coverage },
	{ W("news"), read_news },
	{ W("keep"), read_keep },
	{ W("expected"), read_expected },
	{ W("junk"), read_junk },
	{ W("silent"), read_silent },
	{ W("tlp"), read_tlp },
	{ W("tlp_out"), read_tlp_out },
	{ W("sensitivity"), read_sensitivity },
};

static const struct key format_keys[] = {
	{ W("kind"), read_kind },       { W("separator"), read_separator },
	{ W("quote"), read_quote },     { W("comment"), read_comment },
	{ W("header"), read_header },   { W("skip"), read_skip },
	{ W("records"), read_records }, { W("context"), read_context },
	{ W("table"), read_table_key }, { W("pair"), read_pair_key },
	{ W("between"), read_between }, { W("file"), read_file },
	{ W("ragged"), read_ragged },
};

static bool read_by_keys(struct reader *r, const struct key *keys, size_t n)
{
	struct str *words = arena_new(r->a, struct str, n);

	for (size_t i = 0; i < n; i++) {
		if (str_eq(r->in.key, keys[i].name))
			return keys[i].read(r);
		words[i] = keys[i].name;
	}
	return ini_unknown(&r->in, words, n, r->e);
}

bool read_feed_key(struct reader *r)
{
	return read_by_keys(r, feed_keys, COUNTOF(feed_keys));
}

bool read_format_key(struct reader *r)
{
	return read_by_keys(r, format_keys, COUNTOF(format_keys));
}

bool read_fetch_key(struct reader *r)
{
	if (r->fetch == NULL) {
		r->fetch = arena_new(r->a, struct feed_fetch, 1);
		*r->fetch = feed_fetch_standard();
		r->feed->fetch = r->fetch;
	}
	return feed_fetch_key(r->fetch, &r->in, r->a, r->e);
}
