// The receipt of an answer: a message to all who answer for security at the member, and to who
// answered, with what was recorded and a way back (SCREENS 5). It names numbers alone, so that it can
// travel plainly where its findings cannot.
#pragma once

#include "store/finding.h"
#include "task/tell/compose.h"

struct receipt {
	struct composing c;
	struct composed made;
	int64_t answered, contact;  // the message that was answered, and by whom; 0: none
	struct message_row message; // .id 0: none yet
};
bool receipt_begin(struct receipt *r, struct db *d, struct arena *a, int64_t now, struct err *e)
	MUST_USE;
// An answer to this finding is told of by r->message, which is another one for each member; 0 where
// nothing leaves.
bool receipt_for(struct receipt *r, const struct finding_row *f, struct err *e) MUST_USE;
bool receipt_end(struct receipt *r, struct err *e) MUST_USE;
