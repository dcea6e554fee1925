// IP addresses, prefixes and ranges as text and as numbers. IPv4 and IPv6 share
// one number line: an IPv4 address *is* its IPv4-mapped IPv6 address
// (RFC 4291, 2.5.5.2), so 192.0.2.1 and ::ffff:192.0.2.1 are equal. Pure; refuses
// anything that a network stack would not read as an address in these forms.
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct address {
	uint64_t high, low; // the 128 bits, most significant first
};

enum { ADDRESS_TEXT = 46 }; // longest text and a NUL

struct prefix {
	struct address base; // no host bits set
	unsigned length;     // 0 to 128, also for IPv4: /24 is 120
};

struct range {
	struct address first, last; // both inside, first <= last
};

static inline bool address_is_v4(struct address a)
{
	return a.high == 0 && a.low >> 32 == 0xffff;
}

static inline int address_order(struct address a, struct address b)
{
	return a.high != b.high ? (a.high > b.high) - (a.high < b.high)
				: (a.low > b.low) - (a.low < b.low);
}

static inline struct address address_minus(struct address a, struct address b) // a >= b
{
	return (struct address){ a.high - b.high - (a.low < b.low), a.low - b.low };
}

static inline struct address address_v4(uint32_t n)
{
	return (struct address){ 0, UINT64_C(0xffff00000000) | n };
}

// IPv4: four decimal numbers 0 to 255 without leading zeros. IPv6: any text of
// RFC 4291, 2.2, either case, no zone. False where s is anything else.
bool address_read(struct str s, struct address *out) MUST_USE;
// The same a byte at a time: what address_read is where there is no SIMD.
bool address_read_plain(struct str s, struct address *out) MUST_USE;

// The host of a URL as browsers read numbers (WHATWG URL, "IPv4 parser"): also
// 0x7f.1, 017700000001, 2130706433. Only for URL hosts; a column of addresses
// that holds such a thing is broken.
bool address_read_loose(struct str s, struct address *out) MUST_USE;

void address_write(struct buf *b, struct address a);         // dotted, or RFC 5952
void address_bytes(struct address a, unsigned char out[16]); // network order, for the store
struct address address_of_bytes(const unsigned char in[16]);

// An address that says little of who is behind it: 6to4 (2002::/16), Teredo (2001::/32)
// and NAT64 (64:ff9b::/96, 64:ff9b:1::/48), RFC 3056, 4380, 6052, 8215.
bool address_is_tunnel(struct address a);

// "192.0.2.0/24", "2001:db8::/32"; an address alone is /32 or /128. False where s
// is no prefix; ERR_INPUT tells why, and for host bits gives the corrected prefix.
bool prefix_read(struct str s, struct prefix *out, struct err *e) MUST_USE;
void prefix_write(struct buf *b, struct prefix p);
bool prefix_holds(struct prefix p, struct address a);
struct range prefix_range(struct prefix p);
struct prefix prefix_of(struct address a, unsigned length); // host bits cleared

// Takes the longest run that is one prefix off the front of what is left of a range. False:
// nothing is left (first > last). A range is at most 254 prefixes.
bool prefix_cut(struct range *left, struct prefix *out) MUST_USE;

// "192.0.2.10-192.0.2.20", blanks around the minus allowed.
bool range_read(struct str s, struct range *out, struct err *e) MUST_USE;
void range_write(struct buf *b, struct range r);
