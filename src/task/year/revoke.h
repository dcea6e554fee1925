// A key of the team's is in wrong hands, or may be: it is revoked, signs nothing from now on, and the world is
// told by the same files as of a new one.
#pragma once

#include "task/year/site.h"

struct revoke_wish {
	struct str typed; // its fingerprint, all 40 digits
	struct site_wish site;
};
struct revoked {
	struct team_key key;
	bool again;          // it was revoked before: the files alone are written
	struct team_key now; // what signs now; id 0: nothing does
	int64_t anew;        // mails that waited with its signature, and are written anew
	struct site site;
};
// In a transaction of the caller's. ERR_ABSENT: the team has no such key; ERR_CONFIG: neither its secret
// half nor what revokes it is on this node.
bool key_revoke_team(const struct home *h, const struct revoke_wish *w, struct arena *a,
		     struct revoked *out, struct err *e) MUST_USE;
