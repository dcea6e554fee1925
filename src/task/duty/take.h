// Somebody takes a page: what woke them is theirs on the desk, and nobody else is woken by it.
#pragma once

#include "store/duty.h"
#include "task/audit/write.h"

// In a transaction of the caller's, with a row of the audit. `channel`: by which it was taken; 0: it is
// not known. ERR_CONFLICT: it is over, or another has it.
bool duty_take(struct db *d, const struct page_row *p, const struct audit_by *by, int64_t channel,
	       struct arena *a, struct err *e) MUST_USE;
