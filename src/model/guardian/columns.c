#include "model/guardian/columns.h"

#include "base/buf.h"

enum { NAMED = 5 }; // in a sentence

static bool has_name(struct str names, struct str name)
{
	while (names.n > 0)
		if (str_eq(str_cut(&names, '\n'), name))
			return true;
	return false;
}

static const struct column_run *run_of(const struct column_runs *c, struct str name)
{
	LIST_EACH (const struct column_run, r, &c->at)
		if (str_eq(r->name, name))
			return r;
	return NULL;
}

void columns_read(struct str text, struct arena *a, struct column_runs *out)
{
	*out = (struct column_runs){ 0 };
	while (text.n > 0) {
		struct str line = str_cut(&text, '\n'), number = str_cut(&line, ' ');
		uint64_t run;

		if (line.n > 0 && str_to_uint(number, COLUMNS_RUN, &run) && run > 0)
			*list_add(&out->at, a) = (struct column_run){ line, (unsigned)run };
	}
}

struct str columns_write(const struct column_runs *c, struct arena *a)
{
	struct buf b = { .cap = COLUMNS_TEXT + c->at.count * 3 };

	b.p = arena_new(a, char, b.cap);
	LIST_EACH (const struct column_run, r, &c->at)
		buf_fmt(&b, "%u " STR_FMT "\n", r->run, STR_ARG(r->name));
	return buf_view(&b);
}

void columns_learn(const struct column_runs *before, const struct columns_had *had, struct arena *a,
		   struct column_runs *out)
{
	struct column_runs now = { 0 };
	struct str names = had->common;

	while (names.n > 0) {
		struct str name = str_cut(&names, '\n');
		const struct column_run *was = run_of(before, name);
		unsigned run = was != NULL ? was->run : 0;

		if (name.n > 0 && run_of(&now, name) == NULL)
			*list_add(&now.at, a) =
				(struct column_run){ name, run < COLUMNS_RUN ? run + 1 : run };
	}
	*out = now;
}

static bool is_read(const struct feed_type *t, struct str name)
{
	LIST_EACH (const struct feed_column, c, &t->columns)
		if (str_eq(c->name, name) && !str_eq(c->field, S("-")) &&
		    !str_eq(c->field, S("none")))
			return true;
	LIST_EACH (const struct feed_select, s, &t->selects)
		if (str_eq(s->column, name) || str_eq(s->by, name))
			return true;
	return t->base != NULL && is_read(t->base, name);
}

struct named { // the first few of a kind, as words
	struct buf text;
	unsigned count;
};

static void name_one(struct named *n, struct str name)
{
	if (n->count++ < NAMED)
		buf_fmt(&n->text, "%s\"" STR_FMT "\"", n->count > 1 ? ", " : "",
			STR_ARG(str_first(name, 40)));
	else if (n->count == NAMED + 1)
		buf_str(&n->text, S(", …"));
}

// The runs of a feed that is well known all reach this far, but for what comes and goes.
static bool well_known(const struct column_runs *before)
{
	LIST_EACH (const struct column_run, r, &before->at)
		if (r->run >= GUARDIAN_LEAST)
			return true;
	return false;
}

static struct str columns_say(const struct named *gone, const struct named *came, struct arena *a)
{
	struct str g = buf_view(&gone->text), c = buf_view(&came->text);

	if (came->count == 0)
		return arena_fmt(a, "%s " STR_FMT " %s gone",
				 gone->count == 1 ? "column" : "columns", STR_ARG(g),
				 gone->count == 1 ? "is" : "are");
	if (gone->count == 0)
		return arena_fmt(a, "%s " STR_FMT " %s new",
				 came->count == 1 ? "column" : "columns", STR_ARG(c),
				 came->count == 1 ? "is" : "are");
	return arena_fmt(a, "columns changed: gone " STR_FMT "; new " STR_FMT, STR_ARG(g),
			 STR_ARG(c));
}

static void find_gone(const struct feed_type *t, const struct column_runs *before, struct str names,
		      struct named *gone, bool *missing)
{
	LIST_EACH (const struct column_run, r, &before->at) {
		if (r->run < GUARDIAN_LEAST || has_name(names, r->name))
			continue;
		*missing = *missing || is_read(t, r->name);
		name_one(gone, r->name);
	}
}

static void find_new(const struct column_runs *before, struct str names, struct named *came)
{
	while (names.n > 0) {
		struct str name = str_cut(&names, '\n');

		if (name.n > 0 && run_of(before, name) == NULL)
			name_one(came, name);
	}
}

void columns_judge(const struct feed_type *t, const struct column_runs *before,
		   const struct columns_had *had, struct arena *a, struct faults *out)
{
	char gone_text[512], came_text[512];
	struct named gone = { .text = BUF_ON(gone_text) }, came = { .text = BUF_ON(came_text) };
	bool missing = false;

	if (had->names.n == 0 || !well_known(before) || out->count == FAULT_COUNT)
		return;
	find_gone(t, before, had->names, &gone, &missing);
	if (had->header)
		find_new(before, had->names, &came);
	if (gone.count + came.count > 0)
		out->at[out->count++] = (struct fault){ missing ? FAULT_MISSING : FAULT_CHANGED,
							missing, columns_say(&gone, &came, a) };
}
