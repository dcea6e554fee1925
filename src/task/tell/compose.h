// From what is to be told (the rows of task/tell/plan.h) to what leaves: a message for each
// member and urgency that is due, a delivery of it for each contact, and the job that seals it.
// In the transaction in which it came to be due, so that none is lost and none doubled.
#pragma once

#include "store/message.h"
#include "store/wish.h"
#include "task/draw.h"

enum { COMPOSE_CONTACTS = 64 }; // of one member that are looked at

struct composed {
	int64_t messages, deliveries;
	int64_t unreachable; // messages to members whom no mail reaches: an officer is asked
};

// One occasion of making some. In a transaction of the caller's.
struct composing {
	struct db *d;
	struct arena *a;
	int64_t now, until; // until: of compose_until
	struct telling t;
	struct draw draw;
	struct composed *out;
};
bool compose_begin(struct composing *c, struct err *e) MUST_USE; // by d, a, now and out: sets t

// A message by member, kind, urgency, due (0: now), answer, thread, round, recall, alert and worst;
// what else it has is set.
bool compose_add(struct composing *c, struct message_row *m, struct err *e) MUST_USE;
// The part of it that is of the store alone, for a message that says itself when it was made and how
// it is: it gets a number that nobody has, a row, and its thread.
bool compose_number(struct db *d, struct draw *draw, struct message_row *m, struct err *e) MUST_USE;
// When a contact who wishes so gets it by mail: at once, where what is in it cannot wait.
int64_t compose_when(const struct message_row *m, const struct wish *w);
// To whom it goes (model/notice/message.h); `next`: also to the contact behind the first.
bool compose_deliver(struct composing *c, struct message_row *m, bool next, struct err *e) MUST_USE;
// The contacts of its member to whom it has not gone, in the order in which they are called.
struct contacts {
	struct reachable at[COMPOSE_CONTACTS];
	size_t count;
};
bool compose_contacts(struct composing *c, const struct message_row *m, struct contacts *out,
		      struct err *e) MUST_USE;
// To its people alone, and where it has none that mail reaches, to nobody.
bool compose_people(struct composing *c, struct message_row *m, struct err *e) MUST_USE;
// To this contact alone, whoever else the member has.
bool compose_to(struct composing *c, const struct message_row *m, const struct reachable *to,
		enum delivery_why why, struct err *e) MUST_USE;
// Is it to one of the member's own people, so that somebody else must be told where it fails? It is
// not where it goes to a machine, to a supplier, of a key to who has it, of ours, is a receipt, or asks whether it
// arrives.
bool compose_is_for_member(const struct delivery_row *x);
// One of its deliveries could not be: it goes to the next contact that has not got it, or an
// officer is asked.
bool compose_next(struct composing *c, struct message_row *m, struct err *e) MUST_USE;
// A delivery that nobody has begun to give away cannot go there any more, for a reason: likewise.
// What was sealed of it goes.
bool compose_lost(struct db *d, int64_t delivery, struct str why, int64_t now, struct err *e)
	MUST_USE;
// No machine is to carry it: an officer calls, and says so.
bool compose_ask_officer(struct composing *c, struct message_row *m, enum delivery_why why,
			 struct err *e) MUST_USE;

// All that is due. Nothing where the store says that nothing leaves; in the mode `shadow` messages
// are made, and no delivery of them ever leaves. Belongs in a transaction of the caller's.
bool compose_due(struct db *d, int64_t now, struct composed *out, struct err *e) MUST_USE;
// Likewise, and all that is due by then, too.
bool compose_until(struct db *d, int64_t until, int64_t now, struct composed *out, struct err *e)
	MUST_USE;
