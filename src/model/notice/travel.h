// How a message may travel to one contact (RULES 7): by its sensitivity, by the keys that the
// contact has, and not by what is affected itself. Pure: one table of classes and one of forms.
#pragma once

#include "model/feed/feed.h"
#include "model/finding/issue.h"
#include "model/notice/message.h"

// Of one finding: what its feeds say, but never less than its class is: what a thief or an
// intruder has is high, what an attacker could use or has used is middle.
enum feed_sensitivity travel_sensitivity(enum issue_class class, enum feed_sensitivity of_feeds);

struct travel {
	enum feed_sensitivity sensitivity; // the most that is inside
	bool pgp, smime;                   // the contact has a key that may be used now
	bool ours;                         // the team has a key to sign with
	bool no_tls; // the other side was asked, and its connection cannot be secured
};

// FORM_NEUTRAL: no detail leaves, and an officer must help. FORM_TLS is looked at again when it is
// sent: where no secured connection can be had it becomes neutral (no_tls).
enum form travel_form(const struct travel *t);

// Does the form show what is wrong where?
static inline bool travel_shows(enum form f)
{
	return f == FORM_PLAIN || f == FORM_SIGNED || f == FORM_TLS || f == FORM_PGP ||
	       f == FORM_SMIME;
}

// Does a finding of this class, seen at this, mean that mail to the address may be read by who
// did it: the address, its domain or a domain above that is what is leaked or compromised?
bool travel_affected(enum issue_class class, struct str seen, struct str address);
