// Any bytes as a mail: mended, it is no longer by more than a line, and there is nothing to mend in it
// but for a mark that stood behind a mark.
#include "codec/mail/mime_mend.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str mail = { (const char *)data, size }, is;
	bool mended = false, again = false;
	autoarena a = { 0 };

	arena_init(&a, (size_t)1 << 26);
	is = mime_mend(mail, &a, &mended);
	assert(is.n <= size + 1);
	mime_mend(is, &a, &again);
	assert(!again || !mended);
	return 0;
}
