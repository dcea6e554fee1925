#include "codec/table/tree_walk.h"

static bool split(struct str dotted, struct tree_path *out)
{
	out->steps = 0;
	while (dotted.n > 0) {
		if (out->steps == TREE_MAX_STEPS)
			return false;
		out->step[out->steps++] = str_cut(&dotted, '.');
	}
	return true;
}

static bool is_within(struct str path, struct str context)
{
	return context.n == 0 || str_eq(context, S(".")) ||
	       (str_has_prefix(path, context) && (path.n == context.n || path.p[context.n] == '.'));
}

bool tree_shape_fits(const struct tree_shape *shape)
{
	struct tree_path path;
	bool any = false;

	for (unsigned i = 0; i < shape->count; i++) {
		if (!split(shape->records[i], &path))
			return false;
		any = any || is_within(shape->records[i], shape->context);
	}
	return any;
}

static void begin(struct tree_cut *t)
{
	const struct tree_shape *shape = t->shape;
	struct tree_path context;

	t->ready = true;
	for (unsigned i = 0; i < shape->count && i < TREE_MAX_RECORDS; i++)
		if (split(shape->records[i], &t->path[t->paths]))
			t->inside[t->paths++] = is_within(shape->records[i], shape->context);
	t->rooted = str_eq(shape->context, S("."));
	t->context_steps = !t->rooted && split(shape->context, &context) ? context.steps : 0;
}

void tree_meet(struct tree_cut *t, struct str name)
{
	unsigned above = t->level - 1;

	for (unsigned i = 0; i < t->paths; i++)
		if (t->met[i] == above && above < t->path[i].steps &&
		    str_eq(t->path[i].step[above], name))
			t->met[i]++;
}

enum tree_place tree_place(const struct tree_cut *t)
{
	enum tree_place place = TREE_NOWHERE;
	bool inside = false;

	for (unsigned i = 0; i < t->paths; i++) {
		if (t->met[i] != t->level)
			continue;
		if (t->path[i].steps == t->level)
			return TREE_AT_RECORD;
		place = TREE_ON_THE_WAY;
		inside = inside || t->inside[i];
	}
	if (inside && !t->within && (t->context_steps > 0 || t->rooted) &&
	    t->context_steps == t->level)
		return TREE_AT_CONTEXT;
	return place;
}

void tree_leave(struct tree_cut *t)
{
	for (unsigned i = 0; i < t->paths; i++)
		if (t->met[i] >= t->level)
			t->met[i] = t->level > 0 ? t->level - 1 : 0;
}

void tree_take(struct tree_walk *w, enum tree_place place)
{
	struct tree_cut *t = w->t;

	t->doing = place == TREE_AT_RECORD    ? TREE_IN_RECORD
		   : place == TREE_AT_CONTEXT ? TREE_IN_CONTEXT
					      : TREE_SKIPPING;
	t->deep = 0;
	t->in_text = t->escaped = false;
	t->at = 0;
}

static void add_row(struct tree_walk *w, const char *behind, enum csv_state state)
{
	struct csv_row *row = &w->out[w->n++];

	row->start = w->p;
	row->length = (size_t)(behind - w->p);
	row->state = state;
	row->columns = state == CSV_ROW ? 1 : 0;
	row->field[0] = (struct str){ row->start, row->length };
}

void tree_taken(struct tree_walk *w, const char *behind)
{
	struct tree_cut *t = w->t;
	enum tree_doing done = t->doing;

	t->at = 0;
	if (done == TREE_IN_CONTEXT) {
		t->doing = TREE_WALKING;
		t->within = true;
		t->context_depth = t->depth;
		t->context_length = (size_t)(behind - w->p);
		return;
	}
	if (done == TREE_IN_RECORD)
		add_row(w, behind, CSV_ROW);
	t->doing = TREE_LEAVING;
	w->p = behind;
}

bool tree_bad(struct tree_walk *w)
{
	if (w->t->within) // only this context is: who walks through it sees to that
		return false;
	add_row(w, w->end, CSV_UNCLOSED);
	w->p = w->end;
	w->t->bad = true;
	return false;
}

// What remains of a context is not well formed: go on behind it.
static void give_up_context(struct tree_walk *in)
{
	struct tree_cut *t = in->t;

	add_row(in, in->end, CSV_UNCLOSED);
	t->doing = TREE_LEAVING;
	t->within = false;
	t->in = 0;
	t->depth = t->context_depth;
	t->level = t->context_steps;
	for (unsigned i = 0; i < t->paths; i++)
		if (t->inside[i]) // the others stand where they stood before it
			t->met[i] = t->level;
}

// The records of the context at p, which is whole.
static void walk_context(struct tree_walk *w, tree_step step)
{
	struct tree_cut *t = w->t;
	struct tree_walk in = *w;

	t->context = (struct str){ w->p, t->context_length };
	in.p = w->p + t->at;
	in.end = w->p + t->context_length;
	in.last = true;
	t->at = 0; // of the records in it
	while (in.n < in.most && t->within)
		if (!step(&in))
			break;
	if (t->within && in.n < in.most)
		give_up_context(&in);
	w->n = in.n;
	if (t->within) {
		t->at = (size_t)(in.p - w->p);
		return;
	}
	w->p = in.end;
	t->at = 0;
}

static void pass(struct tree_walk *w)
{
	struct tree_cut *t = w->t;

	t->pass = false;
	if (t->doing == TREE_IN_RECORD || t->doing == TREE_IN_CONTEXT) {
		t->doing = TREE_SKIPPING;
		w->p += t->at;
		t->at = 0;
	} else if (w->p < w->end) {
		tree_bad(w);
	}
}

size_t tree_run(struct tree_walk *w, tree_step step, size_t *used)
{
	struct tree_cut *t = w->t;
	const char *from = w->p;
	bool stuck = false;

	if (!t->ready)
		begin(t);
	t->context = (struct str){ 0 };
	if (t->pass)
		pass(w);
	while (w->n < w->most && !t->bad && !stuck) {
		if (!t->within) {
			stuck = !step(w);
			continue;
		}
		if (w->n > 0) // the rows of a call have one context
			break;
		walk_context(w, step);
		if (w->n > 0)
			break;
		t->context = (struct str){ 0 };
	}
	if (stuck && w->last && !t->bad &&
	    (w->p < w->end || t->depth > 0 || t->doing != TREE_WALKING)) // cut off
		tree_bad(w);
	if (t->bad)
		w->p = w->end;
	*used = (size_t)(w->p - from);
	return w->n;
}
