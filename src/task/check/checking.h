// One run of the checks, for the files of this folder.
#pragma once

#include "model/feed/feed.h"
#include "os/fetch_role.h"
#include "task/check/check.h"
#include "task/home.h"

struct checking {
	const struct check_wish *wish;
	struct arena *a;
	struct home home;         // its path and now always, the rest where waker.conf is read
	struct err unread;        // why it is not; ERR_NONE: it is
	const char *what;         // of the check that is made
	int64_t newest;           // row of the store; TIME_EVER: not known, or none
	bool stored;              // the store can be looked into, and has our schema
	struct fetch_trust trust; // as the role says
	bool fetches;             // it can be started
	LIST(struct feed) feeds;  // that are on, and whose files can be read
	struct check_rows *out;
};

// A row of the check that is made.
void checking_ok(struct checking *c, struct str says);
void checking_tell(struct checking *c, enum check_state state, struct str says, struct str remedy);
void checking_failed(struct checking *c, const struct err *e, struct str remedy); // CHECK_WRONG

// The home's store, to be looked into. False: it cannot be, which is the store's own check to
// tell; that this one saw nothing is told.
bool checking_open(struct checking *c, struct db **out);

// The checks. checking_store finds c->newest and c->stored, checking_feeds c->feeds, checking_roles c->trust: they go before those that ask.
void checking_settings(struct checking *c);
void checking_permissions(struct checking *c);
void checking_key(struct checking *c);
void checking_disk(struct checking *c);
void checking_store(struct checking *c);
void checking_clock(struct checking *c);
void checking_roles(struct checking *c);
void checking_feeds(struct checking *c);
void checking_credentials(struct checking *c);
void checking_certificates(struct checking *c);
void checking_names(struct checking *c);
void checking_mail(struct checking *c);
void checking_advice(struct checking *c);
void checking_openpgp(struct checking *c);
void checking_retention(struct checking *c);
void checking_duty(struct checking *c);
