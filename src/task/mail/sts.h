// A domain's MTA-STS policy: the one that is kept, or fetched where the domain's record says that
// there is another. Private to task/mail/route.c.
#pragma once

#include "codec/mail/mta_sts.h"
#include "task/mail/route.h"

// *out has mode STS_NONE where there is none that can be had (RFC 8461, 3.3 and 5.1). Texts live
// in a.
void sts_of(struct ways *w, struct str domain, struct arena *a, struct sts_policy *out);
