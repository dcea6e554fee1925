// What a server's words say of why. Private to codec/mail/bounce.c.
#pragma once

#include "codec/mail/bounce.h"

// By a code of RFC 3463 ("5.1.1") where that says it, else by the words. `says` in any case.
enum bounce_reason bounce_reason_of(struct str status, struct str says);
// The first code of RFC 3463 in a text; empty: there is none.
struct str bounce_status_in(struct str says);
