// Contacts in the store. What writes belongs in a transaction of the caller's.
#pragma once

#include "model/roster/roster.h"
#include "os/db.h"

// Adds it to the member (a row's number) where id is 0 and sets id, else changes it.
bool contact_put(struct db *d, int64_t member, struct contact *c, struct err *e) MUST_USE;
bool contact_drop(struct db *d, int64_t id, struct err *e) MUST_USE;

// The contact whose address this is (in lower case), of a member that is one still; texts in a.
// False + ERR_NONE: it is nobody's.
struct contact_whose {
	int64_t contact, member;
	struct str name, role, slug, member_name;
};
bool contact_whose(struct db *d, struct str address, struct arena *a, struct contact_whose *out,
		   struct err *e) MUST_USE;
