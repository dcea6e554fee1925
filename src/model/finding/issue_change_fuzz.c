// A table of issues, edited: whatever the bytes, it is refused with a line, or each row that is
// different is one of the table's, once, and asked for by its id is what the file says.
#include "model/finding/issue_change.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct issue_changes changes;
	struct err e = { 0 };
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	if (!issue_changes_read(s, &a, &changes, &e)) {
		assert(e.kind == ERR_INPUT || e.kind == ERR_LIMIT);
		return 0;
	}
	LIST_EACH (const struct issue_change, c, &changes.at) {
		assert(issue_find(c->was->id) == c->was);
		assert(issue_changed(&changes, c->was->id) == &c->is);
		assert(c->is.class != c->was->class || c->is.severity != c->was->severity);
	}
	return 0;
}
