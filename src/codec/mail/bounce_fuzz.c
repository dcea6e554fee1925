#include "codec/mail/bounce.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ROOM = 16 << 20 };

// The bytes as the text of a report, and as that of a daemon.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const types[] = { "message/delivery-status", "text/plain" };
	static struct arena a;

	if (a.start == NULL)
		arena_init(&a, ROOM);
	if (n > HEARD_TEXT)
		return 0;
	for (size_t i = 0; i < COUNTOF(types); i++) {
		struct heard_whole h = { 0 };
		struct bounce b;

		arena_empty(&a);
		h.field[HEARD_FROM] = S("MAILER-DAEMON@m1.example");
		h.field[HEARD_SUBJECT] = S("failure notice");
		*list_add(&h.parts, &a) = (struct heard_part){ .type = str_of(types[i]),
							       .parent = -1,
							       .text = { (const char *)p, n } };
		assert(bounce_read(&h, &a, &b) && b.of.count <= BOUNCE_RECIPIENTS);
		for (size_t k = 0; k < b.of.count; k++)
			assert(b.of.at[k].reason < BOUNCE_REASON_COUNT);
	}
	return 0;
}
