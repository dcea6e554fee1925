#include "task/watch/warnings.h"

#include "codec/text/ini.h"
#include "os/file.h"
#include "os/idn.h"
#include "os/regex.h"

enum { POLICY_BYTES = 1 << 20 };

static const struct str ends[] = { { ".json", 5 }, { "/list.json", 10 } };

struct loading {
	const struct places *places;
	const struct warnings_how *how;
	struct arena *a;
	struct warning_policy policy[PLACES_MAX];
	struct str policy_path[PLACES_MAX];
	LIST(struct warning_list) lists;
	struct warnings_loaded *out;
};

struct places warning_places(struct str home, struct arena *a)
{
	return places_of(home, "warninglists", "WAKER_WARNINGLISTS", a);
}

static bool read_policy(struct loading *l, unsigned i, struct err *e)
{
	struct str bytes;

	l->policy_path[i] = arena_fmt(l->a, STR_FMT "/policy.conf", STR_ARG(l->places->at[i]));
	if (i == 0 && l->how->policy.p != NULL)
		return warning_policy_read(l->how->policy, l->a, &l->policy[i], e);
	if (!file_exists(l->policy_path[i].p))
		return true;
	if (!file_read(l->policy_path[i].p, POLICY_BYTES, l->a, &bytes, e))
		return false;
	return warning_policy_read(bytes, l->a, &l->policy[i], e) ||
	       err_in(e, STR_FMT, STR_ARG(l->policy_path[i]));
}

static void set_row(const struct loading *l, struct warning_list *list)
{
	const struct warning_row *row = NULL;

	for (unsigned i = 0; i < l->places->count && row == NULL; i++)
		row = warning_policy_row(&l->policy[i], list->name);
	if (row == NULL)
		return;
	list->row = *row;
	if (row->sides != SIDES_AS_LISTED)
		list->looks = warning_looks_at(list->looks, row->sides != SIDES_DESTINATION,
					       row->sides != SIDES_SOURCE);
	if (row->not_in_example && l->how->example)
		list->row.hold = HOLD_NONE;
}

static void read_list(struct loading *l, struct str name, struct str path)
{
	struct warning_list list;
	struct str bytes;
	struct err e = { 0 };

	if (!file_read(path.p, WARNING_MAX_FILE, l->a, &bytes, &e)) {
		*list_add(&l->out->problems, l->a) = arena_str(l->a, str_of(e.text));
		return;
	}
	if (!warning_list_read(bytes, l->a, &list, &e)) {
		*list_add(&l->out->problems, l->a) =
			arena_fmt(l->a, STR_FMT ": %s", STR_ARG(path), e.text);
		return;
	}
	list.name = name;
	list.file = path;
	set_row(l, &list);
	*list_add(&l->lists, l->a) = list;
}

// A folder of MISP's tree is named as a file would be, without its ending. One of each
// gives the name twice.
static bool all_names(const struct loading *l, struct place_names *out, struct err *e)
{
	struct place_names all, names = { 0 };

	if (!places_names(l->places, S(""), l->a, &all, e))
		return false;
	LIST_EACH (struct str, name, &all.names) {
		struct str bare = *name;

		if (str_has_suffix(bare, ends[0]))
			bare.n -= ends[0].n;
		else if (places_path(l->places, bare, ends[1], l->a).p == NULL)
			continue;
		*list_add(&names.names, l->a) = bare;
	}
	*out = names;
	return true;
}

static bool has_name(const struct loading *l, struct str name)
{
	LIST_EACH (const struct warning_list, list, &l->lists)
		if (str_eq(list->name, name))
			return true;
	return str_eq(name, S("*"));
}

// A row of a list that is not there holds nothing back: perhaps a name was mistyped.
static void check_rows(struct loading *l)
{
	struct str *words = arena_new(l->a, struct str, l->lists.count);

	for (size_t i = 0; i < l->lists.count; i++)
		words[i] = l->lists.at[i].name;
	for (unsigned i = 0; i < l->places->count; i++)
		LIST_EACH (const struct warning_named_row, r, &l->policy[i].rows) {
			struct str near = ini_nearest(r->name, words, l->lists.count);

			if (has_name(l, r->name))
				continue;
			*list_add(&l->out->problems, l->a) =
				arena_fmt(l->a,
					  STR_FMT ": line %u: no warninglist is called \"" STR_FMT
						  "\"%s" STR_FMT "%s",
					  STR_ARG(l->policy_path[i]), r->line, STR_ARG(r->name),
					  near.n > 0 ? "; did you mean \"" : "", STR_ARG(near),
					  near.n > 0 ? "\"?" : "");
		}
}

// It is the first of its name, and so the one that counts.
static bool read_instead(struct loading *l, struct err *e)
{
	struct warning_list list;

	if (l->how->instead.n == 0)
		return true;
	if (!warning_list_read(l->how->bytes, l->a, &list, e))
		return false;
	list.name = l->how->instead;
	list.file = S("");
	set_row(l, &list);
	*list_add(&l->lists, l->a) = list;
	return true;
}

struct str warnings_name(struct str path)
{
	struct str name = { 0 };

	for (size_t k = 0; k < COUNTOF(ends) && name.n == 0; k++)
		if (str_has_suffix(path, ends[COUNTOF(ends) - 1 - k]))
			name = str_first(path, path.n - ends[COUNTOF(ends) - 1 - k].n);
	return file_base(name);
}

struct warnings_how warnings_with(struct str path, struct str bytes, bool example)
{
	struct warnings_how how = { .example = example };

	if (str_eq(file_base(path), S("policy.conf"))) {
		how.policy = bytes;
	} else {
		how.instead = warnings_name(path);
		how.bytes = bytes;
	}
	return how;
}

bool warnings_load(const struct places *p, const struct warnings_how *how, struct arena *a,
		   struct warnings_loaded *out, struct err *e)
{
	struct warnings_loaded loaded = { 0 };
	struct loading l = { .places = p, .how = how, .a = a, .out = &loaded };
	struct warning_engine engine = regex_engine(a);
	struct place_names names;

	engine.idn = idn_to_ascii;
	for (unsigned i = 0; i < p->count; i++)
		if (!read_policy(&l, i, e))
			return false;
	if (!read_instead(&l, e) || !all_names(&l, &names, e))
		return false;
	LIST_EACH (const struct str, name, &names.names) {
		struct str path = { 0 };

		if (has_name(&l, *name))
			continue;
		for (unsigned i = 0; i < p->count && path.p == NULL; i++)
			for (size_t k = 0; k < COUNTOF(ends) && path.p == NULL; k++) {
				struct places one = { { p->at[i] }, 1 };

				path = places_path(&one, *name, ends[k], a);
			}
		read_list(&l, *name, path);
	}
	check_rows(&l);
	if (!warnings_build(l.lists.at, l.lists.count, &engine, a, &loaded.set, e))
		return false;
	*out = loaded;
	return true;
}
