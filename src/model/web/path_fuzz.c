#include "model/web/path.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str rest = { (const char *)p, n }, pattern, part;

	if (n == 0)
		return 0;
	pattern = str_cut(&rest, '\n');
	if (!path_fits(pattern, rest, &part))
		return 0;
	assert(part.n <= PATH_PART && !str_has(part, '/'));
	assert(part.n == 0 || str_has(pattern, '{'));
	assert(part.n == 0 || str_has_suffix(rest, part));
	return 0;
}
