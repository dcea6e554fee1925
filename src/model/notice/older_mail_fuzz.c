// What an older system sent, whatever it is: it is read to its end, and each row can be asked what
// it meets or says why it is none.
#include "model/notice/older_mail.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 1 << 30 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct older_words words;
	struct older o;
	struct err e = { 0 };
	autoarena a = { 0 };
	unsigned line = 0;

	arena_init(&a, LIMIT);
	if (!older_words_read(S("open-rdp = exposed.rdp\n"), &words, &a, &e))
		assert(false);
	if (!older_read_any(s, &words, &a, &o, &e)) {
		assert(e.kind == ERR_INPUT);
		return 0;
	}
	LIST_EACH (const struct older_row, row, &o.rows) {
		assert(row->line >= line && row->things <= OLDER_THINGS);
		assert(row->bad != NULL || row->told != TIME_EVER);
		assert(!row->spotted || row->things == 1);
		line = row->line;
		older_meets(row, S("198.18.1.7 tcp/443"));
	}
	return 0;
}
