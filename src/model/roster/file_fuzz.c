// Any bytes, in each form: a roster or remarks, never a crash; and what was read
// without remarks must also survive the check.
#include "model/roster/check.h"
#include "model/roster/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct check_rules rules;
	struct str bytes = { (const char *)data, size };

	for (unsigned form = 0; form < ROSTER_FORMS; form++) {
		static const struct roster nothing;
		struct roster_file file;
		struct remarks remarks = { 0 };
		struct asset_key *keys;
		autoarena a;

		arena_init(&a, (size_t)1 << 30);
		remarks.a = &a;
		roster_file_read(bytes, (enum roster_form)form, &a, &file, &remarks);
		roster_file_link(&file, &nothing, &a, &remarks);
		keys = arena_new(&a, struct asset_key, file.roster.assets.count);
		roster_check(&file.roster, &rules, &a, keys, &remarks);
	}
	return 0;
}
