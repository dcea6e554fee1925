// The secrets of one publisher, or of the store's server: HOME/credentials/NAME, mode 0600,
// of key = value lines. They live in memory of their own, which is wiped; they are never in a
// store, a log, an argument or an error's text.
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct credentials { // empty where not said
	struct arena a;
	struct str token;          // of auth = header NAME
	struct str user, password; // of auth = basic; of a server
	struct str key, secret;    // of auth = hmac
	int64_t expires;           // midnight of the day on which they end; TIME_NEVER: not said
};
#define autocredentials CLEANUP(credentials_done) struct credentials

// ERR_ABSENT: there is no such file; ERR_CONFIG: others may read it, or a line is wrong.
bool credentials_read(struct str home, struct str name, struct credentials *out, struct err *e)
	MUST_USE;
// The same from a folder that the service manager made for this process alone.
bool credentials_given(const char *folder, struct str name, struct credentials *out, struct err *e)
	MUST_USE;
void credentials_done(struct credentials *c);
