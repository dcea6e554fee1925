// Any bytes as what the caged reader wrote: what is believed keeps every limit, and is the same when
// it is written again.
#include "base/utf8.h"
#include "codec/mail/heard.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at(const struct heard_whole *h)
{
	assert(h->parts.count <= HEARD_PARTS);
	for (size_t i = 0; i < HEARD_FIELD_COUNT; i++)
		assert(h->field[i].n <= HEARD_FIELD && utf8_is(h->field[i]) &&
		       !str_has(h->field[i], '\n') && !str_has(h->field[i], '\0'));
	for (size_t i = 0; i < h->parts.count; i++) {
		const struct heard_part *p = &h->parts.at[i];
		unsigned depth = 0;

		assert(p->parent >= -1 && p->parent < (int32_t)i);
		for (int32_t at = p->parent; at >= 0; at = h->parts.at[at].parent)
			depth++;
		assert(depth <= HEARD_DEPTH);
		assert(p->text.n <= HEARD_TEXT && utf8_is(p->text) && !str_has(p->text, '\0'));
		assert(p->name.n <= HEARD_NAME && p->type.n <= HEARD_TYPE);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = { (const char *)data, size };
	autoarena a = { 0 };
	struct heard_whole h;
	struct buf b;

	arena_init(&a, (size_t)1 << 24);
	if (!heard_read(bytes, &a, &h))
		return 0;
	look_at(&h);
	if (heard_body(&h) != NULL)
		assert(heard_find(&h, heard_body(&h)->type) != NULL);
	b = (struct buf){ .p = arena_new(&a, char, HEARD_BYTES), .cap = HEARD_BYTES };
	heard_write(&b, &h);
	assert(!b.over && str_eq(buf_view(&b), bytes));
	return 0;
}
