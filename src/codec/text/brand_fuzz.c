#include "codec/text/brand.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

// A key is the key of itself.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char key[BRAND_TEXT], again[BRAND_TEXT];
	size_t length = brand_key((struct str){ (const char *)p, n }, key);

	assert(length <= BRAND_TEXT);
	if (length > 0)
		assert(brand_key((struct str){ key, length }, again) == length &&
		       memcmp(key, again, length) == 0);
	return 0;
}
