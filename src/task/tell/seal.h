// A delivery that waits becomes bytes that can leave, or what else must become of it: in which form
// it travels is decided here (model/notice/travel.h), of what is known now.
#pragma once

#include "task/tell/fill.h"

enum sealing_end {
	SEALING_DONE,     // its bytes are ready
	SEALING_GONE,     // it is not to leave any more, or is sealed
	SEALING_HELD,     // all sending is held, an officer holds it, or nothing leaves
	SEALING_NOTHING,  // all that it told of is over
	SEALING_AFFECTED, // its way lies in what is compromised
	SEALING_WITHHELD, // no machine may pass on what it tells of
	SEALING_ROUND,    // its address did not take mail lately
	SEALING_UNWISHED, // its reader wishes not to hear of it, or has no mandate for it
};
struct sealing_link {
	struct str token, code; // as they stand in the letter
};
struct sealing {
	enum sealing_end end;
	struct delivery_row delivery;
	struct message_row message;
	enum form form;
	struct str bytes;
	struct str by;            // the key of ours that signed them; empty: none did
	struct str round;         // of SEALING_ROUND: what was said of its address
	struct sealing_link link; // by which its reader answers; .token.n 0: there is none
	struct told {             // the findings of which it tells, by their rows
		const int64_t *at;
		size_t count;
	} told;
	const int64_t
		*withheld; // findings of it that the letter may not tell of: an officer is asked to
	size_t withheld_count;
};
// Reads, and writes nothing. Texts live in a.
bool seal_delivery(const struct fill *f, int64_t delivery, struct arena *a, struct sealing *out,
		   struct err *e) MUST_USE;

// What becomes of a letter that is filled so: SEALING_DONE where it is written.
enum sealing_end seal_end(const struct filled *l, const struct delivery_row *x);
// Why nothing of it is written, where seal_end says so; SEALING_DONE: nothing.
struct str seal_says(enum sealing_end end, const struct delivery_row *x);

// In which form a delivery by mail would travel now, and with what. Texts live in a.
bool seal_form(const struct fill *f, const struct sealing *s, const struct filled *l,
	       struct arena *a, struct ring_work *out, struct err *e) MUST_USE;

// That is the form of *s, and what it lets the letter show.
void seal_in_form(struct sealing *s, struct filled *l, enum form form);

// What a delivery to a machine is: by the delivery and message of *s, of which it sets form and bytes.
void seal_for_machine(struct sealing *s, struct filled *l, struct arena *a);

// What came of it, in a transaction of the caller's.
bool seal_over(struct db *d, struct sealing *s, int64_t now, struct err *e) MUST_USE;
