#include "codec/mail/auth_results.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct auth_results r;
	struct str head = { (const char *)p, n };

	auth_results_read(head, S("mx.z.example"), &r);
	assert(r.there || (r.dmarc == AUTH_NONE && r.dkim == AUTH_NONE && r.spf == AUTH_NONE));
	assert(r.dmarc_from.n <= n && r.dkim_d.n <= n);
	assert(r.count <= AUTH_RESULTS);
	for (size_t i = 0; i < r.count; i++)
		assert(r.at[i].header_from.n + r.at[i].reason.n <= n &&
		       (r.said & 1u << r.at[i].method) != 0);
	auth_results_read(head, S(""), &r);
	assert(!r.there);
	return 0;
}
