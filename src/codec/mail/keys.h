// The keys and certificates that came in a mail: as attachments, in its text, in an Autocrypt field
// (Autocrypt Level 1, 2.1), and those of an S/MIME signature. Found by their type, or by how they
// begin; nothing is read of what is in them. That they came in a mail from an address says nothing of
// whose they are. Lenient as codec/mail/mime_read.h is: what is left out there is left out here. Pure.
#pragma once

#include "codec/mail/mime_read.h"

enum { MAIL_KEYS_MOST = MIME_READ_PARTS + 1 }; // one a part, and one of the head

struct mail_keys {
	// Each as a file of its own, no longer than the mail, that of the head behind the others;
	// in the caller's arena, or in the mail.
	LIST(struct str) at;
};
void mail_keys(struct str mail, struct arena *a, struct mail_keys *out);
