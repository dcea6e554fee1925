#include "model/finding/issue_change.h"

enum { ISSUE, CLASS, SEVERITY, COLUMNS, MOST_CELLS = 32 };

static const char *const names[COLUMNS] = { "issue", "class", "severity" };

struct reading {
	char separator;
	unsigned place[COLUMNS]; // from 1; 0: the file has none
	unsigned line;
};

static struct str next_line(struct str *rest)
{
	struct str line = str_cut(rest, '\n');

	return str_has_suffix(line, S("\r")) ? str_first(line, line.n - 1) : line;
}

static struct str bare_header(struct str bytes, char *separator)
{
	struct str line = next_line(&bytes);

	if (str_starts(line, '#'))
		str_skip(&line, 1);
	*separator = str_has(line, '\t') ? '\t' : ',';
	return line;
}

bool issue_changes_are(struct str bytes)
{
	char separator;
	struct str header = bare_header(bytes, &separator);

	return str_eq(str_cut(&header, separator), S("issue")) && header.n > 0;
}

static void read_header(struct str bytes, struct reading *r)
{
	struct str rest = bare_header(bytes, &r->separator);

	for (unsigned place = 1; rest.n > 0 && place <= MOST_CELLS; place++) {
		struct str cell = str_trim(str_cut(&rest, r->separator));

		for (unsigned i = 0; i < COLUMNS; i++)
			if (str_eq(cell, str_of(names[i])))
				r->place[i] = place;
	}
}

static bool refuse(const struct reading *r, const char *what, struct str word, struct err *e)
{
	return err_set(e, ERR_INPUT, "line %u: there is no %s \"" STR_FMT "\"", r->line, what,
		       STR_ARG(str_first(word, 60)));
}

// The row of the table itself: an id of a family has none of its own to change.
static const struct issue *row_of(struct str id)
{
	const struct issue *row = issue_find(id);

	return row != NULL && str_eq(row->id, id) ? row : NULL;
}

static bool read_line(const struct reading *r, struct str line, struct issue_change *out,
		      struct err *e)
{
	struct str cell[COLUMNS] = { 0 };

	for (unsigned place = 1; line.n > 0 && place <= MOST_CELLS; place++) {
		struct str text = str_trim(str_cut(&line, r->separator));

		for (unsigned i = 0; i < COLUMNS; i++)
			if (r->place[i] == place)
				cell[i] = text;
	}
	out->was = row_of(cell[ISSUE]);
	if (out->was == NULL)
		return refuse(r, "issue", cell[ISSUE], e);
	out->is = *out->was;
	if (r->place[CLASS] != 0 && !issue_class_read(cell[CLASS], &out->is.class))
		return refuse(r, "class", cell[CLASS], e);
	if (r->place[SEVERITY] != 0 && !severity_read(cell[SEVERITY], &out->is.severity))
		return refuse(r, "severity", cell[SEVERITY], e);
	return true;
}

static bool differs(const struct issue_change *c)
{
	return c->is.class != c->was->class || c->is.severity != c->was->severity;
}

// Which of two rows of an issue is meant cannot be known.
static bool first_of(const struct issue_changes *all, const struct reading *r,
		     const struct issue *was, struct err *e)
{
	LIST_EACH (const struct issue_change, x, &all->at)
		if (x->was == was)
			return err_set(e, ERR_INPUT,
				       "line %u: the issue \"" STR_FMT
				       "\" stands on an earlier line too",
				       r->line, STR_ARG(was->id));
	return true;
}

bool issue_changes_read(struct str bytes, struct arena *a, struct issue_changes *out, struct err *e)
{
	struct issue_changes all = { 0 };
	struct reading r = { .line = 1 };

	if (!issue_changes_are(bytes))
		return err_set(e, ERR_INPUT, "line 1: no header \"issue, class, severity\"");
	read_header(bytes, &r);
	for (next_line(&bytes); bytes.n > 0;) {
		struct str line = next_line(&bytes);
		struct issue_change c;

		if (r.line++ > ISSUE_CHANGE_MOST)
			return err_set(e, ERR_LIMIT, "a table of more than %d issues",
				       (int)ISSUE_CHANGE_MOST);
		if (str_trim(line).n == 0)
			continue;
		if (!read_line(&r, line, &c, e) || !first_of(&all, &r, c.was, e))
			return false;
		*list_add(&all.at, a) = c;
	}
	*out = (struct issue_changes){ 0 };
	LIST_EACH (const struct issue_change, c, &all.at)
		if (differs(c))
			*list_add(&out->at, a) = *c;
	return true;
}

const struct issue *issue_changed(const struct issue_changes *c, struct str id)
{
	const struct issue *row = issue_find(id);

	if (c != NULL && row != NULL)
		LIST_EACH (const struct issue_change, x, &c->at)
			if (x->was == row)
				return &x->is;
	return row;
}
