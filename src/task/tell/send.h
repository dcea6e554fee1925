// A sealed delivery is given to the other side: what is written before, and what after. The job
// itself (task/service) does the giving between the two.
#pragma once

#include "store/message.h"

// What is to be given away. Texts and bytes live in the arena.
struct sending {
	struct delivery_row delivery;
	struct message_row message;
	struct str bytes;
};

enum sending_may {
	SENDING_MAY,
	SENDING_GONE,       // it has left, or is not to leave any more
	SENDING_TAKEN_BACK, // likewise; its bytes were taken from it while somebody had begun
	SENDING_HELD,       // all sending is held, or nothing leaves
};
bool sending_load(struct db *d, int64_t delivery, struct arena *a, struct sending *out,
		  enum sending_may *may, struct err *e) MUST_USE;

// In a transaction of its own, before the first byte is given away: it has begun, unless *may says
// that it may not any more. Where somebody had begun and did not come to say how it went, that one
// is in doubt.
bool sending_begin(struct db *d, struct sending *s, int64_t now, struct arena *a,
		   enum sending_may *may, struct err *e) MUST_USE;

enum sending_end {
	SENDING_ARRIVED, // the other side said that it has it
	SENDING_LATER,   // it does not now: it is tried again
	SENDING_DOUBT,   // all was given, and no answer came: likewise, and it may come twice
	SENDING_REFUSED, // it never will
	SENDING_STOPPED, // it is not to leave any more
	SENDING_UNSAFE,  // no secured connection can be had: it is sealed anew, without detail
};
struct sending_result {
	enum sending_end end;
	int64_t code;    // of the other side's answer; 0: none
	struct str said; // its words, or why not
	int64_t now;
	bool last; // it is not tried again
};
// In a transaction of the caller's. What is refused goes to the next contact, or to an officer.
bool sending_over(struct db *d, struct sending *s, const struct sending_result *r, struct err *e)
	MUST_USE;
