// The team's keys as the world gets them: a folder with what lies on the team's web site (a Web Key Directory
// by both methods, key files, statements), what somebody uploads to key servers, and a text that says so.
// Nothing is uploaded here. Old, new and revoked keys stand together, so that who asks for one learns of all.
#pragma once

#include "store/key_team.h"
#include "task/home.h"

struct site {                       // texts in the caller's arena
	LIST(struct str) files;     // below the folder, as they were written
	LIST(struct team_key) keys; // that stand in it, the one to be used first
};
// The folder is made where it is not there, and other files in it are left alone; `dry`: nothing is
// written. ERR_ABSENT: there is no key; ERR_CONFIG: [mail] from is not set.
struct site_wish {
	struct str folder;
	bool dry;
};
bool site_write(const struct home *h, const struct site_wish *w, struct arena *a, struct site *out,
		struct err *e) MUST_USE;
