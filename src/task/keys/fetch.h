// The keys that a domain publishes for one of its addresses, in its Web Key Directory
// (codec/mail/wkd.h). That they lie there says that the domain has them, and is no check of whose
// they are.
#pragma once

#include "task/home.h"

enum { KEYS_FETCH_SECONDS = 60 };

// The file as it came; in a. ERR_ABSENT: it publishes none; ERR_REMOTE: it could not be asked;
// ERR_INPUT: that is no address.
bool keys_fetch(const struct home *h, struct str address, struct arena *a, struct str *out,
		struct err *e) MUST_USE;
