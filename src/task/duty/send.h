// Pages on their way: by mail, by a webhook, or by the gateway of [duty] that has a telephone. A page says
// its id, its priority and its link, and nothing of what it is about.
#pragma once

#include "os/http_client.h"
#include "os/smtp_client.h"
#include "task/mail/route.h"

enum {
	DUTY_AT_A_TIME = 20, // tries
	DUTY_GATEWAY_SECONDS = 60,
	DUTY_HOOK =
		0, // credentials/hook-0: the secret by which pages are signed (task/hook/hook.h)
};

struct duty_sender { // zeroed, with its home
	const struct home *home;
	struct ways ways;
	struct smtp_client *smtp;
	struct http_client *http;
	bool open; // ways are
};
void duty_sender_close(struct duty_sender *s);

// Gives away what waits, each with a link of its own, and notes what came of it. What does not arrive is
// the next try's: it is never sent again by the same. False: the store fails.
bool duty_send(struct duty_sender *s, struct arena *a, unsigned *sent, struct err *e) MUST_USE;
