// Contacts are asked whether our mail reaches them (RULES 8): a message to each member, with a delivery to
// each of its contacts who has a mail address. Who says so, by its link or by a reply, is noted; nothing else
// comes of it.
#pragma once

#include "store/reach.h"
#include "task/answer/link.h"
#include "task/tell/compose.h"

// By the clock: who was not asked in this quarter is, with the next hour of digests; of a new contact, and of
// a new address, that is the first one. In a transaction of the caller's. Nothing where the store says that
// nothing leaves, or beside another system.
bool reach_quarter(struct db *d, int64_t now, struct composed *out, struct err *e) MUST_USE;

enum { REACH_AGAIN_HOURS = 24 }; // an officer asks nobody twice within

// By an officer, now. ERR_CONFLICT: the store says that nothing leaves.
struct reach_asking {
	int64_t now;
	struct str member; // its slug; empty: of all
};
bool reach_ask(struct db *d, const struct reach_asking *w, struct composed *out, struct err *e)
	MUST_USE;

// ---- who has the link of one

struct reach_page { // texts live in the arena of who asked
	int64_t delivery;
	uint32_t number;             // of the message, "N-…"
	struct str member, language; // its name; "nl", "en", or empty: of who got it
	struct reach_row is;
	int64_t arrived; // 0: it has not, as far as is known
	bool machines;   // the caller says: it is asked from where machines press
};
// ERR_ABSENT: no such link, or an old one, or one of another sort of mail.
bool reach_open(struct db *d, struct str token, int64_t now, struct arena *a,
		struct reach_page *out, struct err *e) MUST_USE;
// It says that it reached them. *doubted: probably a machine does, and it counts when it comes again. In a
// transaction of the caller's.
bool reach_press(struct db *d, const struct reach_page *p, int64_t now, bool *doubted,
		 struct err *e) MUST_USE;
