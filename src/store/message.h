// What leaves for whom, as rows. What becomes of it is decided by model/notice; these calls read
// and write. Writing belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "model/finding/life.h"
#include "model/notice/message.h"
#include "os/db.h"

// ---- whether anything leaves

struct telling { // texts go to the arena of who asked
	enum tell_mode mode;
	int64_t stopped; // since when all sending is held; 0: it is not
	struct str who, reason;
	int64_t at;
};
bool telling(struct db *d, struct arena *a, struct telling *out, struct err *e) MUST_USE;
bool telling_set(struct db *d, const struct telling *t, struct err *e) MUST_USE;

// What was made in the mode `shadow`, of findings that are open and that nobody was told of, is due
// as if nothing had been made of it.
bool telling_begins(struct db *d, struct err *e) MUST_USE;

// ---- messages

struct message_row { // texts of a row that was read hold until the next one is
	int64_t id;
	uint32_t number; // behind its public id, "N-…"
	int64_t member;
	enum message_kind kind;
	enum urgency urgency;
	enum message_state state;
	int64_t made, due;
	int64_t answer; // asked for by then; 0: it is not
	int64_t thread; // the first message of it
	int64_t round;  // of reminders, from 1; 0: it is none
	int64_t recall; // that it corrects; 0: none
	int64_t alert;  // whose text it carries; 0: none
	// when reading
	struct str slug;
	int64_t parts;
	enum severity worst; // 0: it has no part
	int64_t arrived;     // the first delivery that tells a person did; 0: none did
	int64_t deliveries;
	enum finding_state
		least; // of its findings, and the first day promised: model/notice/hearing.h
	int64_t until;
};

struct message_wanted { // a member is to be told something by now
	int64_t member;
	enum urgency urgency;
	enum severity worst;
};
bool message_due(struct db *d, int64_t now, struct db_rows **out, struct err *e) MUST_USE;
bool message_next_wanted(struct db_rows *r, struct message_wanted *out, struct err *e) MUST_USE;

// Sets id; *taken: the number is another message's, nothing was written.
bool message_add(struct db *d, struct message_row *m, bool *taken, struct err *e) MUST_USE;
// All that is due of its member, in its urgency, goes into it.
bool message_take(struct db *d, const struct message_row *m, int64_t now, struct err *e) MUST_USE;
bool message_part_add(struct db *d, int64_t message, int64_t finding, struct err *e) MUST_USE;
// `thread` 0: it begins one.
bool message_thread(struct db *d, int64_t message, int64_t thread, struct err *e) MUST_USE;

struct message_filter { // empty, or -1: any
	struct str member;
	int state;
	int64_t alert; // 0: any
	int64_t most;
};
bool message_list(struct db *d, const struct message_filter *f, struct db_rows **out,
		  struct err *e) MUST_USE; // newest first
bool message_next_row(struct db_rows *r, struct message_row *out, struct err *e) MUST_USE;
// Texts go to a. False + ERR_NONE: there is none.
bool message_by_number(struct db *d, uint32_t number, struct arena *a, struct message_row *out,
		       struct err *e) MUST_USE;
bool message_by_id(struct db *d, int64_t id, struct arena *a, struct message_row *out,
		   struct err *e) MUST_USE; // likewise
bool message_become(struct db *d, const struct message_row *m, struct err *e)
	MUST_USE; // by state and due
bool message_counts(struct db *d, int64_t message, struct message_counts *out, struct err *e)
	MUST_USE;
// Its findings that are open, and not below this severity, are told from now on.
struct message_told {
	int64_t now;
	struct str reason;
};
bool message_tell(struct db *d, const struct message_row *m, enum severity lowest,
		  const struct message_told *how, struct err *e) MUST_USE;

// A finding of one message is told of by another from now on.
bool message_part_move(struct db *d, int64_t from, int64_t to, int64_t finding, struct err *e)
	MUST_USE;

struct message_part { // texts hold until the next row
	int64_t finding;
	uint32_t number;
	struct str issue, seen, care;
	enum issue_class class;
	enum severity severity;
	enum finding_state state;
	enum finding_end ended;
	int64_t first_seen, last_seen;
	int64_t until; // of its state; TIME_NEVER: none
	bool later;    // it was found by a question to the past
	enum urgency_rule why;
};
bool message_findings(struct db *d, int64_t message, struct db_rows **out, struct err *e)
	MUST_USE; // the worst first
bool message_next_part(struct db_rows *r, struct message_part *out, struct err *e) MUST_USE;

// What is still to be said of findings that were told.
struct message_open { // texts: none
	int64_t finding, member;
	enum severity severity; // of message_unanswered
	int64_t until, round;   // likewise
	int64_t last;           // when it was told the last time; of message_over: when it ended
	int64_t thread, recall; // recall: of message_wrong
};
bool message_unanswered(struct db *d, int64_t now, struct db_rows **out, struct err *e)
	MUST_USE; // by member, the worst first
bool message_over(struct db *d, int64_t after, struct db_rows **out, struct err *e)
	MUST_USE; // that ended after, by member
bool message_wrong(struct db *d, struct db_rows **out, struct err *e)
	MUST_USE; // by member and recall
bool message_next_unanswered(struct db_rows *r, struct message_open *out, struct err *e) MUST_USE;
bool message_next_over(struct db_rows *r, struct message_open *out, struct err *e) MUST_USE;
bool message_next_wrong(struct db_rows *r, struct message_open *out, struct err *e) MUST_USE;

// When the next of what is to be told is due, or was; TIME_NEVER: nothing is.
bool message_soonest(struct db *d, int64_t *due, struct err *e) MUST_USE;

// ---- to whom

// Of its member, but those to whom it went already.
bool message_contacts(struct db *d, const struct message_row *m, struct db_rows **out,
		      struct err *e) MUST_USE;
bool message_next_contact(struct db_rows *r, struct reachable *out, struct err *e) MUST_USE;

// ---- deliveries

enum { DELIVERY_TAG = 16 }; // letters of it

struct delivery_row {                 // texts of a row that was read hold until the next one is
	int64_t id, message, contact; // contact 0: none
	enum channel channel;
	struct str address;
	enum delivery_why why;
	enum form form;
	enum delivery_state state;
	int64_t made, changed;
	int64_t tries, doubts;
	int64_t code;    // of the other side's last answer; 0: none
	struct str said; // its words, or why it did not go
	struct str tag;  // of its Message-ID
};
bool delivery_add(struct db *d, struct delivery_row *x, struct err *e) MUST_USE; // sets id
bool delivery_of(struct db *d, int64_t message, struct db_rows **out, struct err *e) MUST_USE;
bool delivery_next_row(struct db_rows *r, struct delivery_row *out, struct err *e) MUST_USE;
// Texts go to a. False + ERR_NONE: there is none.
bool delivery_by_id(struct db *d, int64_t id, struct arena *a, struct delivery_row *out,
		    struct err *e) MUST_USE;
// By state, form, changed, tries, doubts, code and said.
bool delivery_become(struct db *d, const struct delivery_row *x, struct err *e) MUST_USE;
// All of the message that nobody has begun to give away; *count says how many.
bool delivery_cancel(struct db *d, int64_t message, int64_t now, int64_t *count, struct err *e)
	MUST_USE;

// What went to the same contact in this thread before, oldest first: number of the message, and tag.
bool delivery_thread(struct db *d, const struct delivery_row *x, int64_t thread,
		     struct db_rows **out, struct err *e) MUST_USE;
bool delivery_next_thread(struct db_rows *r, uint32_t *number, struct str *tag, struct err *e)
	MUST_USE;

bool delivery_seal(struct db *d, int64_t delivery, struct str bytes, struct err *e) MUST_USE;
// The bytes go to a. False + ERR_NONE: there are none.
bool delivery_sealed(struct db *d, int64_t delivery, struct arena *a, struct str *bytes,
		     struct err *e) MUST_USE;
bool delivery_unseal(struct db *d, int64_t delivery, struct err *e) MUST_USE;

// What waits to leave, sealed to keys of this address (in lower case).
bool delivery_sealed_to(struct db *d, struct str address, struct db_rows **out, struct err *e)
	MUST_USE;
// What waits to leave by mail, signed by the team.
bool delivery_signed(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool delivery_next_sealed(struct db_rows *r, int64_t *id, enum urgency *urgency, struct err *e)
	MUST_USE;
