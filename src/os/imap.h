// A folder of an IMAP server (RFC 3501), over libcurl, which connects, makes TLS and shows who we are;
// the rest goes by our own words over its connection. Without TLS only this machine is spoken to. A mail
// that was fetched is marked with the keyword of IMAP_MARK, so that no other program's "read" hides one,
// and is left where it is.
#pragma once

#include "base/err.h"
#include "codec/mail/relay.h"

#define IMAP_MARK "$WakerHas"

enum {
	IMAP_CONNECT_SECONDS = 30,
	IMAP_COMMAND_SECONDS = 60, // for an answer; a mail has IMAP_MAIL_SECONDS
	IMAP_MAIL_SECONDS = 300,
};

struct imap_place {
	struct mailbox at;
	bool lan;                  // it may be a private address
	struct str ca;             // a file of authorities instead of the system's; empty
	struct str user, password; // empty: nobody asks
};

struct imap; // a connection with the folder open
// ERR_CONFIG: the user, the password or the folder is refused; ERR_REMOTE: it does not answer.
bool imap_open(const struct imap_place *p, struct imap **out, struct err *e) MUST_USE;
void imap_close(struct imap *m); // NULL is a no-op

// What is there without the mark, the oldest first, at most `*n` of it; sets *n.
bool imap_new(struct imap *m, uint32_t *uid, size_t *n, struct err *e) MUST_USE;
// Its bytes to a file, from its beginning. ERR_LIMIT: over `most`; ERR_ABSENT: it is gone.
bool imap_get(struct imap *m, uint32_t uid, uint64_t most, int out, struct err *e) MUST_USE;
bool imap_mark(struct imap *m, uint32_t uid, struct err *e) MUST_USE;
// Waits until the server says that something came, at most so long (RFC 2177); *came. Where it has no
// IDLE it waits as long.
bool imap_wait(struct imap *m, int milliseconds, bool *came, struct err *e) MUST_USE;
