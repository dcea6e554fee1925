// Mail that comes in: by which ways, what it can be, and what becomes of it. Pure: the words.
#pragma once

#include "base/str.h"

// The numbers of these stand in the store: new ones at the end.
// clang-format off
#define MAIL_WAYS(X)                                                                        \
	X(MAIL_BY_PIPE, "pipe") /* our mail server gave it to `waker mail receive` */           \
	X(MAIL_BY_IMAP, "imap") /* we fetched it */                                             \
	X(MAIL_BY_FILE, "file") /* an officer did */

#define MAIL_STATES(X)                                                                      \
	X(MAIL_WAITS,   "waiting") /* nobody has read it */                                     \
	X(MAIL_OFFICER, "officer") /* a person is needed */                                     \
	X(MAIL_DONE,    "done")

#define MAIL_KINDS(X) /* id, word, what it is */                                            \
	X(MAIL_UNKNOWN,  "unknown",    "not read yet")                                          \
	X(MAIL_BOUNCE,   "bounce",     "a mail of ours did not arrive")                         \
	X(MAIL_DELAY,    "delay",      "a mail of ours has not arrived yet")                    \
	X(MAIL_RECEIPT,  "receipt",    "a mail of ours arrived, or was read")                   \
	X(MAIL_AUTO,     "auto-reply", "a machine answered: nobody has read ours")              \
	X(MAIL_LOOP,     "loop",       "our own mail came back")                                \
	X(MAIL_ANSWER,   "answer",     "a reply to what we told")                               \
	X(MAIL_KEY,      "key",        "a key came with it")                                    \
	X(MAIL_FEED,     "feed",       "a report of a feed")                                    \
	X(MAIL_REPORT,   "report",     "somebody writes to us")                                 \
	X(MAIL_COMPLAINT, "complaint", "somebody called a mail of ours spam")                   \
	X(MAIL_LIST,     "list",       "a mailing list, or mass mail")                          \
	X(MAIL_SPAM,     "spam",       "our mail server says that it is spam")

// How sure it is who wrote it.
#define MAIL_PROOFS(X)                                                                      \
	X(PROOF_NOTHING, "nothing") /* anybody could have */                                    \
	X(PROOF_DOMAIN,  "domain")  /* the domain in From did (DMARC) */                        \
	X(PROOF_SIGNED,  "signed")  /* who has a key that an officer verified */
// clang-format on
#define X(id, word, ...) id,
enum mail_way { MAIL_WAYS(X) MAIL_WAY_COUNT };
enum mail_state { MAIL_STATES(X) MAIL_STATE_COUNT };
enum mail_kind { MAIL_KINDS(X) MAIL_KIND_COUNT };
enum mail_proof { MAIL_PROOFS(X) MAIL_PROOF_COUNT };
#undef X

struct str mail_way_word(enum mail_way way);
struct str mail_state_word(enum mail_state state);
bool mail_state_read(struct str word, enum mail_state *out) MUST_USE;
struct str mail_kind_word(enum mail_kind kind);
struct str mail_kind_says(enum mail_kind kind);
struct str mail_proof_word(enum mail_proof proof);

// How long mail goes round an address that did not take one: days after which it is tried again.
enum { MAIL_ROUND_DAYS = 14 };
