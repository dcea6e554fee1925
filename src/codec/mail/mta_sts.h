// MTA-STS (RFC 8461): what a domain asks of those who mail it, said by a TXT record at
// _mta-sts.DOMAIN (3.1) and a file of key: value lines that is fetched over HTTPS (3.2). Pure;
// what was read points into the bytes.
#pragma once

#include "base/err.h"
#include "base/str.h"

enum {
	STS_MAX_BYTES = 64 << 10, // of the file (3.2)
	STS_MAX_MX = 32,
	STS_MAX_ID = 32,
	STS_MAX_AGE = 31557600, // seconds
};

enum sts_mode { STS_NONE, STS_TESTING, STS_ENFORCE };

struct sts_policy {
	enum sts_mode mode;
	uint32_t max_age; // seconds
	unsigned mxs;
	struct str mx[STS_MAX_MX]; // "mx.member.example", "*.member.example"
};

// The id of "v=STSv1; id=20260302T060000;". False: it is no such record.
bool sts_record(struct str txt, struct str *id) MUST_USE;

// ERR_INPUT: it is no policy, or one that lacks what it must say.
bool sts_policy(struct str file, struct sts_policy *out, struct err *e) MUST_USE;

// Does a policy name this server? A "*." stands for one label (4.1).
bool sts_names(const struct sts_policy *p, struct str host);
