#include "base/test.h"
#include "base/time.h"
#include "model/retention/retention.h"

TEST("retention: every term has a purpose and a ground, and a word of its own")
{
	for (unsigned i = 0; i < RETAIN_COUNT; i++) {
		const struct retention *r = &retentions[i];

		CHECK(r->days > 0 && strlen(r->what) > 8 && strlen(r->from) > 8);
		CHECK(strlen(r->purpose) > 8 && strlen(r->ground) > 8);
		for (unsigned k = 0; k < i; k++)
			CHECK(strcmp(r->word, retentions[k].word) != 0);
	}
}

TEST("retention: secrets are kept for 30 days (RULES 10), and accounts no longer")
{
	int64_t now = 1000 * TIME_DAY;

	CHECK(retention_before(RETAIN_SEALED, now) == 970 * TIME_DAY);
	CHECK(retentions[RETAIN_ACCOUNTS].days <= retentions[RETAIN_SEALED].days);
}
