#include "codec/mail/heard.h"

#include "base/utf8.h"
#include "codec/mail/mime_read.h"
#include "codec/wire/hit.h"

enum { VERSION = 1, ABSENT = 0, PRESENT = 1, ATTACHED = 1, CUT = 2, NO_PARENT = UINT32_MAX };

#define X(id, name) [id] = { "" name, sizeof(name) - 1 },
static const struct str names[HEARD_FIELD_COUNT] = { HEARD_FIELDS(X) };
#undef X

struct str heard_field_name(enum heard_field field)
{
	return names[field];
}

static void write_part(struct buf *b, const struct heard_part *p)
{
	wire_str(b, p->type);
	wire_str(b, p->name);
	wire_str(b, p->protocol);
	wire_u32(b, p->parent < 0 ? NO_PARENT : (uint32_t)p->parent);
	wire_u8(b, (p->attached ? ATTACHED : 0U) | (p->cut ? CUT : 0U));
	wire_u64(b, p->size);
	wire_str(b, p->text);
}

void heard_write(struct buf *b, const struct heard_whole *h)
{
	wire_u8(b, VERSION);
	for (size_t i = 0; i < HEARD_FIELD_COUNT; i++) {
		wire_u8(b, h->field[i].p != NULL ? PRESENT : ABSENT);
		if (h->field[i].p != NULL)
			wire_str(b, h->field[i]);
	}
	wire_u64(b, h->left_out);
	wire_u8(b, h->broken);
	wire_u32(b, (uint32_t)h->parts.count);
	LIST_EACH (const struct heard_part, p, &h->parts)
		write_part(b, p);
}

// ---- reading: what cannot be sets in->bad

static struct str read_text(struct wire_in *in, size_t most)
{
	struct str s = wire_read_str(in);

	in->bad = in->bad || s.n > most || str_has(s, '\0') || !utf8_is(s);
	return s;
}

// One line, without controls.
static struct str read_line(struct wire_in *in, size_t most)
{
	struct str s = read_text(in, most);

	for (size_t i = 0; i < s.n; i++)
		in->bad = in->bad || (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f;
	return s;
}

static struct str read_type(struct wire_in *in)
{
	struct str s = read_line(in, HEARD_TYPE);

	for (size_t i = 0; i < s.n; i++)
		in->bad = in->bad || s.p[i] <= ' ' || s.p[i] > '~' || ascii_lower(s.p[i]) != s.p[i];
	return s;
}

static unsigned read_flags(struct wire_in *in, unsigned most)
{
	unsigned v = wire_read_u8(in);

	in->bad = in->bad || v > most;
	return v;
}

static void read_fields(struct wire_in *in, struct heard_whole *h)
{
	for (size_t i = 0; i < HEARD_FIELD_COUNT; i++) {
		h->field[i] = (struct str){ 0 };
		if (read_flags(in, PRESENT) == PRESENT)
			h->field[i] = read_line(in, HEARD_FIELD);
	}
}

// Which stands before it, and not too deep.
static int32_t read_parent(struct wire_in *in, const struct heard_whole *h, unsigned *depth)
{
	const size_t at = h->parts.count;
	const uint32_t v = wire_read_u32(in);

	depth[at] = 0;
	if (v == NO_PARENT)
		return -1;
	if (v >= at || depth[v] >= HEARD_DEPTH) {
		in->bad = true;
		return -1;
	}
	depth[at] = depth[v] + 1;
	return (int32_t)v;
}

static struct heard_part read_part(struct wire_in *in, const struct heard_whole *h, unsigned *depth)
{
	struct heard_part p = { 0 };
	unsigned flags;

	p.type = read_type(in);
	p.name = read_line(in, HEARD_NAME);
	p.protocol = read_type(in);
	p.parent = read_parent(in, h, depth);
	flags = read_flags(in, ATTACHED | CUT);
	p.attached = (flags & ATTACHED) != 0;
	p.cut = (flags & CUT) != 0;
	p.size = wire_read_u64(in);
	p.text = read_text(in, HEARD_TEXT);
	return p;
}

bool heard_read(struct str bytes, struct arena *a, struct heard_whole *out)
{
	struct wire_in in = { .rest = bytes, .bad = bytes.n > HEARD_BYTES };
	unsigned depth[HEARD_PARTS];
	struct heard_whole h = { 0 };
	size_t texts = 0;
	uint32_t count;

	in.bad = wire_read_u8(&in) != VERSION || in.bad;
	read_fields(&in, &h);
	h.left_out = wire_read_u64(&in);
	h.broken = read_flags(&in, 1) == 1;
	count = wire_read_u32(&in);
	if (in.bad || count > HEARD_PARTS)
		return false;
	list_reserve(&h.parts, a, count > 0 ? count : 1);
	for (uint32_t i = 0; i < count && !in.bad; i++) {
		struct heard_part p = read_part(&in, &h, depth);

		texts += p.text.n;
		*list_add(&h.parts, a) = p;
	}
	if (in.bad || in.rest.n > 0 || texts > HEARD_TEXTS)
		return false;
	*out = h;
	return true;
}

// ---- what is asked of it

// Does it, or what holds it, lie beside the text: attached, or a mail of its own?
static bool beside(const struct heard_whole *h, const struct heard_part *p)
{
	for (;;) {
		if (p->attached)
			return true;
		if (p->parent < 0)
			return false;
		p = &h->parts.at[p->parent];
		if (str_has_prefix(p->type, S("message/")))
			return true;
	}
}

static const struct heard_part *body_of(const struct heard_whole *h, struct str type, bool said)
{
	LIST_EACH (const struct heard_part, p, &h->parts)
		if (str_eq(p->type, type) && !beside(h, p) && (!said || str_trim(p->text).n > 0))
			return p;
	return NULL;
}

const struct heard_part *heard_body(const struct heard_whole *h)
{
	static const struct {
		struct str type;
		bool said;
	} order[] = {
		{ { "text/plain", 10 }, true },
		{ { "text/html", 9 }, true },
		{ { "text/plain", 10 }, false },
		{ { "text/html", 9 }, false },
	};
	const struct heard_part *p = NULL;

	for (size_t i = 0; i < COUNTOF(order) && p == NULL; i++)
		p = body_of(h, order[i].type, order[i].said);
	return p;
}

const struct heard_part *heard_find(const struct heard_whole *h, struct str type)
{
	LIST_EACH (const struct heard_part, p, &h->parts)
		if (str_eq(p->type, type))
			return p;
	return NULL;
}

struct str heard_sender(const struct heard_whole *h)
{
	struct str from = h->field[HEARD_FROM], address, other;

	if (h->broken || !mime_next_address(&from, &address) || !str_has(address, '@') ||
	    mime_next_address(&from, &other))
		return (struct str){ 0 };
	return address;
}
