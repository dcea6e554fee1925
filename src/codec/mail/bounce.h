// Is a mail a word of a mail server's on one of ours that did not arrive, or not yet: a delivery status
// notification (RFC 3464, codes of RFC 3463), or one of the free texts that servers wrote before it and
// still do. Of whom, why, and which mail it was. A person who writes so, or who sends a bounce on, is
// none; an answer of a machine (RFC 3834) is none. Pure, over what the caged reader found
// (codec/mail/heard.h); texts point into that, or live in the arena. Bounds: BOUNCE_RECIPIENTS, and
// BOUNCE_TEXT bytes of each text are looked at.
#pragma once

#include "codec/mail/heard.h"

enum { BOUNCE_RECIPIENTS = 64, BOUNCE_TEXT = 64 << 10 };

// Why, and whether it says so of the address (else of this one mail, or of the way), and for good.
// clang-format off
#define BOUNCE_REASONS(X) /* id, word, is it of the address for good */                     \
	X(BOUNCE_UNSAID,    "unsaid",      false)                                               \
	X(BOUNCE_USER,      "user",        true)  /* there is no such mailbox */                \
	X(BOUNCE_HOST,      "host",        true)  /* there is no such domain */                 \
	X(BOUNCE_MOVED,     "moved",       true)                                                \
	X(BOUNCE_SUSPENDED, "suspended",   true)  /* it is closed, or taken out of use */       \
	X(BOUNCE_FULL,      "full",        false) /* the mailbox is */                          \
	X(BOUNCE_LARGE,     "large",       false) /* the mail is too large */                   \
	X(BOUNCE_EXPIRED,   "expired",     false) /* it was tried long enough */                \
	X(BOUNCE_NETWORK,   "network",     false) /* the server cannot be reached */            \
	X(BOUNCE_RELAY,     "relay",       false) /* that server does not take mail for it */   \
	X(BOUNCE_POLICY,    "policy",      false) /* who sends, or what, is not wanted there */ \
	X(BOUNCE_SPAM,      "spam",        false) /* it takes it for spam, or for a virus */    \
	X(BOUNCE_RATE,      "rate",        false) /* too much at a time */                      \
	X(BOUNCE_CONTENT,   "content",     false) /* it does not understand the mail */         \
	X(BOUNCE_SYSTEM,    "system",      false) /* the server is out of order */
// clang-format on
#define X(id, word, address) id,
enum bounce_reason { BOUNCE_REASONS(X) BOUNCE_REASON_COUNT };
#undef X
struct str bounce_reason_word(enum bounce_reason reason);
bool bounce_of_address(enum bounce_reason reason);

// BOUNCE_DELIVERED: also relayed and expanded, of which no more will be heard.
enum bounce_action { BOUNCE_FAILED, BOUNCE_DELAYED, BOUNCE_DELIVERED };

struct bounce_recipient {
	struct str address; // may be empty
	enum bounce_action action;
	enum bounce_reason reason;
	struct str status; // "5.1.1"; may be empty
	unsigned code;     // of SMTP: 550; 0: not said
	bool temporary;    // its codes say so (4.x.x, 4xx): another mail may well arrive
	struct str says;   // what the other server said; may be empty
};
struct bounce {
	LIST(struct bounce_recipient) of;
	bool complaint; // ARF (RFC 5965): somebody called it spam
	// Of the mail that did not arrive, where it is inside: the id without < and >, else empty.
	struct str message, subject,
		ref; // Message-ID, Subject (its words as they stand), X-Waker-Ref
};

// False: it is none.
bool bounce_read(const struct heard_whole *h, struct arena *a, struct bounce *out) MUST_USE;
