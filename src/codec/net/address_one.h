// The two texts that an address is, each by two readers: one a byte at a time, and one
// 16 bytes at a time (SSE2, which every x86-64 has) that leaves what is odd to the
// other. Private to codec/net/address*.c.
#pragma once

#include "codec/net/address.h"

bool address_quad(const char *p, const char *end, uint32_t *out) MUST_USE;
bool address_quad_plain(const char *p, const char *end, uint32_t *out) MUST_USE;

// IPv6 text of two bytes or more.
bool address_v6(struct str s, struct address *out) MUST_USE;
bool address_v6_plain(struct str s, struct address *out) MUST_USE;
