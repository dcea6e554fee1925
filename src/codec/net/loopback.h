// A port that only this machine reaches: "127.0.0.1:9464" or "[::1]:9464". No other address is
// one, nor a name.
#pragma once

#include "base/str.h"

struct loopback {
	bool six; // ::1
	uint16_t port;
};

bool loopback_read(struct str text, struct loopback *out) MUST_USE; // port 1 to 65535
