// Contacts in the store. Every call writes, and belongs in a transaction of the caller's.
#pragma once

#include "model/roster/roster.h"
#include "os/db.h"

// Adds it to the member (a row's number) where id is 0 and sets id, else changes it.
bool contact_put(struct db *d, int64_t member, struct contact *c, struct err *e) MUST_USE;
bool contact_drop(struct db *d, int64_t id, struct err *e) MUST_USE;
