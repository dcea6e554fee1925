// Gives messages of syslog to a receiver over TLS (RFC 5425), by a connection that libcurl makes and
// that goes with them. What is refused: a certificate that does not hold, or another key than the
// pinned one, anything less than TLS 1.2, and addresses that are nobody's or private (unless the
// place allows them). A receiver of syslog never says that it has something: what was written whole,
// and not hung up on for a moment, counts as taken.
#pragma once

#include "base/err.h"
#include "model/mail/tls.h"

enum { SYSLOG_SECONDS = 30, SYSLOG_QUIET_MILLISECONDS = 500 };

struct syslog_place {
	struct str host; // a name, or an address as text
	uint16_t port;
	bool pinned; // its key is this one, whoever signed it
	struct tls_key pin;
	bool lan; // it may be a private address
};

// False: ERR_REMOTE where another try may help, ERR_INPUT where the place must change. *given: all of
// it was written, so that the receiver may have it; it is set in each case.
bool syslog_give(const struct syslog_place *p, struct str bytes, bool *given, struct err *e)
	MUST_USE;
