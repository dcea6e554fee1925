#include "codec/mail/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = { (const char *)data, size };
	char room[512];
	struct buf b = BUF_ON(room);
	struct address a;
	struct mx mx;

	if (mx_read(s, &mx) && (mx.host.n > NAME_MAX_BYTES || mx.preference > 65535))
		abort();
	if (txt_read(s, &b) && b.n > size)
		abort();
	(void)!record_address(s, &a);
	return 0;
}
