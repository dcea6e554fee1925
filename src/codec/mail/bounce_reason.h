// What a server's codes and words say of why. Private to codec/mail/bounce*.c.
#pragma once

#include "codec/mail/bounce.h"

// By words that leave no doubt, else by the code of RFC 3463 ("5.1.1"), else by words that often say
// so, else by the code of SMTP. `says` in any case, over any lines.
enum bounce_reason bounce_reason_of(struct str status, unsigned code, struct str says,
				    struct arena *a);
