// The confirmed false alarms of all members, to be asked of every hit: member, issue, what
// was seen, and the fingerprint of the evidence, which must be the same (RULES 8).
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

struct alarm {
	int64_t member;
	struct str issue, seen, print;
};

struct alarms {
	LIST(struct alarm) at;
};

void alarms_add(struct alarms *x, const struct alarm *alarm, struct arena *a); // copies
void alarms_sort(struct alarms *x); // after the last, before the first question
bool alarms_have(const struct alarms *x, const struct alarm *alarm);
