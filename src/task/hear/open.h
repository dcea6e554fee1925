// A mail that somebody signed or sealed by OpenPGP: its parts as they were meant, and by whose key.
#pragma once

#include "os/mime.h"
#include "task/home.h"
#include "task/keys/ring.h"

struct opening {
	const struct home *home;
	struct mime_reader *reader;
	struct ring *ring;
	struct str sender; // the address that is said to have written, in lower case
	struct str mail;
};
struct opened {
	bool sealed;
	struct str by;      // the verified key of the sender's that signed it; empty: none
	struct str trouble; // why it could not be opened; empty: it could, or there was nothing to
};
// What was signed or sealed takes the place of the parts of *h: what is proven is what is read. False:
// this machine fails.
bool open_mail(const struct opening *o, struct arena *a, struct heard_whole *h, struct opened *out,
	       struct err *e) MUST_USE;
