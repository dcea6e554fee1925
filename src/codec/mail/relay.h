// Where our own mail server is, as a setting says it: smtp://HOST:PORT or smtps://HOST:PORT, HOST
// a name, an IPv4 address, or an IPv6 one in brackets. Without a port: 587 and 465 (RFC 8314).
// Nobody's name, password or path may stand in it. Pure.
#pragma once

#include "base/str.h"

struct relay {
	bool implicit;   // TLS at once
	bool loopback;   // it is this machine
	struct str host; // without brackets
	uint16_t port;
};

bool relay_read(struct str s, struct relay *out) MUST_USE; // points into s

// Where mail for us waits, likewise: imap://HOST:PORT/FOLDER or imaps://…; without a port 143 and 993,
// without a folder INBOX. The folder is ASCII without quotes.
struct mailbox {
	struct relay at;
	struct str folder;
};
bool mailbox_read(struct str s, struct mailbox *out) MUST_USE; // points into s, or is a literal
