#include "base/hash.h"
#include "codec/table/markup.h"
#include "codec/table/markup_tree.h"
#include "codec/table/trail.h"
#include "codec/table/tree_walk.h"

static struct markup markup_at(const struct tree_walk *w, bool loose)
{
	return (struct markup){ .p = w->p + w->t->at,
				.end = w->end,
				.loose = loose,
				.last = w->last,
				.in = (enum markup_in)w->t->in };
}

static void element_over(struct tree_cut *t)
{
	t->doing = TREE_WALKING;
	t->over = t->depth == 0;
	t->level = t->depth + 1;
	tree_leave(t);
}

static bool is_root_wanted(const struct tree_cut *t)
{
	for (unsigned i = 0; i < t->paths; i++)
		if (t->path[i].steps == 0)
			return true;
	return false;
}

static bool open_one(struct tree_walk *w, const struct markup *m)
{
	struct tree_cut *t = w->t;
	enum tree_place place;

	t->begun = true;
	t->over = false;
	tree_meet(t, m->name);
	place = t->depth == 0 && is_root_wanted(t) ? TREE_AT_RECORD : tree_place(t);
	if (place != TREE_ON_THE_WAY) { // p stays: its tag is the first that is counted
		w->p = m->start;
		t->name = hash_str(0, m->name);
		tree_take(w, place);
		return true;
	}
	w->p = m->p;
	t->depth++;
	if (m->closes) {
		t->depth--;
		t->doing = TREE_LEAVING;
		t->within = t->within && t->depth > t->context_depth;
	}
	return true;
}

static bool is_open(const struct tree_cut *t, struct str name)
{
	for (unsigned i = 0; i < t->paths; i++)
		if (t->met[i] >= t->depth && str_eq(t->path[i].step[t->depth - 1], name))
			return true;
	return false;
}

static bool close_one(struct tree_walk *w, const struct markup *m)
{
	struct tree_cut *t = w->t;

	if (t->depth == 0 || !is_open(t, m->name)) {
		w->p = m->start;
		return tree_bad(w);
	}
	w->p = m->p;
	t->depth--;
	t->doing = TREE_LEAVING;
	t->within = t->within && t->depth > t->context_depth;
	return true;
}

static bool text_at(struct tree_walk *w, const struct markup *m)
{
	struct str s = str_trim(m->text);

	if (w->t->depth == 0 && (s.n > 0 || m->raw)) {
		w->p = m->raw ? m->start : s.p;
		return tree_bad(w);
	}
	w->p = m->p;
	return true;
}

static bool walk(struct tree_walk *w)
{
	struct markup m = markup_at(w, false);
	enum markup_kind kind = markup_next(&m);

	w->t->level = w->t->depth + 1;
	w->t->in = m.in;
	if (m.in == MARKUP_IN_CDATA && w->t->depth == 0) // a text around the root
		return text_at(w, &m);
	switch (kind) {
	case MARKUP_OPEN:
		return open_one(w, &m);
	case MARKUP_CLOSE:
		return close_one(w, &m);
	case MARKUP_TEXT:
		return text_at(w, &m);
	case MARKUP_BAD:
		w->p = m.p;
		return tree_bad(w);
	case MARKUP_END:
	case MARKUP_MORE:
		break;
	}
	w->p = m.p;
	return false;
}

// The end of the element at p, or of one that was begun before: tags of its name are counted.
static bool find_end(struct tree_walk *w)
{
	struct tree_cut *t = w->t;
	struct markup m = markup_at(w, true);
	enum markup_kind kind;

	while ((kind = markup_next(&m)) > MARKUP_BAD) {
		if (kind == MARKUP_TEXT || hash_str(0, m.name) != t->name)
			continue;
		if (kind == MARKUP_OPEN) {
			t->deep++;
		} else if (--t->deep == 0) {
			t->in = MARKUP_IN_NOTHING;
			tree_taken(w, m.p);
			return true;
		}
	}
	t->in = m.in;
	if (t->doing == TREE_SKIPPING)
		w->p = m.p;
	else
		t->at = (size_t)(m.p - w->p);
	return kind == MARKUP_BAD ? tree_bad(w) : false;
}

static bool xml_step(struct tree_walk *w)
{
	switch (w->t->doing) {
	case TREE_LEAVING:
		element_over(w->t);
		return true;
	case TREE_SKIPPING:
	case TREE_IN_RECORD:
	case TREE_IN_CONTEXT:
		return find_end(w);
	case TREE_WALKING:
	case TREE_IN_TEXT:
	case TREE_IN_SCALAR:
		break;
	}
	return walk(w);
}

size_t xml_tree_cut(struct tree_cut *t, struct str bytes, bool last, struct csv_row *out,
		    size_t most, size_t *used)
{
	struct tree_walk w = { .t = t,
			       .p = bytes.p,
			       .end = bytes.p + bytes.n,
			       .last = last,
			       .out = out,
			       .most = most };

	return tree_run(&w, xml_step, used);
}

struct reader {
	struct arena *a;
	struct trail trail;
	struct str open[TREE_MAX_DEPTH]; // names, the root's too
	unsigned depth;
	struct cells cells;
	// The text being read: what stands between two tags, perhaps in pieces.
	const char *run;
	unsigned pieces;
	struct str piece;
	bool raw;
};

static struct str undone(struct str s, struct arena *a)
{
	char *text;

	if (!str_has(s, '&'))
		return s;
	text = arena_new(a, char, s.n);
	return (struct str){ text, markup_text(s, false, text) };
}

static bool has_room(struct reader *r) // nothing is copied for what is left out
{
	if (r->cells.list.count < CELLS_MAX)
		return true;
	r->cells.more++;
	return false;
}

static void add_text(struct reader *r, const char *stop)
{
	struct str s = r->piece, name;

	if (r->pieces == 0 || r->depth == 0 || (r->pieces == 1 && str_trim(s).n == 0) ||
	    !has_room(r))
		return;
	if (r->pieces > 1) {
		char *out = arena_new(r->a, char, (size_t)(stop - r->run));

		s = (struct str){ r->run, (size_t)(stop - r->run) };
		s = (struct str){ out, markup_plain(s, false, out) };
	} else if (!r->raw) {
		s = undone(s, r->a);
	}
	s = str_trim(s);
	name = r->depth == 1 ? S(".") : trail_name(&r->trail, r->depth - 1, r->a);
	if (s.n > 0)
		cells_add(&r->cells, r->a, (struct cell){ .name = name, .text = s });
}

static void add_attributes(struct reader *r, struct str rest)
{
	struct str name, value;

	while (markup_attribute(&rest, &name, &value)) {
		if (value.n == 0 || !has_room(r))
			continue;
		trail_step(&r->trail, r->depth - 1, '@', name);
		name = trail_name(&r->trail, r->depth, r->a);
		value = undone(value, r->a);
		cells_add(&r->cells, r->a, (struct cell){ .name = name, .text = value });
	}
}

static bool open_element(struct reader *r, const struct markup *m)
{
	if (r->depth == TREE_MAX_DEPTH)
		return false;
	r->open[r->depth++] = m->name;
	if (r->depth > 1)
		trail_step(&r->trail, r->depth - 2, '.', m->name);
	add_attributes(r, m->text);
	return true;
}

static bool close_element(struct reader *r, const struct markup *m)
{
	return r->depth > 0 && str_eq(r->open[--r->depth], m->name);
}

static void note_text(struct reader *r, const struct markup *m)
{
	if (r->pieces++ == 0)
		r->run = m->start;
	r->piece = m->text;
	r->raw = m->raw;
}

static bool read_element(struct reader *r, struct str record)
{
	struct markup m = markup_of(record, false);
	enum markup_kind kind;

	while ((kind = markup_next(&m)) != MARKUP_END) {
		bool well = true;

		if (kind == MARKUP_TEXT) {
			note_text(r, &m);
			continue;
		}
		add_text(r, m.start);
		r->pieces = 0;
		if (kind == MARKUP_OPEN)
			well = r->depth > 0 || m.start == record.p;
		if (well)
			well = kind == MARKUP_OPEN ? open_element(r, &m)
						   : kind == MARKUP_CLOSE && close_element(r, &m);
		if (!well)
			return false;
	}
	return record.n > 0 && r->depth == 0 && r->pieces == 0;
}

bool xml_cells(struct str record, struct arena *a, struct cells *out)
{
	struct reader r = { .a = a };

	if (!read_element(&r, record))
		return false;
	*out = r.cells;
	return true;
}
