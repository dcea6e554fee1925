// A table of what an older system told: whatever the bytes, each line is a row that can be asked
// what it meets, or says why it is none, and lines go on.
#include "model/notice/older.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { LIMIT = 256 << 20 };

static void check_row(const struct older_row *row, struct str all)
{
	assert(row->line > 0 && row->things <= OLDER_THINGS && row->port >= 0);
	assert(row->bad != NULL || row->told != TIME_EVER);
	for (size_t i = 0; i < row->things; i++)
		assert(row->thing[i].n > 0 && row->thing[i].n <= all.n);
	older_meets(row, S("198.18.1.7 tcp/443"));
	older_meets(row, S("2001:db8::/64"));
	assert(row->things == 0 || row->port != 0 || older_meets(row, row->thing[0]) ||
	       str_has(row->thing[0], ' '));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str s = { (const char *)p, n };
	struct older_words words;
	struct older o;
	struct err e = { 0 };
	autoarena a = { 0 };
	unsigned line = 0;

	arena_init(&a, LIMIT);
	if (older_words_read(s, &words, &a, &e))
		LIST_EACH (const struct older_word, w, &words.at)
			assert(older_issue(&words, w->theirs).n > 0);
	e = (struct err){ 0 };
	if (!older_read(s, &a, &o, &e)) {
		assert(e.kind == ERR_INPUT);
		return 0;
	}
	LIST_EACH (const struct older_row, row, &o.rows) {
		assert(row->line > line);
		line = row->line;
		check_row(row, s);
	}
	return 0;
}
