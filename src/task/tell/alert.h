// An officer's own text to a selection of members: the day of a great hole needs no feed.
#pragma once

#include "store/alert.h"
#include "task/tell/audience.h"
#include "task/tell/compose.h"

enum {
	ALERT_HOLD_SECONDS = 60, // in which it can be cancelled (SCREENS 0.4)
	ALERT_TITLE = 160,       // bytes
	ALERT_BODY = 64 << 10,
};

// In a transaction of the caller's: the row, and a message for each member of the audience, that
// does not leave before the hold is over. ERR_CONFLICT: the store says that nothing leaves.
bool alert_send(struct db *d, struct alert_row *x, const struct audience *to, struct composed *out,
		struct err *e) MUST_USE;

// Is the text one that can be sent: a title and a body in one language at least, each language
// whole, one line of title, UTF-8 without control characters, a label that may travel? ERR_INPUT.
bool alert_check(const struct alert_row *x, struct err *e) MUST_USE;

// All that has not left of it does not leave; *count says how many messages.
bool alert_cancel(struct db *d, int64_t alert, int64_t now, int64_t *count, struct err *e) MUST_USE;
