// What was seen, in the one spelling that makes two records the same finding (RULES 3,
// the column `seen`): "198.51.100.7 tcp/3389", "vpn.example.org tcp/443", the /64 of an
// infected IPv6 host, the asset itself where addresses change hands inside it.
#pragma once

#include "base/buf.h"
#include "model/finding/claim.h"
#include "model/finding/issue.h"

enum { SEEN_TEXT = 320 }; // the longest name, a port and a NUL

// False where the event lacks what the class needs (no address, no name): then there
// is no finding. `side` of the event is the victim's, as the feed's columns say.
bool seen_write(struct buf *b, enum issue_class class, const struct event *event,
		const struct claim *c, const struct asset *asset) MUST_USE;
