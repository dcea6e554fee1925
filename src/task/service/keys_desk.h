// What the role `keys` keeps open from one job to the next.
#pragma once

#include "os/mime.h"
#include "task/advice/advice.h"
#include "task/keys/ring.h"
#include "task/service/role.h"
#include "task/tell/feed_shelf.h"

// What this role keeps open: the advice that letters carry, read again from time to time, so that a
// text that somebody mends is in the next letters and no letter waits for it; and the keys.
struct keys_desk {
	struct shelf shelf;
	int64_t read; // of the shelf
	struct ring *ring;
	struct feed_shelf feeds;
	struct mime_reader *reader; // of mail that comes in; NULL: none came yet
};
struct keys_desk *keys_desk_of(struct service *s);
bool keys_desk_reader(struct service *s, struct mime_reader **out, struct err *e) MUST_USE;
