// What of the mail that comes in needs a person: mails that no machine understood, and addresses that
// take none.
#pragma once

#include "task/service/status.h"

enum { HEARD_NEED_MOST = 20 }; // told of one by one; more are one line

bool heard_need(struct db *d, int64_t now, struct arena *a, struct status *s, struct err *e)
	MUST_USE;
