// Was a mail written by a machine, and of which sort: a mail to which nothing may ever answer by itself,
// or mails would go round (RFC 3834). Bounces are codec/mail/bounce.h. Pure, over codec/mail/heard.h.
#pragma once

#include "codec/mail/heard.h"

enum auto_kind {
	AUTO_NOT,     // a person's, as far as can be seen
	AUTO_REPLY,   // of a machine: away, received, forwarded
	AUTO_RECEIPT, // a mail was shown, or came (RFC 8098)
	AUTO_LIST,    // of a mailing list, or mass mail
	AUTO_LOOP,    // our own, back again
	AUTO_SPAM,    // our mail server says so
};

// `own`: the domain of our addresses; empty: none is ours.
enum auto_kind auto_kind(const struct heard_whole *h, struct str own);

// Does a subject say that a machine answered: "Automatic reply: …", "Afwezig: …".
bool auto_subject(struct str subject);

// A program that writes by itself, by the name before the @: "no-reply", "listserv"; and one of those
// that write of mails that did not arrive, and nothing else: "MAILER-DAEMON", "postmaster".
bool auto_is_daemon(struct str address);
bool auto_is_server(struct str address);
