// What officers do to messages, and to all sending. Each belongs in a transaction of the caller's.
#pragma once

#include "store/message.h"

struct told_by { // who decides so
	int64_t now;
	struct str reason;
};
// Holds it back, sends it now (also one that failed, again), lets it never leave, or notes that an
// officer told it. What is on its way is not called back. *m is what became of it. ERR_CONFLICT:
// its state does not allow it.
bool tell_act(struct db *d, struct message_row *m, enum message_act act, const struct told_by *by,
	      struct err *e) MUST_USE;

// t->stopped holds all sending, also of what comes; with 0 what was held that way is due.
bool tell_switch(struct db *d, const struct telling *t, int64_t now, struct err *e) MUST_USE;

// A delivery is to be sealed, or (it is sealed) sent, at `due`; while all sending is held, not
// before that is over.
// Of a message that is urgent it goes before others.
struct tell_moment {
	enum urgency urgency;
	int64_t due, now;
};
bool tell_ask(struct db *d, const struct delivery_row *x, const struct tell_moment *when,
	      struct err *e) MUST_USE;

// The delivery that a job of sealing or sending names by its key. ERR_INPUT: none can be.
bool tell_key_read(struct str key, int64_t *delivery, struct err *e) MUST_USE;

// What its deliveries are now makes the message what it is, and *m: for who changed one. What an
// officer holds stays so while a delivery of it lives.
bool tell_counted(struct db *d, struct message_row *m, struct err *e) MUST_USE;

// A key of the address (in lower case) is not used any more: what waits to leave sealed to it is
// sealed anew.
bool tell_reseal(struct db *d, struct str address, int64_t now, struct err *e) MUST_USE;
// Likewise all mail that waits with a signature of ours, since that key is not to sign any more.
bool tell_sign_anew(struct db *d, int64_t now, int64_t *count, struct err *e) MUST_USE;
