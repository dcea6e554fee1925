// A folder of an IMAP server (RFC 3501), over libcurl, which connects, makes TLS and shows who we are;
// the rest goes by our own words over its connection. Without TLS only this machine is spoken to. A mail
// that was fetched is marked with the keyword of IMAP_MARK, so that no other program's "read" hides one,
// and is left where it is. Whatever the server says, each call ends, and keeps no more than its caller
// gave room for. After an error the connection is of no use, unless it says so.
#pragma once

#include "base/err.h"
#include "codec/mail/relay.h"
#include "codec/wire/imap.h"

#define IMAP_MARK "$WakerHas"

enum {
	IMAP_CONNECT_SECONDS = 30,
	IMAP_COMMAND_SECONDS = 60, // for an answer; a mail has IMAP_MAIL_SECONDS
	IMAP_MAIL_SECONDS = 300,   // of which none of IMAP_COMMAND_SECONDS without a byte
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
const struct imap_folder *imap_folder_of(const struct imap *m);

// What is there without the mark, or of this set (RFC 3501, "4,9:*"; empty: by the mark); the lowest numbers,
// ascending, at most `*n`; sets *n.
bool imap_new(struct imap *m, struct str set, uint32_t *uid, size_t *n, struct err *e) MUST_USE;
// Its bytes to a file, from its beginning, once. ERR_ABSENT: it is gone, ERR_DENIED: the server does not give
// it; then the connection goes on. ERR_LIMIT: it is over `most`.
bool imap_get(struct imap *m, uint32_t uid, uint64_t most, int out, struct err *e) MUST_USE;
// ERR_DENIED: the server does not mark it; the connection goes on.
bool imap_mark(struct imap *m, uint32_t uid, struct err *e) MUST_USE;
// Waits until the server says that something came, at most so long (RFC 2177); *came. Where it has no
// IDLE it waits as long.
bool imap_wait(struct imap *m, int milliseconds, bool *came, struct err *e) MUST_USE;
