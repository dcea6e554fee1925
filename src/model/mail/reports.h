// Whose mails are reports of which feed: the setting [mail] reports, "NAME:ADDRESS, NAME:ADDRESS …". An
// address may stand for several feeds, and a feed for several addresses. Pure; results point into the text.
#pragma once

#include "base/str.h"

enum { REPORTS_MOST = 64 };

struct reports_row {
	struct str feed, address; // the address as it was typed
};
// The next of them; false: there is none, or it is not one (*well says which).
bool reports_next(struct str *rest, struct reports_row *out, bool *well) MUST_USE;
bool reports_well(struct str text) MUST_USE; // REPORTS_MOST at the most, one at least
