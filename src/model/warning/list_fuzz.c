// A list, read, built into a set and asked: whatever the bytes, entries are counted as
// refused or can be found again.
#include "model/warning/hold.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 256 << 20, MOST = 64 }; // entries asked for

static enum warning_kind kind_of(const struct warning_list *list)
{
	return list->type == WARNING_CIDR ? OF_ADDRESS : OF_NAME;
}

static void ask_again(const struct warnings *x, const struct warning_list *list, struct arena *a)
{
	struct warning_hit hit[WARNING_MAX_HITS];
	struct warning_value v;

	for (size_t i = 0; i < list->entries.count && i < MOST; i++) {
		struct str text = str_trim(list->entries.at[i]);

		// Other types compare texts, and a value is not always spelled as it came.
		if ((list->type != WARNING_CIDR && list->type != WARNING_HOSTNAME) ||
		    str_has_prefix(text, S("*.")) ||
		    !warning_value_read(kind_of(list), text, NULL, a, &v))
			continue;
		assert(warnings_find(x, &v, 0, hit) == 1);
	}
}

static void policy(struct str s, struct arena *a)
{
	struct warning_policy policy;
	struct err e = { 0 };

	if (warning_policy_read(s, a, &policy, &e))
		LIST_EACH (const struct warning_named_row, r, &policy.rows)
			assert(warning_policy_row(&policy, r->name) == &r->row);
	else
		assert(e.kind == ERR_CONFIG);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct warning_engine none = { 0 };
	struct warning_list list;
	struct warnings *x;
	struct err e = { 0 };
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	policy(s, &a);
	if (!warning_list_read(s, &a, &list, &e)) {
		assert(e.kind == ERR_INPUT || e.kind == ERR_LIMIT);
		return 0;
	}
	assert(warnings_build(&list, 1, &none, &a, &x, &e));
	assert(list.refused <= list.entries.count + n);
	ask_again(x, &list, &a);
	return 0;
}
