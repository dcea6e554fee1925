#include "codec/mail/certificate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str der = { (const char *)data, size }, key;

	if (certificate_key(der, &key) &&
	    (key.n < 2 || key.p < der.p || key.p + key.n > der.p + der.n))
		abort();
	return 0;
}
