#include "model/roster/write.h"

struct writer {
	const struct roster *r;
	const bool *which;
	int64_t now;
	struct arena *scratch;
	struct roster_sink sink;
	const struct field *column[FIELD_COUNT]; // of a sheet: one for each name
	unsigned columns;
};

typedef void (*write_thing)(struct writer *w, enum record record, struct str member,
			    const void *thing);

static void put(struct writer *w, struct str s)
{
	w->sink.put(w->sink.to, s);
}

static struct str owner(const struct writer *w, int32_t member)
{
	return member == ROSTER_NOBODY ? S("-") : w->r->members.at[member].slug;
}

static void each(struct writer *w, enum record record, write_thing write)
{
	if (!w->which[record])
		return;
	switch (record) {
	case RECORD_MEMBER:
		LIST_EACH (struct member, m, &w->r->members)
			if (m->until > w->now)
				write(w, record, m->slug, m);
		break;
	case RECORD_CONTACT:
		LIST_EACH (struct contact, c, &w->r->contacts)
			write(w, record, owner(w, c->member), c);
		break;
	case RECORD_ASSET:
		LIST_EACH (struct asset, x, &w->r->assets)
			if (x->until > w->now)
				write(w, record, owner(w, x->member), x);
		break;
	case RECORD_COUNT:
		break;
	}
}

static bool is_slug(const struct field *f)
{
	return f == &fields[0];
}

static void put_cell(struct writer *w, struct str s)
{
	if (!str_has(s, ',') && !str_has(s, '"') && !str_has(s, '\n') && !str_has(s, '\r') &&
	    !str_has(s, ';') && !str_has(s, '\t')) {
		put(w, s);
		return;
	}
	put(w, S("\""));
	while (s.n > 0) {
		bool more = str_has(s, '"');

		put(w, str_cut(&s, '"'));
		if (more)
			put(w, S("\"\""));
	}
	put(w, S("\""));
}

static void write_row(struct writer *w, enum record record, struct str member, const void *thing)
{
	char *mark = arena_mark(w->scratch);

	put(w, record_word(record));
	put(w, S(","));
	put(w, member);
	for (unsigned i = 0; i < w->columns; i++) {
		const struct field *f = field_find(record, str_of(w->column[i]->name));

		put(w, S(","));
		// "name" finds the names of a member too; those have a column of their own.
		if (f != NULL && strcmp(f->name, w->column[i]->name) == 0)
			put_cell(w, field_text(f, thing, w->scratch));
	}
	put(w, S("\n"));
	arena_back(w->scratch, mark);
}

static bool has_column(const struct writer *w, const char *name)
{
	for (unsigned i = 0; i < w->columns; i++)
		if (str_eq(str_of(w->column[i]->name), str_of(name)))
			return true;
	return false;
}

static void write_sheet(struct writer *w)
{
	put(w, S("record,member"));
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		if (is_slug(&fields[i]) || !w->which[fields[i].record] ||
		    has_column(w, fields[i].name))
			continue;
		w->column[w->columns++] = &fields[i];
		put(w, S(","));
		put(w, str_of(fields[i].name));
	}
	put(w, S("\n"));
	for (unsigned i = 0; i < RECORD_COUNT; i++)
		each(w, (enum record)i, write_row);
}

static void put_json(struct writer *w, struct str s)
{
	char text[8];
	struct buf b;

	if (s.p == NULL)
		s = S("");
	put(w, S("\""));
	for (size_t i = 0, from = 0; i <= s.n; i++) {
		bool odd = i < s.n && ((unsigned char)s.p[i] < ' ' || s.p[i] == '"' ||
				       s.p[i] == '\\' || s.p[i] == 0x7f);

		if (i < s.n && !odd)
			continue;
		put(w, (struct str){ s.p + from, i - from });
		from = i + 1;
		if (!odd)
			break;
		b = BUF_ON(text);
		buf_fmt(&b, "\\u%04x", (unsigned)(unsigned char)s.p[i]);
		put(w, buf_view(&b));
	}
	put(w, S("\""));
}

static void put_texts(struct writer *w, const struct field *f, const void *thing)
{
	const LIST(struct str) *list = (const void *)((const char *)thing + f->offset);

	put(w, S("["));
	LIST_EACH (struct str, s, list) {
		if (s != list->at)
			put(w, S(", "));
		put_json(w, *s);
	}
	put(w, S("]"));
}

static void put_value(struct writer *w, const struct field *f, const void *thing)
{
	struct str text;

	if (f->type == FIELD_TEXTS) {
		put_texts(w, f, thing);
		return;
	}
	text = field_text(f, thing, w->scratch);
	if (f->type == FIELD_FLAG)
		put(w, str_eq(text, S("yes")) ? S("true") : S("false"));
	else if (f->type == FIELD_NUMBER)
		put(w, text);
	else
		put_json(w, text);
}

static void write_object(struct writer *w, enum record record, struct str member, const void *thing)
{
	char *mark = arena_mark(w->scratch);

	put(w, w->columns++ > 0 ? S(",\n  {") : S("\n  {"));
	put(w, record == RECORD_MEMBER ? S("\"slug\": ") : S("\"member\": "));
	if (str_eq(member, S("-")))
		put(w, S("null"));
	else
		put_json(w, member);
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		if (fields[i].record != record || is_slug(&fields[i]))
			continue;
		put(w, S(", \""));
		put(w, str_of(fields[i].name));
		put(w, S("\": "));
		put_value(w, &fields[i], thing);
	}
	put(w, S("}"));
	arena_back(w->scratch, mark);
}

static void write_tree(struct writer *w)
{
	bool first = true;

	put(w, S("{"));
	for (unsigned i = 0; i < RECORD_COUNT; i++) {
		if (!w->which[i])
			continue;
		put(w, first ? S("\n \"") : S(",\n \""));
		put(w, record_word((enum record)i));
		put(w, S("s\": ["));
		w->columns = 0; // here: objects written
		each(w, (enum record)i, write_object);
		put(w, S("]"));
		first = false;
	}
	put(w, S("\n}\n"));
}

static void write_line(struct writer *w, enum record record, struct str member, const void *thing)
{
	const struct asset *x = thing;

	(void)record;
	put(w, member);
	put(w, S("\t"));
	put(w, asset_kind_word((enum asset_kind)x->kind));
	put(w, S("\t"));
	put(w, x->value);
	put(w, S("\n"));
}

void roster_write(const struct roster *r, enum roster_form form, const bool which[RECORD_COUNT],
		  int64_t now, struct arena *scratch, struct roster_sink sink)
{
	struct writer w = { .r = r, .which = which, .now = now, .scratch = scratch, .sink = sink };

	switch (form) {
	case ROSTER_CSV:
		write_sheet(&w);
		break;
	case ROSTER_JSON:
		write_tree(&w);
		break;
	case ROSTER_TSV:
		each(&w, RECORD_ASSET, write_line);
		break;
	case ROSTER_FORMS:
		break;
	}
}
