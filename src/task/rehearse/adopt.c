#include "task/rehearse/adopt.h"

#include "base/sort.h"
#include "os/file.h"
#include "store/finding.h"
#include "task/watch/feed_find.h"
#include "task/watch/warnings.h"

enum { MODE = 0600, FOLDER_MODE = 0700 };

struct looking {
	const struct adoption *x;
	struct arena *a;
	struct adopting *out;
};

// ---- how much it can concern

static bool count_findings(struct looking *l, struct err *e)
{
	const struct finding_filter of = { .feed = l->out->name, .state = -1, .severity = -1 };
	struct finding_row row;
	autorows r = NULL;

	if (!finding_list(l->x->home->db, &of, &r, e))
		return false;
	while (finding_next_row(r, &row, e))
		l->out->things++;
	l->out->of = l->out->things;
	return e->kind == ERR_NONE;
}

static bool look_at_feed(struct looking *l, struct err *e)
{
	struct feed_places places = feed_places(l->x->home->path, l->a);
	struct feed feed;
	struct str is;

	l->out->what = "open findings";
	if (!feed_read(l->out->name, l->x->bytes, l->a, &feed, e))
		return false;
	if (feed_text(&places, l->out->name, l->a, &is, e))
		return count_findings(l, e);
	if (e->kind == ERR_ABSENT) // a new feed takes nothing from anybody
		e->kind = ERR_NONE;
	return e->kind == ERR_NONE;
}

static int by_bytes(const void *x, const void *y)
{
	return str_order(*(const struct str *)x, *(const struct str *)y);
}

struct entries {
	struct str *at;
	size_t n;
};

static struct entries sorted(const struct warning_list *list, struct arena *a)
{
	struct entries s = { 0 };

	if (list == NULL)
		return s;
	s.n = list->entries.count;
	s.at = arena_new(a, struct str, s.n + 1);
	if (s.n > 0)
		memcpy(s.at, list->entries.at, s.n * sizeof *s.at);
	sort_merge(s.at, arena_new(a, struct str, s.n + 1), s.n, sizeof *s.at, by_bytes);
	return s;
}

// Entries of the one that are not in the other, both ways.
static size_t differing(const struct entries *x, const struct entries *y)
{
	size_t i = 0, k = 0, n = 0;

	while (i < x->n && k < y->n) {
		int order = str_order(x->at[i], y->at[k]);

		n += order != 0;
		i += order <= 0;
		k += order >= 0;
	}
	return n + (x->n - i) + (y->n - k);
}

static bool rows_differ(const struct warning_row *x, const struct warning_row *y)
{
	return x->hold != y->hold || x->classes != y->classes || x->sides != y->sides ||
	       x->not_in_example != y->not_in_example;
}

static void count_policy(struct adopting *out, const struct warnings *is,
			 const struct warnings *would)
{
	for (size_t i = 0; i < warnings_count(would); i++) {
		const struct warning_list *list = warnings_list(would, i);
		const struct warning_list *was = warnings_called(is, list->name);

		out->of += list->entries.count;
		if (was != NULL && rows_differ(&list->row, &was->row))
			out->things += list->entries.count;
	}
}

static bool look_at_warnings(struct looking *l, struct err *e)
{
	const struct adoption *x = l->x;
	struct places places = warning_places(x->home->path, l->a);
	const struct warnings_how as_is = { .example = x->home->example };
	const struct warnings_how how = warnings_with(x->path, x->bytes, x->home->example);
	struct warnings_loaded is, would;
	struct entries before, after;
	const struct warning_list *list;

	l->out->what = "entries of warninglists";
	if (!warnings_load(&places, &how, l->a, &would, e) ||
	    !warnings_load(&places, &as_is, l->a, &is, e))
		return false;
	if (x->kind == REHEARSE_POLICY) {
		count_policy(l->out, is.set, would.set);
		return true;
	}
	list = warnings_called(would.set, l->out->name);
	before = sorted(warnings_called(is.set, l->out->name), l->a);
	after = sorted(list, l->a);
	l->out->refused = list->refused;
	l->out->why = list->why;
	l->out->things = differing(&before, &after);
	l->out->of = before.n;
	return true;
}

// ---- where it goes

static bool find_place(struct looking *l, const char *folder, const char *end, struct err *e)
{
	struct adopting *out = l->out;
	struct str in = arena_fmt(l->a, STR_FMT "/%s", STR_ARG(l->x->home->path), folder), is;

	out->to = arena_fmt(l->a, STR_FMT "/" STR_FMT "%s", STR_ARG(in), STR_ARG(out->name), end);
	if (!file_exists(out->to.p))
		return true;
	out->before = arena_fmt(l->a, STR_FMT "/before/" STR_FMT "%s", STR_ARG(in),
				STR_ARG(out->name), end);
	if (!file_read(out->to.p, WARNING_MAX_FILE, l->a, &is, e))
		return false;
	out->same = str_eq(is, l->x->bytes);
	return true;
}

bool adopt_look(const struct adoption *x, struct arena *a, struct adopting *out, struct err *e)
{
	struct looking l = { x, a, out };

	*out = (struct adopting){ .name = rehearse_name(x->kind, x->path), .what = "" };
	switch (x->kind) {
	case REHEARSE_FEED:
		return look_at_feed(&l, e) && find_place(&l, "feeds", ".feed", e);
	case REHEARSE_WARNINGLIST:
		return look_at_warnings(&l, e) && find_place(&l, "warninglists", ".json", e);
	case REHEARSE_POLICY:
		return look_at_warnings(&l, e) && find_place(&l, "warninglists", "", e);
	case REHEARSE_ROSTER:
		return err_set(e, ERR_USAGE, "a roster is taken in by `waker member import FILE`");
	case REHEARSE_ISSUES:
		return err_set(e, ERR_USAGE,
			       "the table of issues is the program's own: it can be rehearsed, and "
			       "is changed with the program");
	case REHEARSE_KIND_COUNT:
		break;
	}
	return false;
}

static bool keep(struct str path, struct str at, struct arena *a, struct err *e)
{
	struct str bytes, folder = str_first(at, at.n - file_base(at).n - 1);

	return file_read(path.p, WARNING_MAX_FILE, a, &bytes, e) &&
	       folder_make(arena_str(a, folder).p, FOLDER_MODE, e) &&
	       file_write(at.p, bytes, MODE, e);
}

bool adopt_write(const struct adoption *x, const struct adopting *what, struct arena *a,
		 struct err *e)
{
	struct str folder = str_first(what->to, what->to.n - file_base(what->to).n - 1);

	return folder_make(arena_str(a, folder).p, FOLDER_MODE, e) &&
	       (what->before.n == 0 || keep(what->to, what->before, a, e)) &&
	       file_write(what->to.p, x->bytes, MODE, e);
}
