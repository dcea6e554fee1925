#include "codec/wire/hit.h"

static void put(struct buf *b, uint64_t v, unsigned bytes)
{
	char text[8];

	for (unsigned i = 0; i < bytes; i++)
		text[i] = (char)(v >> (8 * i));
	buf_add(b, text, bytes);
}

static uint64_t get(const char *p, unsigned bytes)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < bytes; i++)
		v |= (uint64_t)(unsigned char)p[i] << (8 * i);
	return v;
}

size_t wire_begin(struct buf *b, enum wire_type type)
{
	size_t frame = b->n;

	put(b, 0, 4);
	put(b, type, 1);
	return frame;
}

void wire_end(struct buf *b, size_t frame)
{
	struct buf head = { .p = b->p + frame, .cap = 4 };

	if (b->n - frame > WIRE_MAX_FRAME)
		b->over = true;
	if (!b->over)
		put(&head, b->n - frame, 4);
}

void wire_u8(struct buf *b, unsigned v)
{
	put(b, v, 1);
}

void wire_u32(struct buf *b, uint32_t v)
{
	put(b, v, 4);
}

void wire_u64(struct buf *b, uint64_t v)
{
	put(b, v, 8);
}

void wire_str(struct buf *b, struct str s)
{
	put(b, s.n, 4);
	buf_str(b, s);
}

static uint64_t take(struct wire_in *in, unsigned bytes)
{
	uint64_t v;

	if (in->bad || in->rest.n < bytes) {
		in->bad = true;
		return 0;
	}
	v = get(in->rest.p, bytes);
	str_skip(&in->rest, bytes);
	return v;
}

uint8_t wire_read_u8(struct wire_in *in)
{
	return (uint8_t)take(in, 1);
}

uint32_t wire_read_u32(struct wire_in *in)
{
	return (uint32_t)take(in, 4);
}

uint64_t wire_read_u64(struct wire_in *in)
{
	return take(in, 8);
}

struct str wire_read_str(struct wire_in *in)
{
	uint64_t n = take(in, 4);
	struct str s;

	if (in->bad || n > in->rest.n) {
		in->bad = true;
		return (struct str){ 0 };
	}
	s = str_first(in->rest, n);
	str_skip(&in->rest, n);
	return s;
}

bool wire_frame(struct str bytes, enum wire_type *type, struct wire_in *body, size_t *used,
		struct err *e)
{
	uint64_t n;

	e->kind = ERR_NONE;
	if (bytes.n < WIRE_HEAD)
		return false;
	n = get(bytes.p, 4);
	if (n < WIRE_HEAD || n > WIRE_MAX_FRAME || bytes.p[4] < WIRE_HELLO ||
	    bytes.p[4] > WIRE_NEXT)
		return err_set(e, ERR_SYSTEM, "the reader of the batch wrote what is no frame");
	if (bytes.n < n)
		return false;
	*type = (enum wire_type)bytes.p[4];
	*body = (struct wire_in){ .rest = { bytes.p + WIRE_HEAD, n - WIRE_HEAD } };
	*used = n;
	return true;
}
