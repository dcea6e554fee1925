#include "base/test.h"
#include "base/time.h"
#include "model/finding/life.h"

#define HOUR(n) ((int64_t)(n)*TIME_HOUR)

static struct life at(enum finding_state state, enum finding_end ended)
{
	return (struct life){ state, ended, HOUR(0), TIME_NEVER, 0 };
}

TEST("life: seen again, each state turns as RULES 3 and 4 say")
{
	static const struct {
		struct life from;
		struct life_seen seen;
		enum life_turn turn;
		enum finding_state to;
	} rows[] = {
		// time, last, news, strength, a new feed, a new vulnerability
		{ { FINDING_CANDIDATE, END_NONE, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_WEAK, false, false },
		  TURN_NONE,
		  FINDING_CANDIDATE },
		{ { FINDING_CANDIDATE, END_NONE, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_WEAK, true, false },
		  TURN_PROMOTED,
		  FINDING_OPEN },
		{ { FINDING_CANDIDATE, END_NONE, 0, 0, 0 },
		  { HOUR(5), HOUR(4), false, STRENGTH_WEAK, true, false },
		  TURN_NONE,
		  FINDING_CANDIDATE },
		{ { FINDING_CANDIDATE, END_NONE, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, false, false },
		  TURN_PROMOTED,
		  FINDING_OPEN },
		{ { FINDING_TOLD, END_NONE, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, false, false },
		  TURN_NONE,
		  FINDING_TOLD },
		{ { FINDING_CLAIMED, END_NONE, 0, 0, 0 },
		  { HOUR(24), HOUR(-1), true, STRENGTH_STRONG, false, false },
		  TURN_NONE,
		  FINDING_CLAIMED },
		{ { FINDING_CLAIMED, END_NONE, 0, 0, 0 },
		  { HOUR(25), HOUR(-1), true, STRENGTH_STRONG, false, false },
		  TURN_UNTRUE,
		  FINDING_OPEN },
		{ { FINDING_CLAIMED, END_NONE, 0, 0, 0 },
		  { HOUR(25), HOUR(26), true, STRENGTH_STRONG, false, false },
		  TURN_NONE,
		  FINDING_CLAIMED },
		{ { FINDING_CLOSED, END_FIXED, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, false, false },
		  TURN_REOPENED,
		  FINDING_OPEN },
		{ { FINDING_CLOSED, END_FIXED, 0, 0, 0 },
		  { HOUR(4), HOUR(4), true, STRENGTH_STRONG, false, false },
		  TURN_NONE,
		  FINDING_CLOSED }, // a replay
		{ { FINDING_CLOSED, END_FIXED, 0, 0, 0 },
		  { HOUR(5), HOUR(4), false, STRENGTH_STRONG, false, false },
		  TURN_NONE,
		  FINDING_CLOSED }, // no news
		{ { FINDING_CLOSED, END_REFUSED, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, true, false },
		  TURN_REFUSED,
		  FINDING_CLOSED },
		{ { FINDING_DISPUTED, END_NOT_OURS, 0, 0, 0 },
		  { HOUR(99), HOUR(4), true, STRENGTH_STRONG, true, false },
		  TURN_NONE,
		  FINDING_DISPUTED },
		{ { FINDING_ACCEPTED, END_NONE, 0, 0, 0 },
		  { HOUR(99), HOUR(4), true, STRENGTH_STRONG, true, false },
		  TURN_NONE,
		  FINDING_ACCEPTED },
		{ { FINDING_OPEN, END_NONE, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, false, true },
		  TURN_MORE,
		  FINDING_OPEN },
		{ { FINDING_ACKNOWLEDGED, END_NONE, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, false, true },
		  TURN_MORE,
		  FINDING_OPEN },
		{ { FINDING_ACCEPTED, END_NONE, 0, HOUR(200), 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, false, true },
		  TURN_MORE,
		  FINDING_OPEN },
		{ { FINDING_DISPUTED, END_NOT_OURS, 0, 0, 0 },
		  { HOUR(5), HOUR(4), true, STRENGTH_STRONG, false, true },
		  TURN_NONE,
		  FINDING_DISPUTED },
		{ { FINDING_VOID, END_NONE, 0, 0, 3 },
		  { HOUR(5), TIME_EVER, true, STRENGTH_WEAK, true, false },
		  TURN_ANEW,
		  FINDING_CANDIDATE },
		{ { FINDING_VOID, END_NONE, 0, 0, 3 },
		  { HOUR(5), TIME_EVER, false, STRENGTH_STRONG, true, false },
		  TURN_REFUSED,
		  FINDING_VOID },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct life l = rows[i].from;
		enum life_turn turn = life_see(&l, &rows[i].seen, HOUR(100));
		bool again = turn == TURN_REOPENED || turn == TURN_UNTRUE;

		if (turn != rows[i].turn || l.state != rows[i].to)
			printf("# row %zu\n", i);
		CHECK(turn == rows[i].turn && l.state == rows[i].to);
		CHECK(l.reopened == (turn == TURN_ANEW ? 0 : rows[i].from.reopened + again));
		CHECK(turn == TURN_NONE || turn == TURN_REFUSED || l.since == HOUR(100));
	}
}

TEST("life: an act is possible from the states of its row alone, and leads to its state")
{
	struct life l = at(FINDING_OPEN, END_NONE);

	CHECK(life_may(FINDING_OPEN, DO_CLAIM) && !life_may(FINDING_CLAIMED, DO_CLAIM));
	CHECK(!life_may(FINDING_OPEN, DO_PROMOTE) && life_may(FINDING_CANDIDATE, DO_PROMOTE));
	CHECK(life_may_be_false(CLASS_EXPOSED) && !life_may_be_false(CLASS_INFECTED));
	CHECK(!life_may(FINDING_CLOSED, DO_CLOSE) && !life_may(FINDING_OPEN, DO_CONFIRM));
	life_do(&l, &(struct life_doing){ DO_DISPUTE, END_NOT_OURS, 0, HOUR(1) });
	CHECK(l.state == FINDING_DISPUTED && l.ended == END_NOT_OURS);
	life_do(&l, &(struct life_doing){ DO_CONFIRM, END_NONE, 0, HOUR(2) });
	CHECK(l.state == FINDING_CLOSED && l.ended == END_NOT_OURS && l.since == HOUR(2));
	life_do(&l, &(struct life_doing){ DO_REOPEN, END_NONE, 0, HOUR(3) });
	CHECK(l.state == FINDING_OPEN && l.ended == END_NONE && l.reopened == 1);
	life_do(&l, &(struct life_doing){ DO_ACCEPT, END_NONE, HOUR(50), HOUR(4) });
	CHECK(l.state == FINDING_ACCEPTED && l.until == HOUR(50));
	life_do(&l, &(struct life_doing){ DO_REOPEN, END_NONE, 0, HOUR(5) });
	CHECK(l.state == FINDING_OPEN && l.until == TIME_NEVER && l.reopened == 1);
	l = at(FINDING_CANDIDATE, END_NONE);
	life_do(&l, &(struct life_doing){ DO_REFUSE, END_NONE, 0, HOUR(1) });
	CHECK(l.state == FINDING_CLOSED && l.ended == END_REFUSED);
}

TEST("life: what is taken back voids whatever state it is in, and makes only what is open a "
     "candidate")
{
	for (unsigned i = 0; i < FINDING_STATE_COUNT; i++) {
		enum finding_state s = (enum finding_state)i;
		struct life l = at(s, END_NONE);

		CHECK(life_may(s, DO_VOID) == (s != FINDING_VOID));
		CHECK(life_may(s, DO_RECALL) == (s == FINDING_OPEN));
		if (s == FINDING_VOID)
			continue;
		life_do(&l, &(struct life_doing){ DO_VOID, END_NONE, 0, HOUR(1) });
		CHECK(l.state == FINDING_VOID && l.since == HOUR(1));
	}
}

TEST("life: every class has an end, the words of ends and acts are read back")
{
	enum finding_end end;

	for (unsigned i = 0; i < ISSUE_CLASS_COUNT; i++) {
		const struct end_rule *r = life_end((enum issue_class)i);

		CHECK(r->by != ENDS_ABSENT || (r->clean > 0 && r->clean_udp >= r->clean));
		CHECK(r->by == ENDS_OFFICER || r->as != END_NONE);
	}
	CHECK(life_end(CLASS_EXPOSED)->clean == 2 && life_end(CLASS_EXPOSED)->clean_udp == 4);
	for (unsigned i = END_NONE + 1; i < FINDING_END_COUNT; i++)
		CHECK(finding_end_read(finding_end_word((enum finding_end)i, false), &end) &&
		      end == (enum finding_end)i && finding_end_word(end, true).n > 0 &&
		      finding_end_says(end).n > 0);
	CHECK(!finding_end_read(S(""), &end) && !finding_end_read(S("gone"), &end));
	for (unsigned i = 0; i < LIFE_ACT_COUNT; i++)
		CHECK(life_act_word((enum life_act)i).n > 0);
}
