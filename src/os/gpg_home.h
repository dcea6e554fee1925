// What the files of os/gpg share, and the one place that knows GPGME.
#pragma once

#include "os/gpg.h"

#include <gpgme.h>

enum {
	GPG_SOCKET_ROOM = 80,     // of a path, so that /S.gpg-agent.browser fits behind it
	GPG_MOST_TEXT = 48 << 20, // that GnuPG gives us
};

struct gpg {
	gpgme_ctx_t ctx;
	enum gpg_engine engine;
	char by[GPG_FINGERPRINT]; // who signs now; empty: nobody
	char folder[GPG_SOCKET_ROOM + 1];
};

// What came of a call that began at `since` (clock_since): true where all is well. How long it took
// is all that says that GnuPG was ended.
bool gpg_well(gpgme_error_t got, int64_t since, const char *what, struct err *e) MUST_USE;

// Bytes to and from it.
static inline void gpg_data_done(gpgme_data_t *d)
{
	if (*d != NULL)
		gpgme_data_release(*d);
}
#define autodata CLEANUP(gpg_data_done) gpgme_data_t
void gpg_data_of(struct str bytes, gpgme_data_t *out); // which outlive it

// What it gives, as it comes: over GPG_MOST_TEXT the call fails, and GnuPG is not heard any more.
struct gpg_out {
	gpgme_data_t data;
	char *p;
	size_t n, room;
};
#define autoout CLEANUP(gpg_out_done) struct gpg_out
void gpg_out_new(struct gpg_out *o); // which stays where it is
void gpg_out_done(struct gpg_out *o);
// A copy in a. ERR_SYSTEM: there are none.
bool gpg_out_take(const struct gpg_out *o, struct arena *a, struct str *out, struct err *e)
	MUST_USE;
