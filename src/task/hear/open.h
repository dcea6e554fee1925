// A mail as it was meant: what is proven about who wrote it, and its parts as they were signed or sealed.
#pragma once

#include "os/mime.h"
#include "task/home.h"
#include "task/proof/proof.h"

struct opening {
	const struct home *home;
	struct mime_reader *reader;
	struct str mail;
};
// What was signed or sealed as a whole takes the place of the parts of *h: what is proven is what is
// read. Nobody is asked for DKIM keys: who opens has no network. False: this machine fails.
bool open_mail(const struct opening *o, struct arena *a, struct heard_whole *h, struct proof *out,
	       struct err *e) MUST_USE;

// Why what was signed or sealed could not be read; empty: it could, or there was nothing to.
struct str open_trouble(const struct proof *p);
