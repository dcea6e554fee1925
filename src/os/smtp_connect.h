// A connection to a mail server as libcurl makes it: greeted, with TLS as the hop wants it, and
// known to the server. Private to os/smtp_client.c.
#pragma once

#include "os/smtp_client.h"
#include "os/smtp_talk.h"

enum { SMTP_LINK_KEY = 1536 };

struct smtp_link {
	bool stands;
	bool tls, auth, pipelining, sized;
	uint64_t most; // bytes of a mail; 0: not said
	struct smtp_talk talk;
	struct smtp_reply said; // the last while it was made
	unsigned answers;       // till then
	struct transfer_peer peer;
	char error[CURL_ERROR_SIZE];
	char to[SMTP_LINK_KEY]; // whom, and how it is kept
};

// *stage says where it failed.
bool smtp_link_open(struct smtp_link *l, const struct smtp_hop *hop, enum smtp_stage *stage,
		    struct err *e) MUST_USE;
bool smtp_link_is_to(const struct smtp_link *l, const struct smtp_hop *hop);
void smtp_link_shows(const struct smtp_link *l, struct smtp_shown *out);
void smtp_link_close(struct smtp_link *l); // at once, without a word
void smtp_link_done(struct smtp_link *l);
