#include "base/utf8.h"
#include "codec/intel/stix_pattern.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void check(const struct stix_pattern *out)
{
	unsigned alone = 0, together = 0;

	LIST_EACH (const struct stix_comparison, c, &out->comparisons) {
		assert(c->type.n > 0 && c->path.n > 0 && c->path.n <= STIX_MAX_PATH);
		assert(utf8_is(c->value));
		assert(c->observation < out->observations && c->term < out->terms);
		assert(c->use == STIX_FACT || c->selects != STIX_NOTHING);
		assert((c->use == STIX_TOGETHER) == (c->group != 0) && c->group <= out->groups);
		assert(!c->narrowed || c->use != STIX_FACT || c->selects == STIX_NOTHING);
		assert(c->how == STIX_EXISTS || c->literal != STIX_NO_LITERAL);
		alone += c->use == STIX_ALONE;
		together += c->use == STIX_TOGETHER;
	}
	assert(alone == out->alone && together == out->together);
	LIST_EACH (const struct stix_qualifier, q, &out->qualifiers)
		assert(q->from < q->to && q->to <= out->observations && q->first.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct stix_pattern out = { 0 };
	struct err e = { 0 };
	autoarena a = { 0 };

	arena_init(&a, STIX_MAX_MEMORY);
	if (stix_pattern_read((struct str){ (const char *)p, n }, &a, &out, &e))
		check(&out);
	else
		assert((e.kind == ERR_INPUT || e.kind == ERR_LIMIT) && out.terms == 0);
	return 0;
}
