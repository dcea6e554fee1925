// Any bytes as a mail: mended, it is longer by one byte at the most, and a part of it where nothing was.
#include "codec/mail/mime_mend.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str mail = { (const char *)data, size }, is;
	bool mended = false;
	autoarena a = { 0 };

	arena_init(&a, (size_t)1 << 26);
	is = mime_mend(mail, &a, &mended);
	assert(is.n <= size + 1);
	assert(mended || is.n == 0 || (is.p >= mail.p && is.p + is.n == mail.p + mail.n));
	return 0;
}
