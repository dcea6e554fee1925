// A member answers (RULES 8): by link, by mail, by an officer. Each answer is a row, one act on its
// finding in the same transaction, and a receipt with a way back to all security contacts of the
// member. What its way is not good enough for, what comes too late and what a machine probably
// pressed is kept, does not do what it says, and is told so.
#pragma once

#include "base/list.h"
#include "model/answer/answer.h"
#include "store/message.h"
#include "task/answer/link.h"

enum {
	ANSWER_MOST = 512,   // findings of one page, and answers at a time
	ANSWER_RECEIPTS = 3, // of answers by mail to one finding in a day: two machines end there
};

// ---- what one who has a link sees

struct answer_finding {
	uint32_t number;                         // "F-…"
	struct str title, title_nl, issue, seen; // empty on a receipt, which names numbers alone
	enum issue_class class;
	enum severity severity;
	enum finding_state state;
	int64_t last_seen;
	unsigned may;     // which answers it can take now: bit 1 << enum answer
	unsigned code;    // which of them want the four letters, likewise
	enum answer said; // the last answer that stands; ANSWER_COUNT: none
	int64_t said_at;  // when
	int64_t promised; // ANSWER_WORKING, ANSWER_ACCEPTED: until when; 0: no day
	bool undo;        // the last answer can be taken back
	bool doubted;     // the last one that came was doubted: it is asked again
};
struct answer_page {     // all that this contact's mail said, and no more
	uint32_t number; // of the message, "N-…"
	enum message_kind kind;
	struct str language;                  // "nl", "en", or empty: of who got it
	int64_t made, answer;                 // answer: by when; 0: not asked by a day
	struct str member;                    // its name
	LIST(struct answer_finding) findings; // the worst first
	uint64_t more;                        // beyond ANSWER_MOST, which are left out
};
// ERR_ABSENT: no such link, or an old one: the same error, and no word more.
bool answer_open(struct db *d, struct str token, int64_t now, struct arena *a,
		 struct answer_page *out, struct err *e) MUST_USE;

// ---- answering

struct answer_from {
	enum answer_way way;
	struct str token; // BY_LINK
	int64_t delivery; // BY_MAIL, BY_SIGNED: the mail that is answered
	bool machines;    // BY_LINK: from where machines press
	struct str who;   // BY_OFFICER: their name; else the address to which the mail went
	int64_t now;
};
struct answer_one {
	uint32_t finding;
	enum answer answer;
	int64_t until;     // TIME_NEVER: no day
	struct str reason; // UTF-8, at most ANSWER_REASON bytes; may be empty
	struct str code;   // as typed
};
struct answer_done { // of each, in the same order
	enum answer_state state;
	struct err why; // what it did not do, in a sentence for the member; ERR_NONE: it did
};
// In a transaction of the caller's. ERR_ABSENT: there is no such link, or the mail did not tell of
// one of the findings; ERR_INPUT: a day that cannot be, a wrong code: nothing was done. Else each has
// its state, and a receipt is on its way.
struct answers {
	const struct answer_one *all;
	size_t n; // at most ANSWER_MOST
};
bool answer_give(struct db *d, const struct answer_from *from, const struct answers *what,
		 struct answer_done *done, struct err *e) MUST_USE;

// The last answer to the finding that stands is taken back. ERR_CONFLICT: something came after.
bool answer_undo(struct db *d, const struct answer_from *from, uint32_t finding, struct err *e)
	MUST_USE;
