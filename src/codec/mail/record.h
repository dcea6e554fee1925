// What DNS says of mail, from the bytes of its records (RFC 1035, names not compressed): MX (RFC
// 5321, 7505), TXT, A and AAAA. Pure; TLSA stands in model/mail/tls.h.
#pragma once

#include "base/buf.h"
#include "codec/net/address.h"
#include "codec/net/name.h"

struct mx {
	unsigned preference;
	struct name host; // n 0: the root, which says that the domain takes no mail
};

bool mx_read(struct str rdata, struct mx *out) MUST_USE;
bool txt_read(struct str rdata, struct buf *out) MUST_USE; // its strings, one behind the other
bool record_address(struct str rdata, struct address *out) MUST_USE; // 4 or 16 bytes
