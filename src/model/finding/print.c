#include "model/finding/print.h"

enum { EACH = 40 }; // of a hash more than enough to tell it from another

void print_write(struct buf *b, const struct event *event)
{
	static const char *const tells[] = {
		"product.version",        "extra.version",         "extra.sha256_fingerprint",
		"extra.sha1_fingerprint", "extra.md5_fingerprint",
	};

	for (size_t i = 0; i < COUNTOF(tells); i++) {
		struct str value = event_get(event, str_of(tells[i]));

		if (value.n == 0)
			continue;
		if (b->n > 0)
			buf_char(b, ' ');
		buf_str(b, str_first(value, EACH));
	}
}
