// Wishes as a roster has them, and a finding that a mandate may hold: whatever is read, no wish
// silences what is critical, and the moment at which mail may come is one.
#include "base/time.h"
#include "model/notice/wish.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	static const int64_t now = INT64_C(1772447400) * TIME_SECOND;
	struct str all = { (const char *)bytes, n }, written = { 0 };
	struct mandate_case c = { S("exposed.rdp"), S("192.0.2.0/24"), S("192.0.2.7 tcp/3389") };
	struct str left = all;
	struct err e = { 0 };
	struct wish w;

	wish_read(all, &w);
	for (size_t before = n + 1; !wish_check(&left, &e); before = left.n)
		assert(e.kind == ERR_INPUT && left.n < before);
	assert(wish_wants(&w, MESSAGE_DIGEST, SEVERITY_CRITICAL));
	assert(wish_wants(&w, MESSAGE_REMINDER, SEVERITY_CRITICAL));
	assert(wish_wants(&w, MESSAGE_CRITICAL, SEVERITY_LOW));
	assert(wish_arrives(&w, now) >= now && wish_arrives(&w, now) < now + 9 * TIME_DAY);
	assert(wish_digest(&w, now) >= now && wish_digest(&w, now) < now + 16 * TIME_DAY);
	assert(wish_arrives(&w, wish_arrives(&w, now)) == wish_arrives(&w, now));
	if (wish_mandates(all, &c, now, &written))
		assert(written.n > 0 && written.p >= all.p && written.p + written.n <= all.p + n);
	for (unsigned i = 0; i < WISH_COUNT; i++)
		assert(wish_written(all, (enum wish_word)i).n <= n);
	return 0;
}
