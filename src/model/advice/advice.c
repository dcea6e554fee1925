#include "model/advice/advice.h"

#include "base/time.h"

void advice_fault(struct advice_faults *f, struct arena *a, unsigned line, struct str what,
		  struct str mend)
{
	if (f->at.count < ADVICE_MAX_FAULTS)
		*list_add(&f->at, a) = (struct advice_fault){ line, what, mend };
}

bool advice_name_read(struct str file, struct str *name, bool *dutch)
{
	bool nl = str_has_suffix(file, S(".nl"));

	if ((!nl && !str_has_suffix(file, S(".en"))) || file.n >= ADVICE_NAME + 3 || file.n < 4)
		return false;
	*name = str_first(file, file.n - 3);
	*dutch = nl;
	return true;
}

bool advice_stale(const struct advice *x, int64_t now)
{
	return x->checked < now - ADVICE_STALE_DAYS * TIME_DAY;
}

// ---- which one

static struct str without_star(struct str id)
{
	return str_has_suffix(id, S(".*")) ? str_first(id, id.n - 2) : id;
}

static void chain_add(struct advice_chain *c, struct str name)
{
	if (name.n > 0 && c->count < ADVICE_CHAIN)
		c->at[c->count++] = name;
}

void advice_chain(struct str issue, struct advice_chain *out)
{
	const struct issue *row = issue_find(issue);
	struct buf b = BUF_ON(out->rsit);
	struct str name = without_star(issue), type = { 0 };

	out->count = 0;
	chain_add(out, name);
	while (str_has(name, '.') && out->count < ADVICE_CHAIN - 1) {
		while (name.n > 0 && name.p[name.n - 1] != '.')
			name.n--;
		name.n -= name.n > 0;
		chain_add(out, name);
	}
	if (row == NULL)
		return;
	type = row->rsit;
	str_cut(&type, '/');
	buf_str(&b, S("rsit."));
	buf_str(&b, type);
	if (!b.over)
		chain_add(out, buf_view(&b));
}

// ---- {words}

static const struct {
	struct str name;
	size_t at;
} variables[] = {
	{ { "team", 4 }, offsetof(struct advice_values, team) },
};

static const struct str *value_of(const struct advice_values *v, struct str name)
{
	for (size_t i = 0; i < COUNTOF(variables); i++)
		if (str_eq(variables[i].name, name))
			return (const struct str *)(const void *)((const char *)v +
								  variables[i].at);
	return NULL;
}

// The next {word} of small letters: what stands before it, and its name; s is then what follows.
static bool next_variable(struct str *s, struct str *before, struct str *name)
{
	const struct str all = *s;

	for (size_t i = 0; i < all.n; i++) {
		size_t end = i + 1;

		while (all.p[i] == '{' && end < all.n && all.p[end] >= 'a' && all.p[end] <= 'z')
			end++;
		if (all.p[i] != '{' || end == i + 1 || end == all.n || all.p[end] != '}')
			continue;
		*before = str_first(all, i);
		*name = str_first(str_from(all, i + 1), end - i - 1);
		*s = str_from(all, end + 1);
		return true;
	}
	return false;
}

struct str advice_fill_line(struct str s, const struct advice_values *v, struct arena *a)
{
	struct str rest = s, before, name, done = { 0 };

	while (next_variable(&rest, &before, &name)) {
		const struct str *value = value_of(v, name);

		if (value != NULL)
			done = arena_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(done), STR_ARG(before),
					 STR_ARG(*value));
	}
	return done.p == NULL ? s : arena_fmt(a, STR_FMT STR_FMT, STR_ARG(done), STR_ARG(rest));
}

void advice_fill(struct prose *p, const struct advice_values *v)
{
	LIST_EACH (struct prose_block, b, &p->blocks)
		LIST_EACH (struct prose_inline, w, &b->words)
			if (w->kind != PROSE_CODE)
				w->text = advice_fill_line(w->text, v, p->a);
}

// ---- reading one

struct reading {
	struct str rest;
	unsigned line; // of what was last read
	struct str name;
	bool dutch;
	struct arena *a;
	struct advice *out;
	struct advice_faults *wrong;
	bool saw_issue, saw_checked;
	struct advice_part *at; // that takes the lines
	unsigned next;          // the part that is to come
};

static bool next_line(struct reading *r, struct str *line)
{
	if (r->rest.n == 0)
		return false;
	r->line++;
	*line = str_cut(&r->rest, '\n');
	while (line->n > 0 && (line->p[line->n - 1] == '\r' || line->p[line->n - 1] == ' '))
		line->n--;
	return true;
}

static void fault(struct reading *r, struct str what, struct str mend)
{
	advice_fault(r->wrong, r->a, r->line, what, mend);
}

// Outside of `code` only: there a brace is a brace.
static void look_for_variables(struct reading *r, struct str line)
{
	static const struct advice_values none = { 0 };

	while (line.n > 0) {
		struct str plain = str_cut(&line, '`'), before, name;

		str_cut(&line, '`');
		while (next_variable(&plain, &before, &name))
			if (value_of(&none, name) == NULL)
				fault(r,
				      arena_fmt(r->a, "unknown variable {" STR_FMT "}",
						STR_ARG(str_first(name, 40))),
				      S("there is {team}; write other braces within `backticks`"));
	}
}

static void read_source(struct reading *r, struct str value)
{
	struct advice *x = r->out;

	if (!str_has_prefix(value, S("https://")) || str_has(value, ' '))
		fault(r, S("a source is no https:// address"),
		      S("name a page that anybody can read, one a line"));
	else if (x->sources == ADVICE_MAX_SOURCES)
		fault(r, S("too many sources"), S("keep the 8 that say most"));
	else
		x->source[x->sources++] = value;
}

static void read_issue(struct reading *r, struct str value)
{
	r->out->issue = value;
	if (issue_find(value) == NULL)
		fault(r,
		      arena_fmt(r->a, "there is no issue \"" STR_FMT "\"",
				STR_ARG(str_first(value, 60))),
		      S("'waker issue list' names them"));
	else if (!str_eq(without_star(value), r->name))
		fault(r, S("the file has the name of another issue"),
		      arena_fmt(r->a, "call it " STR_FMT ".%s.md", STR_ARG(without_star(value)),
				r->dutch ? "nl" : "en"));
}

static void read_pair(struct reading *r, struct str key, struct str value)
{
	if (str_eq(key, S("issue"))) {
		r->saw_issue = true;
		read_issue(r, value);
	} else if (str_eq(key, S("checked"))) {
		r->saw_checked = true;
		if (value.n != 10 || !time_read(value, &r->out->checked))
			fault(r, S("the day is not written as 2026-11-24"),
			      S("write the day on which you held it against its sources"));
	} else if (str_eq(key, S("act"))) {
		r->out->act = value;
		look_for_variables(r, value);
		if (value.n > ADVICE_MAX_ACT)
			fault(r, S("what to do now is too long for one line"),
			      arena_fmt(r->a, "at most %d bytes", ADVICE_MAX_ACT));
	} else if (str_eq(key, S("source")))
		read_source(r, value);
	else
		fault(r,
		      arena_fmt(r->a, "unknown key \"" STR_FMT "\"", STR_ARG(str_first(key, 40))),
		      S("there are issue, checked, act and source"));
}

static bool read_front(struct reading *r)
{
	static const struct str mend =
		S("begin with \"---\", issue:, checked:, act:, source:, \"---\"");
	struct str line, key;

	if (!next_line(r, &line) || !str_eq(line, S("---"))) {
		fault(r, S("there is no front matter"), mend);
		return false;
	}
	while (next_line(r, &line)) {
		if (str_eq(line, S("---")))
			return true;
		key = str_trim(str_cut(&line, ':'));
		if (key.n > 0)
			read_pair(r, key, str_trim(line));
	}
	fault(r, S("the front matter does not end"), mend);
	return false;
}

static void begin(struct reading *r, struct advice_part *part)
{
	if (part->line > 0)
		fault(r, S("this part stands there twice"), S("make one of them"));
	r->at = part;
	part->line = r->line + 1;
}

static void read_heading(struct reading *r, struct str line)
{
	struct str words = line;
	unsigned i = 0;

	while (str_starts(words, '#'))
		str_skip(&words, 1);
	words = str_trim(words);
	if (str_has_prefix(line, S("### ")) && str_eq(words, S("Expert")) && r->next > 0) {
		begin(r, &r->out->expert[r->next - 1]);
		return;
	}
	while (i < LETTER_PARTS && !str_eq(words, letter_part((enum letter_part)i, r->dutch)))
		i++;
	if (i < LETTER_PARTS && str_has_prefix(line, S("## ")) && i >= r->next) {
		begin(r, &r->out->part[i]);
		r->next = i + 1;
		return;
	}
	fault(r,
	      arena_fmt(r->a, "the heading \"" STR_FMT "\" does not belong here",
			STR_ARG(str_first(words, 60))),
	      r->next == LETTER_PARTS
		      ? S("it was the last part: there is only \"### Expert\" left")
		      : arena_fmt(r->a, "next is \"## " STR_FMT "\", or \"### Expert\"",
				  STR_ARG(letter_part((enum letter_part)r->next, r->dutch))));
}

// A line of the part that is open: its text grows by it.
static void read_body(struct reading *r, struct str line)
{
	if (r->at == NULL) {
		if (line.n > 0)
			fault(r, S("words before the first part"),
			      S("put them into a part, or leave them out"));
		return;
	}
	if (r->at->text.p == NULL && line.n == 0) {
		r->at->line = r->line + 1;
		return;
	}
	if (r->at->text.p == NULL)
		r->at->text = line;
	else if (line.n > 0)
		r->at->text.n = (size_t)(line.p + line.n - r->at->text.p);
}

static void read_parts(struct reading *r)
{
	bool fenced = false;
	struct str line;

	while (next_line(r, &line)) {
		if (str_has_prefix(line, S("```")))
			fenced = !fenced;
		else if (!fenced && str_starts(line, '#')) {
			read_heading(r, line);
			continue;
		} else if (!fenced)
			look_for_variables(r, line);
		read_body(r, line);
	}
	if (fenced)
		fault(r, S("a block of code does not end"), S("end it with a line of ```"));
}

static void look_for_gaps(struct reading *r)
{
	const struct advice *x = r->out;

	r->line = 0;
	if (!r->saw_issue)
		fault(r, S("it does not say which issue it is about"), S("issue: exposed.rdp"));
	if (!r->saw_checked)
		fault(r, S("it does not say when it was checked"), S("checked: 2026-11-24"));
	if (x->sources == 0)
		fault(r, S("it names no source"), S("source: https://…"));
	if (x->act.n == 0)
		fault(r, S("it does not say what to do now"), S("act: one line"));
	for (unsigned i = 0; i < LETTER_PARTS; i++)
		if (x->part[i].text.n == 0)
			fault(r,
			      arena_fmt(r->a, "the part \"" STR_FMT "\" is missing",
					STR_ARG(letter_part((enum letter_part)i, r->dutch))),
			      S("write it"));
}

void advice_read(struct str bytes, struct str name, bool dutch, struct arena *a, struct advice *out,
		 struct advice_faults *wrong)
{
	struct reading r = {
		.rest = bytes, .name = name, .dutch = dutch, .a = a, .out = out, .wrong = wrong
	};

	*out = (struct advice){ 0 };
	if (read_front(&r)) {
		read_parts(&r);
		look_for_gaps(&r);
	}
}
