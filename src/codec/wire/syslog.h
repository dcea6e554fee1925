// Messages of syslog (RFC 5424) as they go over a stream: each with its length before it (RFC 6587,
// 3.4.1: octet counting), so that nothing in one can be taken for the next. Pure, into a buffer of
// the caller. What is no printable ASCII in the head is '?'; an empty text is "-".
#pragma once

#include "base/buf.h"
#include "base/time.h"

enum syslog_severity { // RFC 5424, 6.2.1
	SYSLOG_CRITICAL = 2,
	SYSLOG_ERROR,
	SYSLOG_WARNING,
	SYSLOG_NOTICE,
	SYSLOG_INFO,
};

enum {
	SYSLOG_FACILITY = 13, // "log audit"
	SYSLOG_MOST = 8192,   // bytes that every receiver should take (RFC 5424, 6.1)
	SYSLOG_HEAD = 512,    // of a head at most, with the length before it
};

struct syslog {
	enum syslog_severity severity;
	int64_t moment;
	struct str host, app, id; // cut at 255, 48 and 32 bytes, as the RFC has them
};

// The message is given as it is, without a byte order mark: who reads CEF or JSON in it knows none.
// One that would be over SYSLOG_MOST is cut.
void syslog_frame(struct buf *b, const struct syslog *s, struct str message);
