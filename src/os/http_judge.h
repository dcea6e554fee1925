// What is judged of an answer over HTTP as it comes. Pure; private to os/http_client.c.
#pragma once

#include "base/str.h"

// The least rate holds from the first byte on, over an eighth of `wait`, a minute at the most:
// what a publisher needs to begin is bounded by `wait` alone.
struct http_pace {
	uint32_t wait;  // seconds for all of it
	uint32_t least; // bytes a second
	int64_t window; // since when the rate is being judged; 0: nothing came yet
	uint64_t had;   // bytes of the network when it began
};
bool http_pace_holds(struct http_pace *p, int64_t now, uint64_t done);

// A line of what libcurl says of a certificate: "Start date:2026-01-31 00:00:00 GMT", or with
// "Expire date:", sets one of the two; others change nothing.
void http_certificate_line(struct str line, int64_t *since, int64_t *until);
