#include "base/test.h"
#include "base/time.h"
#include "store/answer.h"
#include "store/contact.h"
#include "store/finding.h"
#include "store/life.h"
#include "store/member.h"
#include "store/store.h"
#include "task/answer/answer.h"

enum { ROOM = 4 << 20 };
static const int64_t NOW = 1000 * TIME_DAY;

struct play {
	struct arena a;
	struct db *d;
	struct message_row m;
	struct delivery_row x;
	char token[ANSWER_TOKEN], code[ANSWER_CODE];
};

static void contact(struct play *p, int64_t member, const char *mail, const char *role)
{
	struct contact c = { .name = S("n"), .role = str_of(role), .mail = str_of(mail) };
	struct err e = { 0 };

	CHECK(contact_put(p->d, member, &c, &e));
}

// F-number n of the one member, told of by the one mail.
static void finding(struct play *p, uint32_t n, enum issue_class class, enum severity severity)
{
	struct finding_row f = {
		.id = n,
		.number = n,
		.member = 1,
		.issue = S("exposed.rdp"),
		.seen = arena_fmt(&p->a, "198.51.100.%u tcp/3389", n),
		.class = class,
		.severity = severity,
		.life = { .state = FINDING_TOLD, .since = NOW, .until = TIME_NEVER },
		.first_seen = NOW,
		.last_seen = NOW,
		.sources = S("lab"),
		.held = S(""),
		.print = S(""),
	};
	struct err e = { 0 };
	bool taken;

	CHECK(finding_add(p->d, &f, &taken, &e) && !taken);
}

static void begin_play(struct play *p)
{
	struct member m = { .slug = S("m1"), .name = S("First"), .until = TIME_NEVER };
	struct telling t = { .mode = TELL_ON };
	struct err e = { 0 };
	bool taken;

	*p = (struct play){ 0 };
	arena_init(&p->a, ROOM);
	CHECK(store_open((struct db_place){ ":memory:", NULL }, STORE_MAKE, NOW, &p->d, &e));
	CHECK(member_put(p->d, &m, &e) && telling_set(p->d, &t, &e));
	contact(p, m.id, "soc@m1.example", "security");
	contact(p, m.id, "it@m1.example", "technical");
	finding(p, 1, CLASS_EXPOSED, SEVERITY_HIGH);
	finding(p, 2, CLASS_EXPOSED, SEVERITY_CRITICAL);
	finding(p, 3, CLASS_INFECTED, SEVERITY_HIGH);
	finding(p, 4, CLASS_EXPOSED, SEVERITY_HIGH); // of which the mail says nothing
	p->m = (struct message_row){
		.number = 7, .member = m.id, .made = NOW, .state = MESSAGE_TOLD
	};
	CHECK(message_add(p->d, &p->m, &taken, &e) && !taken);
	p->x = (struct delivery_row){ .message = p->m.id,
				      .contact = 2,
				      .address = S("it@m1.example"),
				      .state = DELIVERY_ARRIVED,
				      .made = NOW,
				      .changed = NOW,
				      .tag = S("tag") };
	CHECK(delivery_add(p->d, &p->x, &e) && delivery_become(p->d, &p->x, &e));
	CHECK(delivery_parts_set(p->d, p->x.id, (const int64_t[]){ 1, 2, 3 }, 3, &e));
	answer_token(p->token, p->code);
}

static void put_link(struct play *p)
{
	unsigned char sum[DIGEST_BYTES];
	struct answer_link l = { .token = { (char *)sum, sizeof sum },
				 .delivery = p->x.id,
				 .code = { p->code, sizeof p->code },
				 .expires = NOW + ANSWER_LINK_DAYS * TIME_DAY };
	struct err e = { 0 };

	answer_digest((struct str){ p->token, sizeof p->token }, sum);
	CHECK(answer_link_add(p->d, &l, &e));
}

static void end_play(struct play *p)
{
	db_close(p->d);
	arena_done(&p->a);
}
#define autoplay CLEANUP(end_play) struct play

static struct answer_from by_link(struct play *p, int64_t after)
{
	return (struct answer_from){ .way = BY_LINK,
				     .token = { p->token, sizeof p->token },
				     .now = NOW + after };
}

// What became of one answer; ANSWER_STATE_COUNT: nothing was done, *kind says why.
static enum answer_state give(struct play *p, const struct answer_from *from, struct answer_one one,
			      enum err_kind *kind)
{
	struct answers what = { &one, 1 };
	struct answer_done done;
	struct err e = { 0 };
	bool good = answer_give(p->d, from, &what, &done, &e);

	*kind = e.kind;
	return good ? done.state : ANSWER_STATE_COUNT;
}

static struct life life_of(struct play *p, uint32_t number)
{
	struct finding_row f;
	struct err e = { 0 };

	CHECK(finding_by_number(p->d, number, &p->a, &f, &e));
	return f.life;
}

static int64_t receipts(struct play *p)
{
	struct message_filter all = { .state = -1, .most = 100 };
	struct message_row m;
	struct err e = { 0 };
	autorows r = NULL;
	int64_t n = 0;

	CHECK(message_list(p->d, &all, &r, &e));
	while (message_next_row(r, &m, &e))
		n += m.kind == MESSAGE_RECEIPT ? m.deliveries : 0;
	return n;
}

enum { LATER = 10 * 60 };

TEST("answer: by link, \"fixed\" is a claim, with a receipt to security and to who answered")
{
	autoplay p;
	struct answer_from from;
	enum err_kind why;

	begin_play(&p);
	put_link(&p);
	from = by_link(&p, LATER * TIME_SECOND);
	CHECK(give(&p, &from,
		   (struct answer_one){ 1, ANSWER_FIXED, TIME_NEVER, S("patched"), S("") },
		   &why) == ANSWER_TAKEN);
	CHECK(life_of(&p, 1).state == FINDING_CLAIMED);
	CHECK(receipts(&p) == 2);
}

TEST("answer: what the mail did not tell of, a guessed link and an old one are all the same "
     "absence")
{
	autoplay p;
	struct answer_from from, guessed, old;
	struct answer_page page;
	struct err e = { 0 };
	enum err_kind why;

	begin_play(&p);
	put_link(&p);
	from = by_link(&p, LATER * TIME_SECOND);
	guessed = from;
	guessed.token = S("abcdefghijklmnopqrstuvwxyz");
	old = by_link(&p, (ANSWER_LINK_DAYS + 1) * TIME_DAY);
	CHECK(give(&p, &from, (struct answer_one){ 4, ANSWER_SEEN, TIME_NEVER, S(""), S("") },
		   &why) == ANSWER_STATE_COUNT &&
	      why == ERR_ABSENT);
	CHECK(give(&p, &guessed, (struct answer_one){ 1, ANSWER_SEEN, TIME_NEVER, S(""), S("") },
		   &why) == ANSWER_STATE_COUNT &&
	      why == ERR_ABSENT);
	CHECK(give(&p, &old, (struct answer_one){ 1, ANSWER_SEEN, TIME_NEVER, S(""), S("") },
		   &why) == ANSWER_STATE_COUNT &&
	      why == ERR_ABSENT);
	CHECK(!answer_open(p.d, guessed.token, NOW, &p.a, &page, &e) && e.kind == ERR_ABSENT);
	e = (struct err){ 0 };
	CHECK(answer_open(p.d, from.token, NOW, &p.a, &page, &e) && page.findings.count == 3);
	CHECK(page.findings.at[0].number == 2 && page.number == 7);
	LIST_EACH (const struct answer_finding, f, &page.findings)
		CHECK((f->class == CLASS_INFECTED) == ((f->may & 1u << ANSWER_FALSE_ALARM) == 0));
}

TEST("answer: what comes within two minutes of the mail is doubted, and believed when it comes "
     "again")
{
	autoplay p;
	struct answer_from robot, person;
	struct answer_one one = { 1, ANSWER_FIXED, TIME_NEVER, S(""), S("") };
	enum err_kind why;

	begin_play(&p);
	put_link(&p);
	robot = by_link(&p, 5 * TIME_SECOND);
	CHECK(give(&p, &robot, one, &why) == ANSWER_DOUBTED);
	CHECK(life_of(&p, 1).state == FINDING_TOLD && receipts(&p) == 0);
	robot = by_link(&p, 6 * TIME_SECOND);
	CHECK(give(&p, &robot, one, &why) == ANSWER_DOUBTED);
	person = by_link(&p, 40 * TIME_SECOND);
	CHECK(give(&p, &person, one, &why) == ANSWER_TAKEN);
}

TEST("answer: what comes from where machines press is doubted, however late, and believed when it "
     "comes again")
{
	autoplay p;
	struct answer_from robot, person;
	struct answer_one one = { 1, ANSWER_FIXED, TIME_NEVER, S(""), S("") };
	enum err_kind why;

	begin_play(&p);
	put_link(&p);
	robot = by_link(&p, TIME_DAY);
	robot.machines = true;
	CHECK(give(&p, &robot, one, &why) == ANSWER_DOUBTED &&
	      life_of(&p, 1).state == FINDING_TOLD);
	person = by_link(&p, TIME_DAY + 40 * TIME_SECOND);
	person.machines = true;
	CHECK(give(&p, &person, one, &why) == ANSWER_TAKEN);
}

TEST("answer: a dispute of something critical by link needs the letters of the mail")
{
	autoplay p;
	struct answer_from from;
	struct answer_one one = { 2, ANSWER_NOT_OURS, TIME_NEVER, S("gone since May"), S("0000") };
	enum err_kind why;

	begin_play(&p);
	put_link(&p);
	from = by_link(&p, LATER * TIME_SECOND);
	CHECK(give(&p, &from, one, &why) == ANSWER_STATE_COUNT && why == ERR_INPUT);
	CHECK(life_of(&p, 2).state == FINDING_TOLD);
	one.code = (struct str){ p.code, sizeof p.code };
	CHECK(give(&p, &from, one, &why) == ANSWER_TAKEN);
	CHECK(life_of(&p, 2).state == FINDING_DISPUTED);
}

TEST("answer: who answers each receipt by mail gets a few a day, and no more")
{
	autoplay p;
	struct answer_from from = { .way = BY_MAIL, .now = NOW + TIME_HOUR };
	struct answer_one one = { 1, ANSWER_SEEN, TIME_NEVER, S(""), S("") };
	enum err_kind why;
	int64_t after[6];

	begin_play(&p);
	from.delivery = p.x.id;
	for (size_t i = 0; i < COUNTOF(after); i++) {
		from.now += TIME_MINUTE;
		CHECK(give(&p, &from, one, &why) != ANSWER_STATE_COUNT);
		after[i] = receipts(&p);
	}
	CHECK(after[0] > 0 && after[2] == ANSWER_RECEIPTS * after[0] && after[5] == after[2]);
	from.now += TIME_DAY;
	CHECK(give(&p, &from, one, &why) != ANSWER_STATE_COUNT && receipts(&p) > after[5]);
}

TEST("answer: by mail without a signature \"fixed\" counts as seen, signed it is a claim")
{
	autoplay p;
	struct answer_from from = { .way = BY_MAIL, .now = NOW + TIME_HOUR };
	struct answer_one one = { 1, ANSWER_FIXED, TIME_NEVER, S(""), S("") };
	enum err_kind why;

	begin_play(&p);
	from.delivery = p.x.id;
	CHECK(give(&p, &from, one, &why) == ANSWER_WEAK);
	CHECK(life_of(&p, 1).state == FINDING_ACKNOWLEDGED);
	from.way = BY_SIGNED;
	CHECK(give(&p, &from, one, &why) == ANSWER_TAKEN);
	CHECK(life_of(&p, 1).state == FINDING_CLAIMED);
}

TEST("answer: a promise has a day, which is kept; an infection is no false alarm")
{
	autoplay p;
	struct answer_from from = { .way = BY_OFFICER, .who = S("o"), .now = NOW };
	struct answer_one one = { 1, ANSWER_WORKING, NOW + 3 * TIME_DAY, S(""), S("") };
	enum err_kind why;

	begin_play(&p);
	CHECK(give(&p, &from, one, &why) == ANSWER_TAKEN);
	CHECK(life_of(&p, 1).until == NOW + 3 * TIME_DAY);
	one.until = NOW + 5 * TIME_DAY; // and may be given anew
	CHECK(give(&p, &from, one, &why) == ANSWER_TAKEN);
	CHECK(life_of(&p, 1).until == NOW + 5 * TIME_DAY);
	one.until = NOW + 91 * TIME_DAY;
	CHECK(give(&p, &from, one, &why) == ANSWER_STATE_COUNT && why == ERR_INPUT);
	one = (struct answer_one){ 1, ANSWER_ACCEPTED, TIME_NEVER, S(""), S("") };
	CHECK(give(&p, &from, one, &why) == ANSWER_STATE_COUNT && why == ERR_INPUT);
	one = (struct answer_one){ 3, ANSWER_FALSE_ALARM, TIME_NEVER, S(""), S("") };
	CHECK(give(&p, &from, one, &why) == ANSWER_LATE);
	CHECK(life_of(&p, 3).state == FINDING_TOLD);
}

TEST("answer: of several of which one cannot be, none is taken, also in a transaction that goes on")
{
	autoplay p;
	struct answer_from from = { .way = BY_MAIL, .now = NOW + TIME_HOUR };
	const struct answer_one two[] = {
		{ 1, ANSWER_SEEN, TIME_NEVER, S(""), S("") },
		{ 2, ANSWER_WORKING, NOW + 400 * TIME_DAY, S(""), S("") },
	};
	struct answer_done done[COUNTOF(two)];
	struct answer_row last;
	struct err e = { 0 };

	begin_play(&p);
	from.delivery = p.x.id;
	CHECK(!answer_give(p.d, &from, &(struct answers){ two, COUNTOF(two) }, done, &e) &&
	      e.kind == ERR_INPUT);
	e = (struct err){ 0 };
	CHECK(life_of(&p, 1).state == FINDING_TOLD && receipts(&p) == 0);
	CHECK(!answer_last(p.d, 1, &p.a, &last, &e) && e.kind == ERR_NONE);
}

TEST("answer: the last one is taken back, unless something came after")
{
	autoplay p;
	struct answer_from from;
	struct answer_from officer = { .way = BY_OFFICER, .who = S("o"), .now = NOW + TIME_DAY };
	struct err e = { 0 };
	enum err_kind why;

	begin_play(&p);
	put_link(&p);
	from = by_link(&p, LATER * TIME_SECOND);
	CHECK(give(&p, &from, (struct answer_one){ 1, ANSWER_FIXED, TIME_NEVER, S(""), S("") },
		   &why) == ANSWER_TAKEN);
	CHECK(answer_undo(p.d, &from, 1, &e) && life_of(&p, 1).state == FINDING_TOLD);
	CHECK(!answer_undo(p.d, &from, 1, &e) && e.kind == ERR_CONFLICT);
	e = (struct err){ 0 };
	CHECK(give(&p, &from, (struct answer_one){ 1, ANSWER_SEEN, TIME_NEVER, S(""), S("") },
		   &why) == ANSWER_TAKEN);
	CHECK(give(&p, &officer, (struct answer_one){ 1, ANSWER_FIXED, TIME_NEVER, S(""), S("") },
		   &why) == ANSWER_TAKEN);
	CHECK(answer_undo(p.d, &officer, 1, &e) && life_of(&p, 1).state == FINDING_ACKNOWLEDGED);
}
