// A feed file of any bytes is read or refused, and what was read makes an event.
#include "model/feed/feed.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void make(const struct feed_type *t, struct arena *a)
{
	static const struct str name[] = { { "a", 1 }, { "b", 1 }, { "c d", 3 } };
	static const struct str text[] = { { "192.0.2.1:80,x", 14 },
					   { "hxxp://a[.]b/1", 14 },
					   { "2026-03-02 04:05", 16 } };
	struct event_row row = { .text = text, .n = 3 };
	struct event ev = { 0 };

	event_make(event_plan(t, name, 3, NULL, a), &row, a, &ev);
	for (size_t i = 0; i < ev.fields.count; i++)
		assert(ev.fields.at[i].key.n > 0 && ev.fields.at[i].value.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	autoarena a = { 0 };
	struct feed f;
	struct err e = { 0 };

	arena_init(&a, (size_t)256 << 20);
	if (n > 64 << 10)
		return 0;
	if (!feed_read(S("t"), (struct str){ (const char *)data, n }, &a, &f, &e)) {
		assert(e.kind == ERR_CONFIG || e.kind == ERR_INPUT);
		return 0;
	}
	for (size_t i = 0; i < f.types.count && i < 4; i++)
		make(&f.types.at[i], &a);
	return 0;
}
