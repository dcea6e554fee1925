// Those to whom mail is encrypted are told, once, that the team's key is another from a day on: a mail that is
// signed as mail is that day, with the new key and the statement that both signed.
#pragma once

#include "task/tell/compose.h"

enum { ANNOUNCE_DAYS = 400 }; // so long ago mail was encrypted to them, though they have no key now

// Who was not told before; again: who came since then. In a transaction of the caller's. ERR_CONFLICT:
// nothing leaves.
bool announce_key(struct db *d, int year, int64_t now, struct composed *out, struct err *e)
	MUST_USE;
