// What a report says of each recipient (RFC 3464, 2.3). Private to codec/mail/bounce*.c.
#pragma once

#include "codec/mail/bounce.h"

// Adds to out->of; their reasons are still BOUNCE_UNSAID. Also of a report that lost its part and stands
// in the text of a mail.
void bounce_report(struct str text, struct arena *a, struct bounce *out);
// Where such a one begins in a text; empty: nowhere.
struct str bounce_report_in(struct str text);
