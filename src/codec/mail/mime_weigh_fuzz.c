// Any bytes as a mail: what may be given to a reader is a beginning of it, whole lines, and is itself
// within all limits.
#include "codec/mail/mime_weigh.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str mail = { (const char *)data, size };
	struct mime_weight w, again;

	mime_weigh(mail, &w);
	assert(w.until <= size && (w.until == size || w.until == 0 || data[w.until - 1] == '\n'));
	assert(w.until < size || w.left_out == 0);
	mime_weigh(str_first(mail, w.until), &again);
	assert(again.until == w.until && again.left_out == 0);
	return 0;
}
