#include "model/warning/row.h"

#include "codec/text/ini.h"
#include "model/finding/issue.h"

#include <assert.h>

#define X(id, word, says) { word, says },
static const struct {
	const char *word, *says;
} holds[WARNING_HOLD_COUNT] = { WARNING_HOLDS(X) };
#undef X

struct str warning_hold_word(enum warning_hold hold)
{
	assert(hold < WARNING_HOLD_COUNT);
	return str_of(holds[hold].word);
}

struct str warning_hold_says(enum warning_hold hold)
{
	assert(hold < WARNING_HOLD_COUNT);
	return str_of(holds[hold].says);
}

static bool read_hold(struct warning_row *row, struct str value)
{
	for (unsigned i = 0; i < WARNING_HOLD_COUNT; i++)
		if (str_eq(value, str_of(holds[i].word))) {
			row->hold = (enum warning_hold)i;
			return true;
		}
	return false;
}

static bool read_class(struct str word, unsigned *classes)
{
	enum issue_class class;

	if (!issue_class_read(word, &class))
		return false;
	*classes |= 1u << class;
	return true;
}

static bool read_classes(struct warning_row *row, struct str value)
{
	row->classes = 0;
	while (value.n > 0) {
		struct str word = str_cut(&value, ' ');

		if (word.n > 0 && !read_class(word, &row->classes))
			return false;
	}
	return row->classes != 0;
}

static bool read_side(struct warning_row *row, struct str value)
{
	static const struct {
		struct str word;
		enum warning_sides sides;
	} words[] = {
		{ { "source", 6 }, SIDES_SOURCE },
		{ { "destination", 11 }, SIDES_DESTINATION },
		{ { "both", 4 }, SIDES_BOTH },
	};

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_eq(value, words[i].word)) {
			row->sides = words[i].sides;
			return true;
		}
	return false;
}

static bool read_example(struct warning_row *row, struct str value)
{
	row->not_in_example = str_eq(value, S("no"));
	return row->not_in_example || str_eq(value, S("yes"));
}

static const struct {
	struct str key;
	const char *wants;
	bool (*read)(struct warning_row *row, struct str value);
} keys[] = {
	{ { "hold", 4 }, "all, usual, weak or none", read_hold },
	{ { "classes", 7 },
	  "classes of issues with blanks between, as in `listed attacked`",
	  read_classes },
	{ { "side", 4 }, "source, destination or both", read_side },
	{ { "example", 7 }, "yes or no", read_example },
};

static bool read_pair(const struct ini *in, struct warning_row *row, struct err *e)
{
	struct str words[COUNTOF(keys)];

	for (size_t i = 0; i < COUNTOF(keys); i++) {
		words[i] = keys[i].key;
		if (!str_eq(in->key, keys[i].key))
			continue;
		return keys[i].read(row, in->value) ||
		       err_set(e, ERR_CONFIG,
			       "line %u, column %u: " STR_FMT " is %s, not \"" STR_FMT "\"",
			       in->line, in->value_column, STR_ARG(in->key), keys[i].wants,
			       STR_ARG(str_first(in->value, 60)));
	}
	return ini_unknown(in, words, COUNTOF(keys), e);
}

static bool add_section(const struct ini *in, struct arena *a, struct warning_policy *p,
			struct err *e)
{
	LIST_EACH (const struct warning_named_row, had, &p->rows)
		if (str_eq(had->name, in->section))
			return err_set(e, ERR_CONFIG,
				       "line %u: [" STR_FMT "] stands here and in line %u",
				       in->line, STR_ARG(str_first(in->section, 60)), had->line);
	*list_add(&p->rows, a) =
		(struct warning_named_row){ .name = in->section, .line = in->line };
	return true;
}

bool warning_policy_read(struct str bytes, struct arena *a, struct warning_policy *out,
			 struct err *e)
{
	struct warning_policy p = { 0 };
	struct ini in = ini_of(bytes);
	enum ini_kind kind;

	while ((kind = ini_next(&in, e)) != INI_END) {
		if (kind == INI_PAIR && p.rows.count == 0)
			return err_set(e, ERR_CONFIG,
				       "line %u: a [list] must stand above \"" STR_FMT "\"",
				       in.line, STR_ARG(str_first(in.key, 60)));
		if (kind == INI_SECTION ? !add_section(&in, a, &p, e)
					: !read_pair(&in, &p.rows.at[p.rows.count - 1].row, e))
			return false;
	}
	if (e->kind != ERR_NONE)
		return false;
	*out = p;
	return true;
}

const struct warning_row *warning_policy_row(const struct warning_policy *p, struct str list)
{
	const struct warning_row *all = NULL;

	LIST_EACH (const struct warning_named_row, r, &p->rows) {
		if (str_eq(r->name, list))
			return &r->row;
		if (str_eq(r->name, S("*")))
			all = &r->row;
	}
	return all;
}
