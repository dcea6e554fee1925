#include "ui/web/answer_form.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ROOM = 8 << 20, MOST = 64 << 10 };

static void read_form(struct str body)
{
	autoarena a = { 0 };
	struct answer_page page = { .number = 1 };
	struct typed_all all;
	struct err e = { 0 };
	size_t chosen = 0;

	arena_init(&a, ROOM);
	for (uint32_t i = 1; i <= 3; i++)
		*list_add(&page.findings, &a) =
			(struct answer_finding){ .number = i, .may = ~0u, .code = ~0u };
	if (!typed_read(body, &page, INT64_C(1700000000000000), &a, &all, &e)) {
		assert(e.kind == ERR_INPUT || e.kind == ERR_LIMIT);
		return;
	}
	for (size_t i = 0; i < all.n; i++) {
		assert(all.at[i].reason.n <= ANSWER_REASON);
		assert(all.at[i].bad_day || all.at[i].day > INT64_C(1700000000000000));
		chosen += all.at[i].answer != ANSWER_COUNT;
	}
	assert(chosen == all.chosen);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (n <= MOST)
		read_form((struct str){ (const char *)p, n });
	return 0;
}
