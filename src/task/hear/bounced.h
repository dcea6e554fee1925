// A mail of ours did not arrive: its delivery is refused, the next contact gets it at once, and
// where the address is the reason, mail goes round it for some days.
#pragma once

#include "store/message.h"

struct bounced {
	int64_t delivery;
	bool failed;     // it was given up; else it is only late
	bool of_address; // because of the address itself: none will be taken there
	struct str code; // RFC 3463, "5.1.1"; or of SMTP, "550"; may be empty
	struct str says; // the other server's words
	int64_t mail;    // in which it was said
	int64_t now;
};
// In a transaction of the caller's. What is only late changes nothing but what is known of the delivery.
bool bounced(struct db *d, const struct bounced *b, struct err *e) MUST_USE;
