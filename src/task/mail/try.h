// Tries the way of mail and prints each step (task/mail/steps.h): the settings, the way to an
// address, the server's TLS, and what it answers to a mail. For the program `post`.
#pragma once

#include "task/mail/route.h"
#include "task/mail/steps.h"

// A mail to w->to, or (dry) all but that.
void try_mail(const struct home *h, const struct steps_wish *w, struct arena *a);
// What can be looked at without an address: the relay, or the resolver and our own domain.
void try_way(const struct home *h, struct arena *a);
