#include "task/advice/advice.h"

#include "os/file.h"
#include "os/markdown.h"

#define SHELF_ARENA ((size_t)2 << 30) // addresses: a text takes some 40 kB of them

struct shelving {
	struct shelf *s;
	struct advice_values values;
};

void shelf_done(struct shelf *s)
{
	if (s->a.start != NULL)
		arena_done(&s->a);
}

// ---- one text

struct putting {
	struct shelving *w;
	struct shelf_text *x;
	struct advice_faults wrong;
};

static const struct prose *prose_of(struct putting *t, const struct advice_part *part)
{
	struct arena *a = &t->w->s->a;
	struct prose *p;
	struct err e = { 0 };

	if (part->text.n == 0)
		return NULL;
	p = arena_new(a, struct prose, 1);
	prose_begin(p, a);
	if (!markdown_read(part->text, part->line, p, &e)) {
		struct str what = str_of(e.text), number = what;
		uint64_t line = part->line;

		str_cut(&number, ' '); // "line 4: …"
		if (str_has_prefix(what, S("line ")) &&
		    str_to_uint(str_cut(&number, ':'), UINT32_MAX, &line))
			what = str_trim(number);
		advice_fault(&t->wrong, a, (unsigned)line, arena_str(a, what),
			     S("write it as waker-advice(5) says"));
		return NULL;
	}
	advice_fill(p, &t->w->values);
	return p;
}

// Where more is to be read, behind how it is solved.
static const struct prose *with_sources(struct putting *t, const struct prose *fix)
{
	struct arena *a = &t->w->s->a;
	const struct advice *x = &t->x->advice;
	struct prose *p;

	if (fix == NULL)
		return NULL;
	p = arena_new(a, struct prose, 1);
	prose_begin(p, a);
	prose_add(p, fix);
	prose_lines(p);
	prose_text(p, t->x->dutch ? S("Lees meer:") : S("Read more:"));
	for (unsigned i = 0; i < x->sources; i++) {
		prose_text(p, S("\n"));
		prose_link(p, (struct str){ 0 }, x->source[i]);
	}
	return p;
}

// A Dutch reader is told why there stands English.
static const struct prose *marked(struct arena *a, const struct prose *part)
{
	struct prose *p;

	if (part == NULL)
		return NULL;
	p = arena_new(a, struct prose, 1);
	prose_begin(p, a);
	prose_paragraph(p);
	prose_text(p, S("(Dit advies is er nog niet in het Nederlands.)"));
	prose_add(p, part);
	return p;
}

static void make_letter(struct putting *t)
{
	struct shelf_text *x = t->x;
	struct letter_advice *l = &x->letter;

	l->act = advice_fill_line(x->advice.act, &t->w->values, &t->w->s->a);
	for (unsigned i = 0; i < LETTER_PARTS; i++) {
		l->part[i] = prose_of(t, &x->advice.part[i]);
		l->expert[i] = prose_of(t, &x->advice.expert[i]);
	}
	l->part[PART_FIX] = with_sources(t, l->part[PART_FIX]);
	if (x->dutch)
		return;
	x->instead = *l;
	x->instead.act = (struct str){ 0 };
	x->instead.part[PART_MEANS] = marked(&t->w->s->a, l->part[PART_MEANS]);
}

static bool read_text(struct putting *t)
{
	struct shelf_text *x = t->x;
	struct arena *a = &t->w->s->a;
	struct str bytes;
	struct err e = { 0 };

	if (!file_read(x->path.p, ADVICE_MAX_FILE, a, &bytes, &e)) {
		advice_fault(&t->wrong, a, 0, arena_str(a, str_of(e.text)),
			     S("make it a file that this user can read"));
		return false;
	}
	advice_read(bytes, x->name, x->dutch, a, &x->advice, &t->wrong);
	make_letter(t);
	return t->wrong.at.count == 0;
}

static bool put_text(struct shelving *w, struct shelf_text x)
{
	struct putting t = { .w = w, .x = &x };
	bool good = read_text(&t);

	if (good)
		*list_add(&w->s->texts, &w->s->a) = x;
	LIST_EACH (const struct advice_fault, f, &t.wrong.at)
		*list_add(&w->s->faults, &w->s->a) = (struct shelf_fault){ x.path, *f };
	return good;
}

// ---- all of them

// The first place where it can be used has it; those before are told of.
static void put_name(struct shelving *w, struct str file)
{
	struct shelf *s = w->s;
	struct shelf_text x = { 0 };
	const bool named = advice_name_read(file, &x.name, &x.dutch);

	for (unsigned i = 0; i < s->places.count; i++) {
		struct places one = { { s->places.at[i] }, 1 };

		x.path = places_path(&one, file, S(".md"), &s->a);
		x.own = i + 1 < s->places.count;
		if (x.path.p == NULL)
			continue;
		if (!named)
			*list_add(&s->faults, &s->a) =
				(struct shelf_fault){ x.path,
						      { 0, S("its name says no issue and language"),
							S("call it ISSUE.nl.md or ISSUE.en.md") } };
		else if (put_text(w, x))
			return;
	}
}

bool shelf_load(struct str home, struct str team, struct shelf *out, struct err *e)
{
	struct shelving w = { .s = out };
	struct place_names names;

	*out = (struct shelf){ 0 };
	arena_init(&out->a, SHELF_ARENA); // the documents point to it: a shelf is not copied
	w.values.team = arena_str(&out->a, team);
	out->places = places_of(home, "advice", "WAKER_ADVICE", &out->a);
	if (!places_names(&out->places, S(".md"), &out->a, &names, e)) {
		shelf_done(out);
		*out = (struct shelf){ 0 };
		return false;
	}
	for (size_t i = 0; i < names.names.count && i < SHELF_MAX_TEXTS; i++)
		put_name(&w, names.names.at[i]);
	return true;
}

const struct shelf_text *shelf_text(const struct shelf *s, struct str name, bool dutch)
{
	LIST_EACH (const struct shelf_text, x, &s->texts)
		if (x->dutch == dutch && str_eq(x->name, name))
			return x;
	return NULL;
}

const struct shelf_text *shelf_find(const struct shelf *s, struct str issue, bool dutch)
{
	struct advice_chain chain;

	advice_chain(issue, &chain);
	for (unsigned i = 0; i < chain.count; i++) {
		const struct shelf_text *x = shelf_text(s, chain.at[i], dutch);

		if (x == NULL && dutch)
			x = shelf_text(s, chain.at[i], false);
		if (x != NULL)
			return x;
	}
	return NULL;
}

const struct letter_advice *shelf_letter(const struct shelf_text *x, bool dutch)
{
	if (x == NULL)
		return NULL;
	return dutch && !x->dutch ? &x->instead : &x->letter;
}

static const struct letter_advice *find(void *context, struct str issue, bool dutch)
{
	return shelf_letter(shelf_find(context, issue, dutch), dutch);
}

struct fill_advice shelf_advice(const struct shelf *s)
{
	union { // who asks does not change it
		const struct shelf *is;
		void *context;
	} u = { s };

	return (struct fill_advice){ find, u.context };
}
