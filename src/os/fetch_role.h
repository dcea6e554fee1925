// The role that fetches, seen from who asks it: a process of its own (src/waker/
// fetch_main.c) that has the network and nothing else: no home, no store, no secret but
// those of the ask at hand. It gets an ask and a descriptor, writes the body there and
// says what came of it.
#pragma once

#include "base/arena.h"
#include "codec/wire/ask.h"

struct fetch_role;

// Starts it. `ca`: the one file of certificates that it may read besides the system's, or
// empty. ERR_SYSTEM: its executable is not there or cannot be started.
bool fetch_role_open(struct str ca, struct fetch_role **out, struct err *e) MUST_USE;
void fetch_role_close(struct fetch_role *r); // NULL is a no-op; ends it
#define autofetchrole CLEANUP(fetch_role_done) struct fetch_role *
static inline void fetch_role_done(struct fetch_role **r)
{
	fetch_role_close(*r);
}

struct fetch_progress {
	void (*tell)(void *, uint64_t done, uint64_t all); // NULL: none
	void *context;
};

// Where it finds the certificates by which other sides are checked, unless an ask names some:
// a file, a folder, or both; empty: not there. In a. An answer also shows that the role can be
// started. ERR_SYSTEM: it cannot, or gives no answer within FETCH_TRUST_SECONDS.
enum { FETCH_TRUST_SECONDS = 5 };
struct fetch_trust {
	struct str file, folder;
};
bool fetch_role_trust(struct arena *a, struct fetch_trust *out, struct err *e) MUST_USE;

// Asks, with the body of a 200 going to the descriptor from where it stands. True: an
// answer came, out->status says which. False is what http_ask (os/http_client.h) says, or
// ERR_SYSTEM where the role died: it cannot be asked again. Texts of *out hold until the
// next call.
bool fetch_role_ask(struct fetch_role *r, const struct ask *x, int body,
		    const struct fetch_progress *progress, struct ask_answer *out, struct err *e)
	MUST_USE;
