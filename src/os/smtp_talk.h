// Commands and answers over a connection that libcurl made, within a moment by which all must be
// done. Private to os/smtp_client.c and, for what it gives away, os/syslog_client.c.
#pragma once

#include "base/err.h"
#include "codec/mail/smtp_reply.h"
#include "os/transfer.h"

struct smtp_talk {
	CURL *curl;       // connected
	int64_t deadline; // of clock_since
	size_t n;         // bytes that came and belong to no answer yet
	char in[SMTP_REPLY_LINE + 2];
};

// True: the kernel has all of it. False, ERR_REMOTE: it has not, so the server cannot have it.
bool smtp_talk_write(struct smtp_talk *t, struct str bytes, struct err *e) MUST_USE;

// The next whole answer. ERR_REMOTE: it hung up, was silent until the deadline, or said what is
// no answer.
bool smtp_talk_read(struct smtp_talk *t, struct smtp_reply *out, struct err *e) MUST_USE;

// Did something come that nobody asked for, or did it hang up? For a connection that rested.
bool smtp_talk_is_quiet(struct smtp_talk *t);
