#include "model/feed/feed.h"

#include "base/buf.h"
#include "codec/text/ini.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

// A reader of a feed file: where it is, and what it fills.
struct reader {
	struct ini in;
	struct arena *a;
	struct feed *feed;
	struct feed_type common, *type; // common to all types; the one at hand
	struct err *e;
};

static bool wrong(struct reader *r, const char *what)
{
	return err_set(r->e, ERR_CONFIG, "line %u, column %u: " STR_FMT ": %s, not \"" STR_FMT "\"",
		       r->in.line, r->in.value_column, STR_ARG(r->in.key), what,
		       STR_ARG(str_first(r->in.value, 60)));
}

// One of these words; its number. False: r->e says which there are.
static bool one_of(struct reader *r, struct str value, const struct str *words, size_t n,
		   unsigned *out)
{
	char text[160];
	struct buf b = BUF_ON(text);

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
	buf_char(&b, '\0');
	return wrong(r, text);
}

static bool read_name(struct reader *r)
{
	return str_eq(r->in.value, r->feed->name) || wrong(r, "the name of the file");
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

static bool read_tlp(struct reader *r)
{
	static const struct str words[] = { W("CLEAR"), W("GREEN"), W("AMBER"), W("AMBER+STRICT"),
					    W("RED") };
	unsigned i;

	if (!one_of(r, r->in.value, words, COUNTOF(words), &i))
		return false;
	r->feed->tlp = words[i];
	return true;
}

static bool read_role(struct reader *r)
{
	static const struct str words[] = { W("victims"), W("indicators"), W("context") };
	unsigned i;

	if (!one_of(r, r->in.value, words, COUNTOF(words), &i))
		return false;
	r->feed->role = (enum feed_role)i;
	return true;
}

static bool read_presence(struct reader *r)
{
	static const struct str words[] = { W("list"), W("report"), W("stream") };
	unsigned i;

	if (!one_of(r, r->in.value, words, COUNTOF(words), &i))
		return false;
	r->feed->presence = (enum feed_presence)i;
	return true;
}

static bool read_news(struct reader *r)
{
	struct str rest = r->in.value, number = str_cut(&rest, ' ');
	uint64_t days;

	if (!str_to_uint(number, 3650, &days) ||
	    !(str_eq(rest, S("days")) || str_eq(rest, S("day"))))
		return wrong(r, "a number of days, as in \"7 days\"");
	r->feed->news = (int64_t)days * TIME_DAY;
	return true;
}

static bool read_kind(struct reader *r)
{
	static const struct str words[] = { W("delimited"), W("lines"), W("json-lines") };
	unsigned i;

	if (!one_of(r, r->in.value, words, COUNTOF(words), &i))
		return false;
	r->feed->format = (enum feed_format)i;
	return true;
}

static bool read_char(struct reader *r, char *out)
{
	if (str_eq(r->in.value, S("none")) || str_eq(r->in.value, S("tab"))) {
		*out = str_eq(r->in.value, S("tab")) ? '\t' : '\0';
		return true;
	}
	if (r->in.value.n != 1)
		return wrong(r, "one character, \"tab\" or \"none\"");
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
	static const struct str words[] = { W("no"), W("yes") };
	unsigned i;

	if (!one_of(r, r->in.value, words, COUNTOF(words), &i))
		return false;
	r->feed->header = i == 1;
	return true;
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
	{ W("tlp"), read_tlp },
	{ W("role"), read_role },
	{ W("presence"), read_presence },
	{ W("news"), read_news },
};

static const struct key format_keys[] = {
	{ W("kind"), read_kind },     { W("separator"), read_separator },
	{ W("quote"), read_quote },   { W("comment"), read_comment },
	{ W("header"), read_header }, { W("file"), read_file },
};

static bool read_by_keys(struct reader *r, const struct key *keys, size_t n)
{
	struct str words[16];

	for (size_t i = 0; i < n; i++) {
		if (str_eq(r->in.key, keys[i].name))
			return keys[i].read(r);
		words[i] = keys[i].name;
	}
	return ini_unknown(&r->in, words, n, r->e);
}

// "source.ip", "source.ip secret"; "-": under extra. and the column's name.
static bool read_column(struct reader *r)
{
	static const struct str roles[] = { W("plain"), W("personal"), W("secret"),
					    W("third-party") };
	struct str rest = r->in.value, field = str_cut(&rest, ' ');
	struct feed_column *c;
	unsigned role = COLUMN_PLAIN;

	if (!str_eq(field, S("-")) && !event_key_known(field))
		return wrong(r, "a key of the vocabulary (waker-feed(5)), or \"-\"");
	rest = str_trim(rest);
	if (rest.n > 0 && !one_of(r, rest, roles, COUNTOF(roles), &role))
		return false;
	if (r->type->columns.count == FEED_MAX_COLUMNS)
		return wrong(r, "over 512 columns");
	c = list_add(&r->type->columns, r->a);
	*c = (struct feed_column){ r->in.key, str_eq(field, S("-")) ? S("") : field,
				   (enum column_role)role };
	return true;
}

// "name strong by hostname_source": how to read, how strong, who says where it came from.
static bool read_select(struct reader *r)
{
	static const struct str as[] = { W("address"), W("asn"), W("name"),
					 W("host"),    W("url"), W("mail") };
	static const struct str strengths[] = { W("weak"), W("medium"), W("strong") };
	struct str rest = r->in.value, word = str_cut(&rest, ' ');
	struct feed_select s = { .column = r->in.key };
	unsigned how, strength;

	if (!one_of(r, word, as, COUNTOF(as), &how))
		return false;
	strength = how == SELECT_ASN ? STRENGTH_WEAK : STRENGTH_STRONG;
	word = str_cut(&rest, ' ');
	if (word.n > 0 && !str_eq(word, S("by"))) {
		if (!one_of(r, word, strengths, COUNTOF(strengths), &strength))
			return false;
		word = str_cut(&rest, ' ');
	}
	if (str_eq(word, S("by")) ? rest.n == 0 : word.n > 0)
		return wrong(r, "HOW [STRENGTH] [by COLUMN]");
	s.by = rest;
	s.as = (enum select_as)how;
	s.strength = (enum strength)strength;
	if (r->type->selects.count == FEED_MAX_SELECTS)
		return wrong(r, "at most 8 columns select");
	*list_add(&r->type->selects, r->a) = s;
	return true;
}

static bool read_fixed(struct reader *r)
{
	if (!event_key_known(r->in.key))
		return err_set(r->e, ERR_CONFIG,
			       "line %u, column %u: \"" STR_FMT
			       "\" is no key of the vocabulary (waker-feed(5))",
			       r->in.line, r->in.key_column, STR_ARG(r->in.key));
	*list_add(&r->type->fixed, r->a) = (struct feed_fixed){ r->in.key, r->in.value };
	return true;
}

// "exposed.rdp = always", "compromised.webshell = extra.tag has webshell".
static bool read_rule(struct reader *r)
{
	struct feed_rule rule = { .issue = r->in.key };
	struct str rest = r->in.value, field = str_cut(&rest, ' '), has = str_cut(&rest, ' ');

	if (!str_eq(r->in.value, S("always"))) {
		if (!event_key_known(field) || !str_eq(has, S("has")) || rest.n == 0)
			return wrong(r, "\"always\" or \"FIELD has WORD\"");
		rule.field = field;
		rule.has = rest;
	}
	*list_add(&r->type->rules, r->a) = rule;
	return true;
}

static const struct {
	struct str name;
	bool (*read)(struct reader *);
	bool of_type; // may stand behind a type's name
} parts[] = {
	{ W("columns"), read_column, true },
	{ W("select"), read_select, true },
	{ W("set"), read_fixed, true },
	{ W("issue"), read_rule, true },
};

static struct feed_type *type_named(struct feed *f, struct str name)
{
	LIST_EACH (struct feed_type, t, &f->types)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

// What the types share is copied to a new one, so sections without a type come first.
static bool begin_type(struct reader *r, struct str name)
{
	struct feed_type *t;

	r->type = &r->common;
	if (name.n == 0) {
		if (r->feed->types.count > 0)
			return err_set(r->e, ERR_CONFIG,
				       "line %u: [" STR_FMT
				       "] without a type must stand before the first type",
				       r->in.line, STR_ARG(r->in.section));
		return true;
	}
	t = type_named(r->feed, name);
	if (t == NULL) {
		if (r->feed->types.count == FEED_MAX_TYPES)
			return err_set(r->e, ERR_CONFIG, "line %u: over %d types", r->in.line,
				       FEED_MAX_TYPES);
		t = list_add(&r->feed->types, r->a);
		t->name = name;
		LIST_EACH (const struct feed_column, c, &r->common.columns)
			*list_add(&t->columns, r->a) = *c;
		LIST_EACH (const struct feed_select, s, &r->common.selects)
			*list_add(&t->selects, r->a) = *s;
		LIST_EACH (const struct feed_fixed, x, &r->common.fixed)
			*list_add(&t->fixed, r->a) = *x;
		LIST_EACH (const struct feed_rule, x, &r->common.rules)
			*list_add(&t->rules, r->a) = *x;
	}
	r->type = t;
	return true;
}

// "[select scan_rdp]": a part and the type that it is for.
static bool read_in_part(struct reader *r, bool head)
{
	struct str rest = r->in.section, part = str_cut(&rest, ' ');
	struct str words[COUNTOF(parts) + 3];

	for (size_t i = 0; i < COUNTOF(parts); i++) {
		words[i] = parts[i].name;
		if (str_eq(part, parts[i].name))
			return head ? begin_type(r, str_trim(rest)) : parts[i].read(r);
	}
	words[COUNTOF(parts)] = S("feed");
	words[COUNTOF(parts) + 1] = S("format");
	words[COUNTOF(parts) + 2] = S("fetch");
	rest = ini_nearest(part, words, COUNTOF(words));
	return err_set(r->e, ERR_CONFIG,
		       rest.n > 0 ? "line %u: unknown section [" STR_FMT "]; did you mean [" STR_FMT
				    "]?"
				  : "line %u: unknown section [" STR_FMT "]" STR_FMT,
		       r->in.line, STR_ARG(r->in.section), STR_ARG(rest));
}

static bool read_line(struct reader *r, bool head)
{
	if (str_eq(r->in.section, S("feed")))
		return head || read_by_keys(r, feed_keys, COUNTOF(feed_keys));
	if (str_eq(r->in.section, S("format")))
		return head || read_by_keys(r, format_keys, COUNTOF(format_keys));
	if (str_eq(r->in.section, S("fetch")))
		return head || feed_fetch_key(&r->feed->fetch, &r->in, r->a, r->e);
	if (r->in.section.n == 0)
		return err_set(r->e, ERR_CONFIG, "line %u: a [section] must come first",
			       r->in.line);
	return read_in_part(r, head);
}

static bool check_whole(struct reader *r)
{
	struct feed *f = r->feed;

	if (f->types.count == 0)
		*list_add(&f->types, r->a) = r->common;
	LIST_EACH (const struct feed_type, t, &f->types) {
		if (t->selects.count == 0)
			return err_set(r->e, ERR_CONFIG,
				       "type \"" STR_FMT "\" has no [select]: nothing could match",
				       STR_ARG(t->name));
		if (!f->header && f->format != FORMAT_JSON_LINES && t->columns.count == 0)
			return err_set(
				r->e, ERR_CONFIG,
				"without a header line [columns] must name the columns, in order");
	}
	return true;
}

bool feed_read(struct str name, struct str bytes, struct arena *a, struct feed *out, struct err *e)
{
	struct feed f = {
		.name = arena_str(a, name),
		.presence = PRESENCE_REPORT,
		.separator = ',',
		.quote = '"',
		.news = 7 * TIME_DAY,
		.tlp = S("AMBER+STRICT"),
		.fetch = feed_fetch_standard(),
	};
	struct reader r = { .a = a, .feed = &f, .e = e };
	enum ini_kind kind;

	if (bytes.n > FEED_MAX_FILE)
		return err_set(e, ERR_LIMIT, "a feed file has at most %d bytes", FEED_MAX_FILE);
	r.in = ini_of(arena_str(a, bytes)); // texts must outlive the caller's bytes
	r.type = &r.common;
	while ((kind = ini_next(&r.in, e)) != INI_END)
		if (!read_line(&r, kind == INI_SECTION))
			return false;
	if (e->kind != ERR_NONE || !check_whole(&r) || !feed_fetch_whole(&f.fetch, e))
		return false;
	*out = f;
	return true;
}

const struct feed_type *feed_type(const struct feed *f, struct str name)
{
	LIST_EACH (const struct feed_type, t, &f->types)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

static bool is_type_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

// {type}: the longest name of a type that stands here, else a word.
static size_t type_length(const struct feed *f, struct str file)
{
	size_t best = 0;

	LIST_EACH (const struct feed_type, t, &f->types)
		if (t->name.n > best && str_has_prefix(file, t->name))
			best = t->name.n;
	if (best == 0)
		while (best < file.n && is_type_letter(file.p[best]))
			best++;
	return best;
}

static bool fits_rest(struct str pattern, struct str file) // '*' only, from here
{
	size_t star = 0;

	while (star < pattern.n && pattern.p[star] != '*')
		star++;
	if (star == pattern.n)
		return str_eq(pattern, file);
	return str_has_prefix(file, str_first(pattern, star)) &&
	       str_has_suffix(str_from(file, star), str_from(pattern, star + 1));
}

static struct str without_packing(struct str file)
{
	if (str_has_suffix(file, S(".gz")))
		return str_first(file, file.n - 3);
	return str_has_suffix(file, S(".zst")) ? str_first(file, file.n - 4) : file;
}

bool feed_file_name(const struct feed *f, struct str file, struct str *type, int64_t *day)
{
	struct str pattern = f->file, kind = { 0 };
	int64_t at = TIME_EVER;

	file = without_packing(file);
	while (pattern.n > 0 && pattern.p[0] != '*') {
		if (str_has_prefix(pattern, S("{date}"))) {
			if (file.n < 10 || !time_read(str_first(file, 10), &at))
				return false;
			str_skip(&file, 10);
			str_skip(&pattern, 6);
		} else if (str_has_prefix(pattern, S("{type}"))) {
			kind = str_first(file, type_length(f, file));
			if (kind.n == 0)
				return false;
			str_skip(&file, kind.n);
			str_skip(&pattern, 6);
		} else {
			if (file.n == 0 || file.p[0] != pattern.p[0])
				return false;
			str_skip(&file, 1);
			str_skip(&pattern, 1);
		}
	}
	if (!fits_rest(pattern, file))
		return false;
	*type = kind;
	*day = at;
	return true;
}
