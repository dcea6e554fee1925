#include "codec/wire/ask.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static char room[2 * ASK_MAX_MESSAGE];

// What can be read is written as the same bytes.
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str message = { (const char *)p, n };
	struct buf b = BUF_ON(room);
	struct ask_answer answer;
	struct ask ask;
	uint64_t done, all;

	if (n > ASK_MAX_MESSAGE)
		return 0;
	if (ask_read(message, &ask)) {
		ask_write(&b, &ask);
		assert(!b.over && b.n == n && ask_read(buf_view(&b), &ask));
	} else if (ask_read_answer(message, &answer)) {
		ask_write_answer(&b, &answer);
		assert(str_eq(buf_view(&b), message));
	} else if (ask_read_progress(message, &done, &all)) {
		ask_write_progress(&b, done, all);
		assert(str_eq(buf_view(&b), message));
	}
	return 0;
}
