// What was found, step by step, when the way of mail was tried: rows that the program `post`
// (src/waker/post_main.c) prints and `waker mail test` and `waker check` read. It alone loads what
// sends and asks the DNS.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/list.h"
#include "task/check/check.h"

enum { STEPS_SECONDS = 900 }; // after which a try is ended; each part of it ends before

struct step {
	struct str what; // "settings", "route", "connect", "tls", "answer" …
	enum check_state state;
	struct str says, remedy; // remedy: what to do; empty where it is ok
};
struct steps {
	LIST(struct step) all;
	bool sent; // a server has the mail
};

// In `post`: a step goes to standard output at once.
void step_print(const char *what, enum check_state state, struct str says, const char *remedy);
void step_print_sent(void);

// Tries the way of mail of a home: of `to`, an address, with a mail that is sent unless `dry`; NULL: of
// none, what can be seen without sending. `enforced`: as something of middle sensitivity.
struct steps_wish {
	struct str home;
	const char *to;
	bool dry, enforced;
};
bool steps_run(const struct steps_wish *w, struct arena *a, struct steps *out, struct err *e)
	MUST_USE;
