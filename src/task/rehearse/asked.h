// Was a change rehearsed? `waker rehearse` leaves a row in the audit that names the bytes that
// it played by their digest; whoever then makes a large change (model/guardian/large.h) is
// asked for that row. So the chain shows the rehearsal before the change that it was of.
#pragma once

#include "task/audit/write.h"
#include "task/rehearse/rehearse.h"

enum { REHEARSED_DAYS = 7, REHEARSABLE_DAYS = 30 };

// The row that tells of a rehearsal of r->bytes, to be written once it was played. Lives in a.
struct audit_entry rehearsal_told(const struct rehearsal *r, const struct audit_by *by,
				  struct arena *a);

// *due: a batch came in the last REHEARSABLE_DAYS to rehearse it with, and in the last
// REHEARSED_DAYS these bytes were not.
bool rehearsal_is_due(const struct home *h, struct str bytes, bool *due, struct err *e) MUST_USE;
