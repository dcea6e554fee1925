#include "model/answer/said.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ROOM = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct arena a;
	struct said s;

	if (a.start == NULL)
		arena_init(&a, ROOM);
	arena_empty(&a);
	s = said_read((struct str){ (const char *)p, n }, INT64_C(1795478400000000), &a);
	assert(s.at.count <= SAID_MOST && (s.anything || !s.clear));
	assert(s.reason.n <= ANSWER_REASON);
	for (size_t i = 0; i < s.at.count; i++)
		assert(s.at.at[i].answer < ANSWER_COUNT);
	return 0;
}
