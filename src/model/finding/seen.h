// What was seen, in the one spelling that makes two records the same finding (RULES 3,
// the column `seen`): "198.51.100.7 tcp/3389", "vpn.example.org tcp/443", the /64 of an
// infected IPv6 host, the asset itself where addresses change hands inside it, the mail
// domain of a stolen account, the member whom a leak site names.
#pragma once

#include "base/buf.h"
#include "model/finding/claim.h"
#include "model/finding/issue.h"

enum { SEEN_TEXT = 320 }; // the longest name, a port and a NUL

struct seen_of {
	const struct event *event;
	enum feed_side side; // the victim's, as the feed's columns say
	const struct claim *claim;
	const struct asset *asset;
	struct str member; // its slug
};

// False where the event lacks what the class needs (no address, no name): then there
// is no finding.
bool seen_write(struct buf *b, enum issue_class class, const struct seen_of *of) MUST_USE;

// Is what a finding has seen (its port aside) this address or name, or in this prefix, or a
// name below it? Also where `what` is the text of `seen` itself.
bool seen_within(struct str seen, struct str what) MUST_USE;
