// The way from a request to what was typed: a path, and behind the first line a form.
#include "ui/web/answer_form.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ROOM = 8 << 20 };

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
	struct str rest = { (const char *)p, n }, path = str_cut(&rest, '\n'), part;
	const char *allow = NULL;

	for (size_t i = 0; i < 3; i++) {
		static const struct str methods[] = { { "GET", 3 }, { "POST", 4 }, { "HEAD", 4 } };
		const struct web_route *r = web_route_find(methods[i], path, &part, &allow);

		assert(r == NULL || (part.n <= WEB_PART && !str_has(part, '/')));
		assert(r == NULL || i == 1 || r->store != WEB_CHANGES);
	}
	if (rest.n <= WEB_BODY)
		read_form(rest);
	return 0;
}
