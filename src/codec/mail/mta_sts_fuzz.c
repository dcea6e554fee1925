#include "codec/mail/mta_sts.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = { (const char *)data, size }, id;
	struct sts_policy p;
	struct err e = { 0 };

	if (sts_record(s, &id) && (id.n == 0 || id.n > STS_MAX_ID))
		abort();
	if (sts_policy(s, &p, &e)) {
		if (p.mxs > STS_MAX_MX || p.max_age > STS_MAX_AGE)
			abort();
		for (unsigned i = 0; i < p.mxs; i++)
			if (!str_starts(p.mx[i], '*') && !sts_names(&p, p.mx[i]))
				abort();
		(void)sts_names(&p, str_first(s, 20));
	}
	return 0;
}
