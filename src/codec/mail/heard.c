#include "codec/mail/heard.h"

#include "base/utf8.h"
#include "codec/wire/hit.h"

#include <assert.h>

enum { VERSION = 1, ABSENT = 0, THERE = 1, ATTACHED = 1, CUT = 2 };

#define X(id, name) name,
static const char *const names[HEARD_FIELD_COUNT] = { HEARD_FIELDS(X) };
#undef X

struct str heard_field_name(enum heard_field field)
{
	assert(field < HEARD_FIELD_COUNT);
	return str_of(names[field]);
}

// ---- writing

static void write_part(struct buf *b, const struct heard_part *p)
{
	wire_str(b, p->type);
	wire_str(b, p->name);
	wire_str(b, p->protocol);
	wire_u32(b, (uint32_t)(p->parent + 1));
	wire_u8(b, (p->attached ? ATTACHED : 0u) | (p->cut ? CUT : 0u));
	wire_u64(b, p->size);
	wire_str(b, p->text);
}

void heard_write(struct buf *b, const struct heard_whole *h)
{
	wire_u8(b, VERSION);
	for (unsigned i = 0; i < HEARD_FIELD_COUNT; i++) {
		wire_u8(b, h->field[i].p != NULL ? THERE : ABSENT);
		wire_str(b, h->field[i]);
	}
	wire_u64(b, h->left_out);
	wire_u8(b, h->broken);
	wire_u32(b, (uint32_t)h->parts.count);
	LIST_EACH (const struct heard_part, p, &h->parts)
		write_part(b, p);
}

// ---- reading

// UTF-8 without NUL, of at most so many bytes.
static struct str text(struct wire_in *in, size_t most)
{
	struct str s = wire_read_str(in);

	if (s.n > most || str_has(s, '\0') || !utf8_is(s))
		in->bad = true;
	return in->bad ? S("") : s;
}

// A line of a head, a name, a type.
static struct str line(struct wire_in *in)
{
	struct str s = text(in, HEARD_FIELD);

	if (str_has(s, '\n') || str_has(s, '\r'))
		in->bad = true;
	return in->bad ? S("") : s;
}

static struct heard_part read_part(struct wire_in *in, size_t index)
{
	struct heard_part p = { .type = line(in), .name = line(in), .protocol = line(in) };
	uint32_t parent = wire_read_u32(in);
	unsigned flags = wire_read_u8(in);

	if (parent > index) // it stands behind the one that holds it
		in->bad = true;
	else
		p.parent = (int32_t)parent - 1;
	p.attached = (flags & ATTACHED) != 0;
	p.cut = (flags & CUT) != 0;
	p.size = wire_read_u64(in);
	p.text = text(in, HEARD_TEXT);
	return p;
}

bool heard_read(struct str bytes, struct arena *a, struct heard_whole *out)
{
	struct wire_in in = { .rest = bytes };
	struct heard_whole h = { 0 };
	uint32_t count;

	if (wire_read_u8(&in) != VERSION)
		return false;
	for (unsigned i = 0; i < HEARD_FIELD_COUNT; i++) {
		bool there = wire_read_u8(&in) == THERE;
		struct str s = line(&in);

		h.field[i] = there ? s : (struct str){ 0 };
	}
	h.left_out = wire_read_u64(&in);
	h.broken = wire_read_u8(&in) != 0;
	count = wire_read_u32(&in);
	if (count > HEARD_PARTS)
		in.bad = true;
	for (uint32_t i = 0; i < count && !in.bad; i++)
		*list_add(&h.parts, a) = read_part(&in, i);
	*out = h;
	return !in.bad && in.rest.n == 0;
}

// ---- asking

// Does it lie in a mail that came inside?
static bool is_inside(const struct heard_whole *h, const struct heard_part *p)
{
	for (int32_t up = p->parent; up >= 0; up = h->parts.at[up].parent)
		if (str_has_prefix(h->parts.at[up].type, S("message/")))
			return true;
	return false;
}

static const struct heard_part *body_of(const struct heard_whole *h, struct str type)
{
	LIST_EACH (const struct heard_part, p, &h->parts)
		if (str_eq(p->type, type) && !p->attached && !is_inside(h, p))
			return p;
	return NULL;
}

const struct heard_part *heard_body(const struct heard_whole *h)
{
	const struct heard_part *p = body_of(h, S("text/plain"));

	return p != NULL ? p : body_of(h, S("text/html"));
}

const struct heard_part *heard_find(const struct heard_whole *h, struct str type)
{
	LIST_EACH (const struct heard_part, p, &h->parts)
		if (str_eq(p->type, type))
			return p;
	return NULL;
}
