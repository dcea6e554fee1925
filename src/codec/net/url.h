// The host of a URL, as far as a threat feed needs it (RFC 3986; the benchmark's
// README says what counts): behind "//", behind the last "@" before the first of
// "/", "?", "#"; without brackets and port. Only http and https, in any case.
#pragma once

#include "codec/net/address.h"
#include "codec/net/name.h"

enum host_kind { HOST_NONE, HOST_ADDRESS, HOST_NAME };

struct host {
	enum host_kind kind;
	struct address address;
	struct name name;
};

// A host as a URL writes it: percent-encoding is undone, odd numbers are addresses.
enum host_kind host_read(struct str s, name_idn idn, struct host *out);

// HOST_NONE where s is no URL of these schemes or its host cannot be read.
enum host_kind url_host(struct str s, name_idn idn, struct host *out);

// The domain of a mail address ("a@b.example"); false where it has none.
bool mail_domain(struct str s, name_idn idn, struct name *out) MUST_USE;

// "AS64500", "as64500" or "64500"; 1 to 4294967295.
bool asn_read(struct str s, uint32_t *out) MUST_USE;
