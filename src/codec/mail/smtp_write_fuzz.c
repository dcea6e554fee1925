#include "codec/mail/smtp_write.h"

#include <stdlib.h>

// What a server makes of a message that was let through: the lines, and where it ends.
static void receive(struct str sent, struct str message)
{
	while (sent.n > 0) {
		struct str line = str_cut(&sent, '\n'), was;

		if (str_eq(line, S(".\r"))) {
			if (sent.n > 0 || message.n > 0)
				abort(); // it ends before its end
			return;
		}
		was = str_cut(&message, '\n');
		if (str_starts(line, '.'))
			str_skip(&line, 1);
		if (!str_eq(line, was))
			abort();
	}
	abort(); // no end
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = { (const char *)data, size }, domain;
	struct smtp_body m = { .rest = s };
	struct err e;
	char *room = malloc(2 * size + 8);
	struct buf b = { .p = room, .cap = 2 * size + 8 };

	if (smtp_address(s, &domain, &e) && (str_has(s, '\n') || str_has(s, '\r') ||
					     str_has(s, '>') || domain.p + domain.n != s.p + s.n))
		abort();
	if (smtp_message(s, &e) && smtp_body_next(&m, &b))
		receive(buf_view(&b), s);
	free(room);
	return 0;
}
