#include "codec/text/words.h"
#include "model/feed/reader.h"
#include "model/feed/vocabulary.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

// The byte of `what` in s that stands outside of double quotes; s.n: nowhere.
static size_t outside_quotes(struct str s, char what)
{
	bool quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		if (quoted && s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			quoted = !quoted;
		else if (!quoted && s.p[i] == what)
			return i;
	}
	return s.n;
}

// Takes " if CONDITION" off the end of *s.
static bool cut_condition(struct reader *r, struct str *s, const struct condition **out)
{
	struct condition *c;

	*out = NULL;
	for (size_t i = 0; i + 4 <= s->n; i++) {
		size_t next = outside_quotes(str_from(*s, i), ' ');

		i += next;
		if (i + 4 > s->n || memcmp(s->p + i, " if ", 4) != 0)
			continue;
		c = arena_new(r->a, struct condition, 1);
		if (!condition_read(str_from(*s, i + 4), r->a, c, r->e))
			return reader_says(r);
		s->n = i;
		*out = c;
		return true;
	}
	return true;
}

static bool read_converters(struct reader *r, struct str rest, const struct converters **out)
{
	struct convert all[CONVERT_MAX];
	struct converters c = { .filter = true }, *copy;
	struct str text = rest;

	*out = r->last;
	if (text.n > 0 && str_eq(text, r->last_text))
		return true;

	while (rest.n > 0) {
		size_t end = outside_quotes(rest, '|');

		if (c.count == CONVERT_MAX)
			return reader_wrong(r, "at most 12 converters");
		if (!convert_read(str_first(rest, end), r->a, &all[c.count], r->e))
			return reader_says(r);
		if (c.count > 0 && all[c.count].kind == CONVERT_TIME &&
		    all[c.count - 1].kind == CONVERT_ZONE)
			return reader_wrong(r, "time stands before zone");
		c.filter = c.filter && convert_filters(&all[c.count]);
		c.count++;
		str_skip(&rest, end < rest.n ? end + 1 : end);
	}
	*out = NULL;
	if (c.count == 0)
		return true;
	c.at = arena_new(r->a, struct convert, c.count);
	memcpy(c.at, all, c.count * sizeof all[0]);
	copy = arena_new(r->a, struct converters, 1);
	*copy = c;
	*out = r->last = copy;
	r->last_text = text;
	return true;
}

static bool is_field(struct str field)
{
	return str_eq(field, S("-")) || str_eq(field, S("none")) || event_key_known(field);
}

bool read_head(struct reader *r)
{
	struct str rest = r->in.value;
	struct feed_head h = { .name = r->in.key };

	if (!words_next(&rest, r->a, &h.behind, NULL) || h.behind.n == 0 || str_trim(rest).n > 0)
		return reader_wrong(r, "a text of the line, in double quotes where it has blanks");
	if (r->feed->heads.count == FEED_MAX_HEADS)
		return reader_wrong(r, "at most 16 lines of [head]");
	*list_add(&r->feed->heads, r->a) = h;
	return true;
}

bool read_column(struct reader *r)
{
	static const struct str roles[] = { W("plain"), W("personal"), W("secret"),
					    W("third-party") };
	struct str value = r->in.value, head = str_first(value, outside_quotes(value, '|'));
	struct feed_column c = { .name = r->in.key };
	struct str word = { 0 };
	unsigned role = COLUMN_PLAIN;

	str_skip(&value, head.n < value.n ? head.n + 1 : head.n);
	if (!cut_condition(r, &head, &c.when))
		return false;
	if (!words_next(&head, r->a, &c.field, NULL) || !is_field(c.field))
		return reader_wrong(r,
				    "a key of the vocabulary (waker-feed(5)), \"-\" or \"none\"");
	if (words_next(&head, r->a, &word, NULL) &&
	    !reader_one_of(r, word, roles, COUNTOF(roles), &role))
		return false;
	if (str_trim(head).n > 0)
		return reader_wrong(r, "FIELD [ROLE] [if CONDITION] [| CONVERTER]...");
	c.role = (enum column_role)role;
	if (!read_converters(r, value, &c.converters))
		return false;
	if (r->type->columns.count == FEED_MAX_COLUMNS)
		return reader_wrong(r, "at most 2048 lines of [columns]");
	*list_add(&r->type->columns, r->a) = c;
	return true;
}

// "name strong by hostname_source": how to read, how strong, who says where it came from.
static bool read_selector(struct reader *r, bool by_fields)
{
	static const struct str as[] = { W("address"), W("asn"),  W("name"),        W("host"),
					 W("url"),     W("mail"), W("organisation") };
	static const struct str strengths[] = { W("weak"), W("medium"), W("strong") };
	struct str rest = r->in.value, word = str_cut(&rest, ' ');
	struct feed_select s = { .column = r->in.key };
	unsigned how, strength;

	if (!reader_one_of(r, word, as, COUNTOF(as), &how))
		return false;
	strength = how == SELECT_ASN ? STRENGTH_WEAK : STRENGTH_STRONG;
	word = str_cut(&rest, ' ');
	if (word.n > 0 && !str_eq(word, S("by"))) {
		if (!reader_one_of(r, word, strengths, COUNTOF(strengths), &strength))
			return false;
		word = str_cut(&rest, ' ');
	}
	if (str_eq(word, S("by")) ? rest.n == 0 : word.n > 0)
		return reader_wrong(r, "HOW [STRENGTH] [by COLUMN]");
	s.by = rest;
	s.as = (enum select_as)how;
	s.strength = (enum strength)strength;
	if (r->type->selects.count == FEED_MAX_SELECTS)
		return reader_wrong(r, "at most 8 columns or fields select");
	if (r->type->selects.count > 0 && r->type->by_fields != by_fields)
		return reader_wrong(r, "a type has [select] or [match]");
	r->type->by_fields = by_fields;
	*list_add(&r->type->selects, r->a) = s;
	return true;
}

bool read_select(struct reader *r)
{
	return read_selector(r, false);
}

static bool unknown_field(struct reader *r)
{
	return err_set(r->e, ERR_CONFIG,
		       "line %u, column %u: \"" STR_FMT
		       "\" is no key of the vocabulary (waker-feed(5))",
		       r->in.line, r->in.key_column, STR_ARG(r->in.key));
}

bool read_match(struct reader *r)
{
	return event_key_known(r->in.key) ? read_selector(r, true) : unknown_field(r);
}

// As the vocabulary writes it. Names are not looked at here, since IDN is not at hand.
static bool fits_field(struct reader *r, struct feed_fixed *f)
{
	const struct vocabulary *key = vocabulary_find(f->field);
	struct event_field field;

	if (key == NULL || key->type == TYPE_NAME)
		return true;
	if (!vocabulary_read(key, f->value, NULL, r->a, &field))
		return key->type == TYPE_KNOWN; // a publisher may have a word before we do
	f->value = field.value;
	f->kind = field.kind;
	return true;
}

bool read_fixed(struct reader *r)
{
	struct feed_fixed f = { .field = r->in.key, .value = r->in.value };

	if (!event_key_known(r->in.key))
		return unknown_field(r);
	if (!cut_condition(r, &f.value, &f.when))
		return false;
	f.value = str_trim(f.value);
	if (str_starts(f.value, '"')) {
		struct str rest = f.value;

		if (!words_next(&rest, r->a, &f.value, NULL))
			return reader_wrong(r, "a value");
	}
	if (!fits_field(r, &f))
		return reader_wrong(r, "a value that this field may have");
	*list_add(&r->type->fixed, r->a) = f;
	return true;
}

// "exposed.rdp = always", "compromised.webshell = extra.tag has webshell".
bool read_rule(struct reader *r)
{
	struct feed_rule rule = { .issue = r->in.key };

	if (!str_eq(r->in.value, S("always")) &&
	    !condition_read(r->in.value, r->a, &rule.when, r->e))
		return reader_says(r);
	for (unsigned i = 0; i < rule.when.count; i++)
		if (!event_key_known(rule.when.at[i].name))
			return reader_wrong(r, "\"always\" or a condition on fields");
	*list_add(&r->type->rules, r->a) = rule;
	return true;
}

// "taken off the list = type is bl-delist": why, and which.
bool read_drop(struct reader *r)
{
	struct feed_drop drop = { .why = r->in.key };

	if (!condition_read(r->in.value, r->a, &drop.when, r->e))
		return reader_says(r);
	if (drop.when.count == 0)
		return reader_wrong(r, "a condition");
	*list_add(&r->type->drops, r->a) = drop;
	return true;
}

bool read_pair(struct reader *r)
{
	struct str from = r->in.key, rest = from;

	if (str_starts(from, '"') && !words_next(&rest, r->a, &from, NULL))
		return false;
	*list_add(&r->table->rows, r->a) = (struct feed_pair){ from, r->in.value };
	return true;
}
