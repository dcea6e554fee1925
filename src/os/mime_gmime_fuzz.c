// Any bytes as a mail, uncaged: what is said of it is what heard_read believes, and each part that has
// bytes gives as many as were said.
#include "os/mime_gmime.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 64 << 20, LOOKED_AT = 3 }; // parts

static bool count(void *context, struct str piece)
{
	*(uint64_t *)context += piece.n;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct mime_gmime *g;
	struct str mail = { (const char *)data, size };
	struct heard_whole h, fields, read;
	autoarena a = { 0 };
	struct buf b;

	if (g == NULL) {
		g = mime_gmime_new();
		mime_gmime_alone();
	}
	arena_init(&a, ROOM);
	mime_gmime_read(g, mail, &a, &h);
	b = (struct buf){ .p = arena_new(&a, char, HEARD_BYTES), .cap = HEARD_BYTES };
	heard_write(&b, &h);
	assert(!b.over && heard_read(buf_view(&b), &a, &read));
	assert(h.parts.count > 0 || h.left_out > 0);
	for (uint32_t i = 0; i < h.parts.count && i < LOOKED_AT; i++) {
		uint64_t n = 0;
		const struct mime_sink to = { count, &n };

		if (mime_gmime_part(g, mail, i, &a, &to))
			assert(n == h.parts.at[i].size);
	}
	mime_gmime_fields(g, mail, &a, &fields);
	for (size_t i = 0; i < HEARD_FIELD_COUNT; i++)
		assert(str_eq(fields.field[i], h.field[i]));
	b.n = 0;
	heard_write(&b, &fields);
	assert(heard_read(buf_view(&b), &a, &read));
	return 0;
}
