#include "os/zip.h"

#include <assert.h>
#include <stdlib.h>

enum { HEAD = 2, MAX_OUT = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

struct outcome {
	bool ok, whole;
	enum err_kind kind;
	size_t n;
	char bytes[MAX_OUT];
};

// The bytes in pieces of `piece`, what they hold in pieces of `room`.
static void unzip(struct str bytes, size_t piece, size_t room, struct outcome *o)
{
	static struct arena a;
	struct err e = { 0 };
	struct zip *z;
	size_t before;

	if (a.start == NULL)
		arena_init(&a, ZIP_MEMORY);
	z = zip_open(&a);
	assert(z != NULL);
	o->n = 0;
	o->ok = true;
	o->whole = false;
	do {
		struct str in = str_first(bytes, piece), left = in;
		char *copy = malloc(in.n + 1);

		assert(copy != NULL);
		memcpy(copy, in.p, in.n);
		left.p = copy;
		before = o->n;
		while (o->ok) {
			size_t most = room < MAX_OUT - o->n ? room : MAX_OUT - o->n, had = left.n;
			struct buf out = { .p = o->bytes + o->n, .cap = most };

			o->ok = zip_more(z, &left, &out, &o->whole, &e);
			assert(out.n <= most && left.n <= had && !out.over);
			o->n += out.n;
			if (most == 0 || (out.n == 0 && left.n == had))
				break;
		}
		assert(!o->ok || left.n == 0 || o->n == MAX_OUT);
		free(copy);
		str_skip(&bytes, in.n);
	} while (o->ok && o->n < MAX_OUT && (bytes.n > 0 || o->n > before));
	o->kind = o->ok ? ERR_NONE : e.kind;
	assert(o->ok || (e.kind == ERR_INPUT && e.text[0] != '\0'));
	arena_back(&a, a.start);
}

// In one piece and in pieces the same comes of it.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct outcome whole, pieces;
	struct str s;

	if (n < HEAD)
		return 0;
	s = (struct str){ (const char *)p + HEAD, n - HEAD };
	unzip(s, SIZE_MAX, SIZE_MAX, &whole);
	unzip(s, 1 + p[0], 1 + 16 * (size_t)p[1], &pieces);
	if (whole.n == MAX_OUT || pieces.n == MAX_OUT)
		return 0;
	assert(whole.ok == pieces.ok && whole.kind == pieces.kind && whole.whole == pieces.whole);
	assert(!whole.ok ||
	       (whole.n == pieces.n && memcmp(whole.bytes, pieces.bytes, whole.n) == 0));
	return 0;
}
