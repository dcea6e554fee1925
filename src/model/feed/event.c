#include "model/feed/event.h"

#include "base/hash.h"
#include "model/feed/feed.h"
#include "model/feed/vocabulary.h"

enum { SLOTS = 2048 };

struct event_plan {
	const struct feed_type *type;
	name_idn idn;
	struct planned {
		struct str column;            // as the header has it
		const struct vocabulary *key; // NULL: under extra.
		struct str field;             // "source.ip", "extra.banner"
		enum column_role role;
	} * at;
	size_t count;
	uint16_t slot[SLOTS]; // by column: place + 1
};

struct str event_get(const struct event *ev, struct str key)
{
	LIST_EACH (const struct event_field, f, &ev->fields)
		if (str_eq(f->key, key))
			return f->value;
	return (struct str){ 0 };
}

// A column's name as a key may be written: [a-z0-9_.], everything else an underscore.
static struct str extra_key(struct str column, struct arena *a)
{
	size_t n = column.n < 200 ? column.n : 200;
	char *p = arena_new(a, char, n + 6);

	memcpy(p, "extra.", 6);
	for (size_t i = 0; i < n; i++) {
		char c = ascii_lower(column.p[i]);

		p[6 + i] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ? c : '_';
	}
	return (struct str){ p, n + 6 };
}

static struct planned planned_of(const struct feed_type *type, struct str column, struct arena *a)
{
	struct planned p = { .column = column };

	LIST_EACH (const struct feed_column, c, &type->columns) {
		if (!str_eq(c->name, column))
			continue;
		p.role = c->role;
		p.field = c->field;
		p.key = c->field.n > 0 ? vocabulary_find(c->field) : NULL;
		break;
	}
	if (p.field.n == 0)
		p.field = extra_key(column, a);
	return p;
}

static uint32_t slot_of(const struct event_plan *p, struct str column)
{
	uint32_t at = (uint32_t)hash_str(0, column) % SLOTS;

	while (p->slot[at] != 0 && !str_eq(p->at[p->slot[at] - 1].column, column))
		at = (at + 1) % SLOTS;
	return at;
}

struct event_plan *event_plan(const struct feed_type *type, const struct str *column, size_t n,
			      name_idn idn, struct arena *a)
{
	struct event_plan *p = arena_new(a, struct event_plan, 1);
	size_t most = n + type->columns.count;

	p->type = type;
	p->idn = idn;
	p->at = arena_new(a, struct planned, most);
	for (size_t i = 0; i < most && p->count < SLOTS / 2; i++) {
		struct str name = i < n ? column[i] : type->columns.at[i - n].name;
		uint32_t slot = slot_of(p, name);

		if (i >= n && p->slot[slot] != 0)
			continue;
		p->at[p->count] = planned_of(type, name, a);
		p->slot[slot] = (uint16_t)++p->count;
	}
	return p;
}

static struct str cut_at_character(struct str s)
{
	if (s.n <= EVENT_MAX_VALUE)
		return s;
	s.n = EVENT_MAX_VALUE;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return s;
}

static void add(struct event *ev, struct arena *a, struct event_field f)
{
	*list_add(&ev->fields, a) = f;
}

static void add_planned(const struct event_plan *plan, const struct planned *p, struct str text,
			struct arena *a, struct event *ev)
{
	struct event_field f = { .key = p->field, .role = p->role };

	text = str_trim(text);
	if (text.n == 0)
		return;
	text = cut_at_character(text);
	if (p->role == COLUMN_SECRET) {
		f.value = S("present");
		add(ev, a, f);
		return;
	}
	if (p->key != NULL && vocabulary_read(p->key, text, plan->idn, a, &f)) {
		add(ev, a, f);
		return;
	}
	if (p->key != NULL) {
		ev->misfits++;
		f.key = extra_key(p->column, a);
	}
	f.kind = EVENT_TEXT;
	f.value = text;
	add(ev, a, f);
}

void event_add(const struct event_plan *p, size_t column, struct str text, struct arena *a,
	       struct event *ev)
{
	if (column < p->count)
		add_planned(p, &p->at[column], text, a, ev);
}

void event_add_named(const struct event_plan *p, struct str column, struct str text,
		     struct arena *a, struct event *ev)
{
	uint16_t place = p->slot[slot_of(p, column)];
	struct planned once;

	if (place != 0) {
		add_planned(p, &p->at[place - 1], text, a, ev);
		return;
	}
	once = (struct planned){ .column = column, .field = extra_key(column, a) };
	add_planned(p, &once, text, a, ev);
}

void event_add_fixed(const struct event_plan *p, struct arena *a, struct event *ev)
{
	LIST_EACH (const struct feed_fixed, f, &p->type->fixed)
		if (event_get(ev, f->field).p == NULL)
			add(ev, a, (struct event_field){ .key = f->field, .value = f->value });
}

bool event_key_known(struct str key)
{
	return (str_has_prefix(key, S("extra.")) && key.n > 6) || vocabulary_find(key) != NULL;
}
