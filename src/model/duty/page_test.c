#include "base/attr.h"
#include "base/test.h"
#include "model/duty/page.h"

TEST("page: who is on duty first, by each of their ways, then the next, until all were")
{
	const struct page_plan p = { .people = 3,
				     .channels = { 2, 0, 1 },
				     .turn = 15 * TIME_MINUTE };
	static const struct {
		unsigned person, channel;
		int64_t minutes;
	} rows[] = { { 0, 0, 5 }, { 0, 1, 10 }, { 2, 0, 30 }, { 0, 0, 5 } };
	struct page_turn t;

	for (unsigned i = 0; i < COUNTOF(rows); i++) {
		CHECK(page_turn(&p, i, &t));
		CHECK(t.person == rows[i].person && t.channel == rows[i].channel);
		CHECK(t.wait == rows[i].minutes * TIME_MINUTE);
	}
	CHECK(page_turn(&p, 3 * PAGE_ROUNDS - 1, &t) && !page_turn(&p, 3 * PAGE_ROUNDS, &t));
}

TEST("page: many ways share a turn, so that the next officer is asked in time")
{
	const struct page_plan p = { .people = 2, .channels = { 4, 1 }, .turn = 8 * TIME_MINUTE };
	struct page_turn t;
	int64_t at = 0;

	for (unsigned i = 0; i < 4; i++) {
		CHECK(page_turn(&p, i, &t) && t.person == 0);
		at += t.wait;
	}
	CHECK(at == 8 * TIME_MINUTE);
	CHECK(page_turn(&p, 4, &t) && t.person == 1);
}

TEST("page: nobody can be woken where nobody has a way")
{
	struct page_turn t;

	CHECK(!page_turn(&(struct page_plan){ .people = 1, .turn = TIME_MINUTE }, 0, &t));
	CHECK(!page_turn(&(struct page_plan){ .turn = TIME_MINUTE }, 0, &t));
}

TEST("page: a channel is a way and what stands behind it")
{
	static const char *const good[] = { "mail:a@b.example", "hook:https://a.example/x",
					    "sms:+31 6 555 0001", "voice: 0031655500011" };
	static const char *const bad[] = {
		"",       "mail",     "mail:",        "fax:1234",
		"sms:12", "sms:a123", "voice:+12+34", "sms:1234567890123456"
	};
	enum page_way way;
	struct str address;

	for (unsigned i = 0; i < COUNTOF(good); i++)
		CHECK(page_channel_read(str_of(good[i]), &way, &address) && way == i &&
		      address.n > 0);
	for (unsigned i = 0; i < COUNTOF(bad); i++)
		CHECK(!page_channel_read(str_of(bad[i]), &way, &address));
}
