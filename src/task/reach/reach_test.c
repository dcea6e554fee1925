#include "base/test.h"
#include "base/time.h"
#include "model/reach/reach.h"
#include "store/answer.h"
#include "store/contact.h"
#include "store/desk.h"
#include "store/member.h"
#include "store/retention.h"
#include "store/store.h"
#include "task/answer/answer.h"
#include "task/reach/reach.h"

enum { ROOM = 4 << 20 };
static const int64_t NOW = 20000 * TIME_DAY + 10 * TIME_HOUR; // 2024-10-04, a Friday

struct play {
	struct arena a;
	struct db *d;
	int64_t member;
};

static void contact(struct play *p, struct str mail, const char *role, unsigned place)
{
	struct contact c = { .name = S(""), .role = str_of(role), .mail = mail, .order = place };
	struct err e = { 0 };

	CHECK(contact_put(p->d, p->member, &c, &e));
}

static void begin_play(struct play *p)
{
	struct member m = { .slug = S("m1"), .name = S("First"), .until = TIME_NEVER };
	struct telling t = { .mode = TELL_ON };
	struct err e = { 0 };

	*p = (struct play){ 0 };
	arena_init(&p->a, ROOM);
	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, NOW, &p->d, &e));
	CHECK(member_put(p->d, &m, &e) && telling_set(p->d, &t, &e));
	p->member = m.id;
	contact(p, S("soc@m1.example"), "security", 1);
	contact(p, S("SOC@m1.example"), "technical", 2); // the same
	contact(p, S("ciso@m1.example"), "security", 3);
	contact(p, S(""), "board", 4);
}

static void end_play(struct play *p)
{
	db_close(p->d);
	arena_done(&p->a);
}
#define autoplay CLEANUP(end_play) struct play

static int64_t by_clock(struct play *p, int64_t now)
{
	struct composed made;
	struct err e = { 0 };

	CHECK(reach_quarter(p->d, now, &made, &e));
	return made.deliveries;
}

// How many were asked; -1: it was refused.
static int64_t by_officer(struct play *p, int64_t now, struct str member)
{
	const struct reach_asking w = { now, member };
	struct composed made;
	struct err e = { 0 };

	if (reach_ask(p->d, &w, &made, &e))
		return made.deliveries;
	CHECK(e.kind == ERR_CONFLICT);
	return -1;
}

static void arrive(struct play *p, int64_t delivery, int64_t at, enum delivery_state state)
{
	struct delivery_row x;
	struct err e = { 0 };

	CHECK(delivery_by_id(p->d, delivery, &p->a, &x, &e));
	x.state = state;
	x.changed = at;
	CHECK(delivery_become(p->d, &x, &e));
}

static int64_t silent(struct play *p, int64_t now, int64_t *since)
{
	autorows r = NULL;
	struct desk_row x;
	struct err e = { 0 };
	int64_t count = 0;

	CHECK(desk_list(p->d, now, 1u << DESK_REACH, &r, &e));
	while (desk_next(r, &x, &e)) {
		CHECK(x.kind == DESK_REACH && x.thing == p->member && count == 0);
		count = x.number;
		*since = x.since;
	}
	CHECK(e.kind == ERR_NONE);
	return count;
}

TEST("reach: each address of a member is asked once a quarter, a new one at the next hour")
{
	const struct telling off = { .mode = TELL_OFF }, shadow = { .mode = TELL_SHADOW };
	autoplay p;
	struct message_row m;
	struct err e = { 0 };

	begin_play(&p);
	CHECK(by_clock(&p, NOW) == 2);
	CHECK(message_by_id(p.d, 1, &p.a, &m, &e) && m.kind == MESSAGE_TEST);
	CHECK(m.round == 20244 && m.deliveries == 2);
	CHECK(m.due > NOW + 2 * TIME_DAY && m.due < NOW + 3 * TIME_DAY); // Monday at nine
	CHECK(by_clock(&p, NOW) == 0 && by_clock(&p, NOW + 80 * TIME_DAY) == 0);
	contact(&p, S("new@m1.example"), "duty", 5);
	CHECK(by_clock(&p, NOW + 81 * TIME_DAY) == 1);
	CHECK(by_clock(&p, NOW + 90 * TIME_DAY) == 3 && by_clock(&p, NOW + 91 * TIME_DAY) == 0);
	contact(&p, S("newer@m1.example"), "duty", 6);
	CHECK(telling_set(p.d, &off, &e) && by_clock(&p, NOW + 92 * TIME_DAY) == 0);
	CHECK(telling_set(p.d, &shadow, &e) && by_clock(&p, NOW + 92 * TIME_DAY) == 0);
}

TEST("reach: an officer asks now, nobody twice within a day, and not where nothing leaves")
{
	const struct telling off = { .mode = TELL_OFF };
	autoplay p;
	struct err e = { 0 };

	begin_play(&p);
	CHECK(by_officer(&p, NOW, S("m2")) == 0);
	CHECK(by_officer(&p, NOW, S("m1")) == 2);
	CHECK(by_officer(&p, NOW + 23 * TIME_HOUR, S("")) == 0);
	CHECK(by_clock(&p, NOW + TIME_DAY) == 0); // it is the quarter's
	CHECK(by_officer(&p, NOW + 25 * TIME_HOUR, S("")) == 2);
	CHECK(telling_set(p.d, &off, &e) && by_officer(&p, NOW + 60 * TIME_HOUR, S("")) == -1);
}

static void put_link(struct play *p, int64_t delivery, struct str token)
{
	unsigned char sum[DIGEST_BYTES];
	const struct answer_link l = { .token = { (char *)sum, sizeof sum },
				       .delivery = delivery,
				       .code = S(""),
				       .expires = NOW + ANSWER_LINK_DAYS * TIME_DAY };
	struct err e = { 0 };

	answer_digest(token, sum);
	CHECK(answer_link_add(p->d, &l, &e));
}

static bool press(struct play *p, struct str token, int64_t now, bool *doubted)
{
	struct reach_page page;
	struct err e = { 0 };

	return reach_open(p->d, token, now, &p->a, &page, &e) &&
	       reach_press(p->d, &page, now, doubted, &e);
}

TEST("reach: a link says yes once, but for what a machine presses, and opens nothing else")
{
	const int64_t there = NOW + TIME_HOUR;
	struct answer_page answers;
	struct reach_page page;
	autoplay p;
	struct err e = { 0 };
	bool doubted = false;

	begin_play(&p);
	CHECK(by_officer(&p, NOW, S("")) == 2);
	arrive(&p, 1, there, DELIVERY_ARRIVED);
	put_link(&p, 1, S("one"));
	CHECK(press(&p, S("one"), there + 5 * TIME_SECOND, &doubted) && doubted);
	CHECK(press(&p, S("one"), there + 9 * TIME_SECOND, &doubted) && doubted);
	CHECK(reach_open(p.d, S("one"), there, &p.a, &page, &e) && page.is.confirmed == 0);
	CHECK(press(&p, S("one"), there + 30 * TIME_SECOND, &doubted) && !doubted);
	CHECK(press(&p, S("one"), there + TIME_DAY, &doubted) && !doubted);
	CHECK(reach_open(p.d, S("one"), there, &p.a, &page, &e));
	CHECK(page.is.confirmed == there + 30 * TIME_SECOND && str_eq(page.member, S("First")));
	CHECK(!reach_open(p.d, S("two"), there, &p.a, &page, &e) && e.kind == ERR_ABSENT);
	e = (struct err){ 0 };
	CHECK(!answer_open(p.d, S("one"), there, &p.a, &answers, &e) && e.kind == ERR_ABSENT);
	e = (struct err){ 0 };
	CHECK(!reach_open(p.d, S("one"), NOW + (ANSWER_LINK_DAYS + 1) * TIME_DAY, &p.a, &page, &e));
}

TEST("reach: the desk has a member of whose security contacts nobody said yes for two weeks")
{
	const int64_t late = NOW + REACH_DAYS * TIME_DAY;
	int64_t since = 0;
	autoplay p;
	struct err e = { 0 };

	begin_play(&p);
	CHECK(silent(&p, late, &since) == 0); // nobody was asked
	CHECK(by_officer(&p, NOW, S("")) == 2);
	arrive(&p, 1, NOW, DELIVERY_ARRIVED);
	arrive(&p, 2, NOW + TIME_HOUR, DELIVERY_REFUSED);
	CHECK(silent(&p, late - 1, &since) == 0);
	CHECK(silent(&p, late, &since) == 1 && since == late);
	CHECK(silent(&p, late + TIME_HOUR, &since) == 2 && since == late);
	// Asked anew it stays there; one word of one of them takes it away.
	CHECK(by_officer(&p, late, S("")) == 2);
	CHECK(silent(&p, late + TIME_HOUR, &since) == 2);
	CHECK(reach_confirm(p.d, 3, late + TIME_HOUR, BY_MAIL, &e));
	CHECK(silent(&p, late + TIME_HOUR, &since) == 0);
	// That word holds until it is asked again, and does not answer.
	CHECK(silent(&p, late + 50 * TIME_DAY, &since) == 0);
	CHECK(by_officer(&p, late + 60 * TIME_DAY, S("")) == 2);
	arrive(&p, 5, late + 60 * TIME_DAY, DELIVERY_ARRIVED);
	CHECK(silent(&p, late + 70 * TIME_DAY, &since) == 0);
	CHECK(silent(&p, late + 74 * TIME_DAY, &since) == 2);
}

TEST("reach: what is known of an address goes with it")
{
	const int64_t later = NOW + 500 * TIME_DAY;
	struct message_row m;
	struct reach_row is;
	autoplay p;
	struct err e = { 0 };

	begin_play(&p);
	CHECK(by_officer(&p, NOW, S("")) == 2 && reach_confirm(p.d, 1, NOW, BY_LINK, &e));
	CHECK(reach_drop(p.d, &e) && reach_of(p.d, 1, &is, &e) && is.confirmed == NOW);
	CHECK(message_by_id(p.d, 1, &p.a, &m, &e));
	m.state = MESSAGE_TOLD;
	CHECK(message_become(p.d, &m, &e) &&
	      retention_drop(p.d, &(struct retain_term){ .kind = RETAIN_MESSAGES, .now = later },
			     &e));
	CHECK(reach_drop(p.d, &e) && !reach_of(p.d, 1, &is, &e) && e.kind == ERR_NONE);
}
