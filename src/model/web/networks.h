// Networks whose machines open and press the links of mails: the setting [web] scanners, "PREFIX, PREFIX
// …". Pure.
#pragma once

#include "codec/net/address.h"

enum {
	NETWORKS_MOST = 64,
	NETWORKS_LONGEST =
		64, // bits of a prefix of IPv6: who asks is known by so many (os/http_peers.h)
};

bool networks_well(struct str text) MUST_USE; // NETWORKS_MOST at the most, one at least
// "none", and what is not well, has nobody.
bool networks_hold(struct str text, struct address a);
