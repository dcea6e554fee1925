// Machines of members that are told too: what may be one, and its secret (how a webhook is signed:
// codec/wire/webhook.h). Secrets are files credentials/hook-NUMBER of the home, with
// `secret = whsec_BASE64`, and while it is being changed `key = ` the one before.
#pragma once

#include "base/arena.h"
#include "codec/wire/webhook.h"
#include "os/syslog_client.h"
#include "store/hook.h"
#include "task/home.h"

enum {
	HOOK_SECRET_BYTES = 32, // of a new secret
	HOOK_ADDRESS = 512,
};
#define HOOK_DROP "drop" // the folder of the home for CHANNEL_FILE

// Is the address one that the channel can reach: https://… without a password (http:// and private
// addresses in an example home alone), HOST:PORT for syslog, or the name of a folder (letters, digits,
// - and _)? ERR_INPUT.
bool hook_address(const struct home *h, enum channel channel, struct str address, struct err *e)
	MUST_USE;

// "siem.m1.example:6514", "[2001:db8::1]:6514"; "#sha256//BASE64" behind it pins the receiver's key.
// False: it is none. Texts point into the address.
bool hook_receiver(struct str address, struct syslog_place *out) MUST_USE;

// A new secret, "whsec_…"; in a.
struct str hook_secret(struct arena *a);
// Writes the file of a hook's secret. `former`: the one before, which still counts; empty: none.
bool hook_keep_secret(const struct home *h, int64_t hook, struct str secret, struct str former,
		      struct arena *a, struct err *e) MUST_USE;
// Reads it; `out` is to be wiped. ERR_ABSENT: there is none; ERR_CONFIG.
bool hook_secrets(const struct home *h, int64_t hook, struct webhook_secret out[WEBHOOK_SECRETS],
		  struct err *e) MUST_USE;
