#include "base/test.h"
#include "base/time.h"
#include "model/web/toll.h"

TEST("toll: so many at once, then one by one; another address and another thing have their own")
{
	static struct tolls t = { .salt = 7 };
	struct toll_ask ask = { .who = { 0, 1 }, .what = 1, .a_minute = 10, .now = TIME_DAY };
	struct toll_ask other = ask, thing = ask;

	other.who.low = 2;
	thing.what = 2;
	for (unsigned i = 0; i < 10; i++)
		CHECK(toll_look(&t, &ask) == 0 && toll_take(&t, &ask) == 0);
	CHECK(toll_look(&t, &ask) == 6 && toll_take(&t, &ask) == 6);
	CHECK(toll_take(&t, &other) == 0 && toll_take(&t, &thing) == 0);
	ask.now += 6 * TIME_SECOND;
	CHECK(toll_take(&t, &ask) == 0 && toll_take(&t, &ask) > 0);
	ask.now += TIME_HOUR;
	for (unsigned i = 0; i < 10; i++)
		CHECK(toll_take(&t, &ask) == 0);
	CHECK(toll_take(&t, &ask) > 0);
}

TEST("toll: a crowd of others does not free one who did much")
{
	static struct tolls t;
	struct toll_ask ask = { .who = { 5, 5 }, .what = 1, .a_minute = 5, .now = TIME_DAY };

	for (unsigned i = 0; i < 5; i++)
		CHECK(toll_take(&t, &ask) == 0);
	for (uint64_t i = 0; i < 100000; i++) {
		struct toll_ask one = ask;

		one.who = (struct address){ 9, i };
		CHECK(toll_take(&t, &one) == 0);
	}
	CHECK(toll_look(&t, &ask) > 0);
}
