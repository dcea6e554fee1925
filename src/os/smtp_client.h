// Mails to one server after another by SMTP (RFC 5321), over libcurl: it connects, says EHLO,
// has TLS made and checked, and shows who we are; the mail itself goes by our own words over its
// connection, so that it is known to the byte how far one came. One recipient a mail. The
// connection is kept for the next mail to the same server. What is refused: addresses and
// messages that codec/mail/smtp_write.h refuses, addresses that are nobody's or private (unless
// the hop allows them), passwords without TLS, and a connection that is kept less well than the
// hop wants: it never falls back.
#pragma once

#include "codec/mail/smtp_reply.h"
#include "codec/mail/smtp_write.h"
#include "model/mail/tls.h"

enum {
	SMTP_CONNECT_SECONDS = 30, // until it has greeted, TLS stands, and it knows us
	SMTP_WHOLE_SECONDS = 300,  // for a mail, with all that
	SMTP_IDLE_SECONDS = 60,    // longer, and a connection is made anew
	SMTP_ADDRESSES = 512,
};

struct smtp_hop {        // where a mail goes next
	struct str host; // a name, or an address as text
	uint16_t port;
	struct str addresses; // "192.0.2.1,2001:db8::1", so that no name is asked for; empty
	bool lan;             // it may be a private address
	struct tls_want tls;
	struct str ca;             // a file of authorities instead of the system's; empty
	struct str helo;           // our own name
	struct str user, password; // empty user: nobody asks who we are
};

struct smtp_mail {
	struct str from;  // envelope sender; empty: nobody, nothing comes back
	struct str to;    // the recipient
	struct str bytes; // a whole message, as smtp_message wants it
};

// How far it came: the part in which it ended.
enum smtp_stage { AT_CONNECT, AT_TLS, AT_AUTH, AT_MAIL, AT_RCPT, AT_DATA, AT_BODY, AT_END };
struct str smtp_stage_word(enum smtp_stage stage);

enum smtp_outcome {
	SMTP_NOT_SENT, // its end was not written, so nobody has it: to send it again makes no double
	SMTP_REFUSED,  // it was written whole, and the server said that it does not take it
	SMTP_TAKEN,    // the server said that it has it
	SMTP_UNKNOWN,  // it was written whole, and no answer came: sent again it may be a double
};

struct smtp_answer {
	enum smtp_outcome outcome;
	enum smtp_stage stage;
	bool tls;                // it went encrypted
	struct smtp_reply reply; // the last that counts; code 0: none came
};

struct smtp_client;
struct smtp_client *smtp_client_new(void); // ends the process without memory
// Says goodbye where a connection stands. NULL is a no-op.
void smtp_client_free(struct smtp_client *c);

// True: it is SMTP_TAKEN. False: ERR_REMOTE where another try may help (4xx, no connection, TLS
// that is not as it must be), ERR_INPUT or ERR_LIMIT where the mail must change or the server
// does not take it (5xx), ERR_CONFIG where our own settings must. *out is set in each case.
bool smtp_send(struct smtp_client *c, const struct smtp_hop *hop, const struct smtp_mail *m,
	       struct smtp_answer *out, struct err *e) MUST_USE;

// What a server shows: for who looks, and sends nothing.
struct smtp_shown {
	bool tls;
	bool key_known;
	struct tls_key key;   // of its certificate
	int64_t since, until; // when that holds; 0: not known
};
// As smtp_send comes to the first mail. *stage says where it failed.
bool smtp_look(struct smtp_client *c, const struct smtp_hop *hop, struct smtp_shown *out,
	       enum smtp_stage *stage, struct err *e) MUST_USE;
