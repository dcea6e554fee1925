#include "base/test.h"
#include "base/time.h"
#include "store/contact.h"
#include "store/job.h"
#include "store/member.h"
#include "store/store.h"
#include "task/tell/act.h"
#include "task/tell/alert.h"
#include "task/tell/seal.h"
#include "task/tell/send.h"

enum { NOW = 1000, ROOM = 1 << 20 };

struct play {
	struct arena a;
	struct db *d;
	struct message_row m;       // an alert to one member …
	struct delivery_row one[2]; // … and its two contacts
};

static void contact(struct play *p, int64_t member, const char *mail, const char *wishes)
{
	struct contact c = { .role = S("security"),
			     .mail = str_of(mail),
			     .wishes = str_of(wishes) };
	struct err e = { 0 };

	CHECK(contact_put(p->d, member, &c, &e));
}

static void read_again(struct play *p)
{
	struct err e = { 0 };

	CHECK(message_by_id(p->d, p->m.id, &p->a, &p->m, &e));
	for (unsigned i = 0; i < 2; i++)
		CHECK(delivery_by_id(p->d, p->one[i].id, &p->a, &p->one[i], &e));
}

static void send_alert(struct play *p, int64_t member)
{
	struct alert_row x = {
		.made = NOW, .who = S("o"), .tlp = S("GREEN"), .title = S("t"), .body = S("b")
	};
	struct audience to = { 0 };
	struct message_filter all = { .state = -1, .most = 1 };
	struct composed made;
	struct err e = { 0 };
	autorows r = NULL;

	*list_add(&to.members, &p->a) = member;
	CHECK(alert_send(p->d, &x, &to, &made, &e) && made.deliveries == 2);
	CHECK(message_list(p->d, &all, &r, &e) && message_next_row(r, &p->m, &e));
	db_end(TAKE(r, NULL));
	p->one[0].id = 1;
	p->one[1].id = 2;
	read_again(p);
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
	contact(p, m.id, "a@m1.example", "");
	contact(p, m.id, "b@m1.example", "also");
	send_alert(p, m.id);
}

static void end_play(struct play *p)
{
	db_close(p->d);
	arena_done(&p->a);
}
#define autoplay CLEANUP(end_play) struct play

// As the role `keys` leaves it.
static void seal(struct play *p, unsigned i)
{
	struct sealing s = { .end = SEALING_DONE,
			     .delivery = p->one[i],
			     .message = p->m,
			     .form = FORM_SIGNED,
			     .bytes = S("mail") };
	struct err e = { 0 };

	CHECK(seal_over(p->d, &s, NOW, &e));
	read_again(p);
}

static void act(struct play *p, enum message_act what)
{
	struct told_by by = { NOW, S("") };
	struct err e = { 0 };

	CHECK(tell_act(p->d, &p->m, what, &by, &e));
	read_again(p);
}

static enum sending_may load(struct play *p, unsigned i, struct sending *out)
{
	struct err e = { 0 };
	enum sending_may may;

	*out = (struct sending){ 0 };
	CHECK(sending_load(p->d, p->one[i].id, &p->a, out, &may, &e));
	return may;
}

static enum sending_may start(struct play *p, struct sending *s)
{
	struct err e = { 0 };
	enum sending_may may;

	CHECK(sending_begin(p->d, s, NOW, &p->a, &may, &e));
	read_again(p);
	return may;
}

static void over(struct play *p, struct sending *s, enum sending_end end)
{
	struct sending_result r = { .end = end, .said = S("so"), .now = NOW };
	struct err e = { 0 };

	CHECK(sending_over(p->d, s, &r, &e));
	read_again(p);
}

TEST("send: what has arrived is told, and its bytes are gone")
{
	autoplay p;
	struct sending s;
	struct err e = { 0 };
	struct str bytes;

	begin_play(&p);
	seal(&p, 0);
	CHECK(p.one[0].state == DELIVERY_SEALED && load(&p, 0, &s) == SENDING_MAY);
	CHECK(start(&p, &s) == SENDING_MAY && p.one[0].state == DELIVERY_BEGUN);
	over(&p, &s, SENDING_ARRIVED);
	CHECK(p.one[0].state == DELIVERY_ARRIVED && p.one[0].doubts == 0 &&
	      p.m.state == MESSAGE_WAITS);
	CHECK(!delivery_sealed(p.d, 1, &p.a, &bytes, &e) && e.kind == ERR_NONE);
	seal(&p, 1);
	CHECK(load(&p, 1, &s) == SENDING_MAY && start(&p, &s) == SENDING_MAY);
	over(&p, &s, SENDING_ARRIVED);
	CHECK(p.m.state == MESSAGE_TOLD);
}

TEST("send: one that somebody began and did not end is in doubt, and so is one without an answer")
{
	autoplay p;
	struct sending s;

	begin_play(&p);
	seal(&p, 0);
	CHECK(load(&p, 0, &s) == SENDING_MAY && start(&p, &s) == SENDING_MAY); // and dies
	CHECK(load(&p, 0, &s) == SENDING_MAY && start(&p, &s) == SENDING_MAY);
	CHECK(p.one[0].doubts == 1 && p.one[0].tries == 2);
	over(&p, &s, SENDING_DOUBT);
	CHECK(p.one[0].state == DELIVERY_SEALED && p.one[0].doubts == 2);
	CHECK(load(&p, 0, &s) == SENDING_MAY && start(&p, &s) == SENDING_MAY);
	over(&p, &s, SENDING_LATER);
	CHECK(p.one[0].doubts == 2 && p.one[0].state == DELIVERY_SEALED);
}

TEST("send: what an officer cancels while it is written, or while a way is looked for, does not "
     "leave")
{
	autoplay p;
	struct sending s;

	begin_play(&p);
	seal(&p, 0);
	CHECK(load(&p, 0, &s) == SENDING_MAY);
	act(&p, MESSAGE_CANCEL);
	CHECK(p.one[0].state == DELIVERY_CANCELLED && p.m.state == MESSAGE_CANCELLED);
	CHECK(start(&p, &s) == SENDING_GONE && p.one[0].state == DELIVERY_CANCELLED);
	seal(&p, 1); // it was being written
	CHECK(p.one[1].state == DELIVERY_CANCELLED && load(&p, 1, &s) == SENDING_GONE);
}

TEST("send: one that was on its way when it was cancelled is not tried again")
{
	autoplay p;
	struct sending s;

	begin_play(&p);
	seal(&p, 0);
	CHECK(load(&p, 0, &s) == SENDING_MAY && start(&p, &s) == SENDING_MAY);
	act(&p, MESSAGE_CANCEL);
	CHECK(p.one[0].state == DELIVERY_BEGUN && p.m.state == MESSAGE_WAITS);
	over(&p, &s, SENDING_LATER);
	CHECK(load(&p, 0, &s) == SENDING_TAKEN_BACK);
	over(&p, &s, SENDING_STOPPED);
	CHECK(p.one[0].state == DELIVERY_CANCELLED && p.m.state == MESSAGE_CANCELLED);
}

TEST("send: what an officer holds stays held when one of it arrives, and nothing of it leaves")
{
	autoplay p;
	struct sending s, other;

	begin_play(&p);
	seal(&p, 0);
	seal(&p, 1);
	CHECK(load(&p, 0, &s) == SENDING_MAY && start(&p, &s) == SENDING_MAY);
	CHECK(load(&p, 1, &other) == SENDING_MAY);
	act(&p, MESSAGE_HOLD);
	over(&p, &s, SENDING_ARRIVED);
	CHECK(p.one[0].state == DELIVERY_ARRIVED && p.m.state == MESSAGE_HELD);
	CHECK(start(&p, &other) == SENDING_HELD && p.one[1].state == DELIVERY_SEALED);
	act(&p, MESSAGE_SEND);
	CHECK(p.m.state == MESSAGE_WAITS && load(&p, 1, &other) == SENDING_MAY);
	CHECK(start(&p, &other) == SENDING_MAY);
	over(&p, &other, SENDING_ARRIVED);
	CHECK(p.m.state == MESSAGE_TOLD);
}

TEST("send: while all sending is held nothing begins")
{
	autoplay p;
	struct telling t = { .mode = TELL_ON, .stopped = NOW };
	struct sending s;
	struct err e = { 0 };

	begin_play(&p);
	seal(&p, 0);
	CHECK(load(&p, 0, &s) == SENDING_MAY);
	CHECK(tell_switch(p.d, &t, NOW, &e));
	CHECK(start(&p, &s) == SENDING_HELD && load(&p, 0, &s) == SENDING_HELD);
}

TEST("send: where the last contact refuses, an officer is asked")
{
	autoplay p;
	struct sending s;

	begin_play(&p);
	for (unsigned i = 0; i < 2; i++) {
		seal(&p, i);
		CHECK(load(&p, i, &s) == SENDING_MAY && start(&p, &s) == SENDING_MAY);
		over(&p, &s, SENDING_REFUSED);
		CHECK(p.one[i].state == DELIVERY_REFUSED);
	}
	CHECK(p.m.state == MESSAGE_FAILED);
	act(&p, MESSAGE_SPOKE);
	CHECK(p.m.state == MESSAGE_TOLD);
}
