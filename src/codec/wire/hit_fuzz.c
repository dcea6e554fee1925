#include "codec/wire/hit.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

// Read a body as it comes: the first byte of each step says what to read next.
static void read_body(struct wire_in in)
{
	struct str all = in.rest;

	while (!in.bad && in.rest.n > 0) {
		size_t before = in.rest.n;
		struct str s;

		switch (wire_read_u8(&in) & 3) {
		case 0:
			wire_read_u32(&in);
			break;
		case 1:
			wire_read_u64(&in);
			break;
		case 2:
			wire_read_u8(&in);
			break;
		default:
			s = wire_read_str(&in);
			assert(s.n <= all.n && (in.bad || s.p >= all.p));
		}
		assert(in.rest.n < before);
	}
	if (in.bad)
		assert(wire_read_u64(&in) == 0 && wire_read_str(&in).n == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str rest = { (const char *)p, n };
	enum wire_type type;
	struct wire_in body;
	struct err e = { 0 };
	size_t used;

	while (wire_frame(rest, &type, &body, &used, &e)) {
		assert(used >= WIRE_HEAD && used <= rest.n && body.rest.n == used - WIRE_HEAD);
		assert(type >= WIRE_HELLO && type <= WIRE_NEXT);
		read_body(body);
		str_skip(&rest, used);
	}
	assert(e.kind == ERR_NONE || e.kind == ERR_SYSTEM);
	return 0;
}
