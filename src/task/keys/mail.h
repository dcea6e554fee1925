// The keys and certificates that came in a mail: as attachments, in its text, in an Autocrypt field
// (Autocrypt Level 1, 2.1), and those of an S/MIME signature. That they came in a mail from an
// address says nothing of whose they are. Pure.
#pragma once

#include "base/list.h"

struct mail_keys {
	LIST(struct str) at; // each as a file of its own; in the caller's arena, or the mail
};
void mail_keys(struct str mail, struct arena *a, struct mail_keys *out);
