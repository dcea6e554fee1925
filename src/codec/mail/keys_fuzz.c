// A mail of anybody's: whatever the bytes, the keys that are found in it are no more and no longer
// than the header says, and all of their bytes are there.
#include "codec/mail/keys.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 1 << 30 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct mail_keys found = { 0 };
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	mail_keys((struct str){ (const char *)p, n }, &a, &found);
	assert(found.at.count <= MAIL_KEYS_MOST);
	LIST_EACH (const struct str, key, &found.at) {
		assert(key->n <= n);
		assert(str_eq(arena_str(&a, *key), *key));
	}
	return 0;
}
