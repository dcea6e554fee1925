// An address and a port, as a service listens on them: "192.0.2.1:443", "[2001:db8::1]:443",
// "[::]:443" (any). No name is one.
#pragma once

#include "codec/net/address.h"

struct endpoint {
	struct address at;
	uint16_t port;
};

bool endpoint_read(struct str text, struct endpoint *out) MUST_USE; // port 1 to 65535
bool endpoint_is_loopback(const struct endpoint *x);                // only this machine reaches it
