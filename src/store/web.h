// What the pages ask of the store that nobody else asks.
#pragma once

#include "base/arena.h"
#include "os/db.h"

// Since when the first of what is to leave waits for its time and is not done: a message at once,
// or a job of sealing or sending. 0: nothing does, or nothing is to leave.
bool web_stuck_since(struct db *d, int64_t now, struct arena *a, int64_t *out, struct err *e)
	MUST_USE;

// When the message of this number arrived by mail at an address of this domain (small letters);
// 0: it never did. It costs the same whether there is such a message or not, as nearly as a
// store can.
bool web_went_to(struct db *d, uint32_t message, struct str domain, int64_t *at, struct err *e)
	MUST_USE;
