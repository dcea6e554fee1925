#include "codec/net/url.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void check_host(enum host_kind kind, const struct host *host)
{
	struct name again;

	assert(kind == host->kind);
	if (kind != HOST_NAME)
		return;
	assert(name_read(name_str(&host->name), NULL, &again));
	assert(str_eq(name_str(&host->name), name_str(&again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct host host;
	struct name domain;
	uint32_t asn;

	check_host(url_host(s, NULL, &host), &host);
	check_host(host_read(s, NULL, &host), &host);
	if (mail_domain(s, NULL, &domain))
		assert(str_has(s, '@') && domain.n > 0);
	if (asn_read(s, &asn))
		assert(asn > 0);
	return 0;
}
