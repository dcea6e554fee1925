// What letters say of keys: of one of their readers' that ends, and of the team's own.
#pragma once

#include "model/notice/letter.h"
#include "store/message.h"
#include "task/home.h"

// Texts live in a. What is no trouble any more stays empty: fingerprint of the first, year of the second.
bool fill_key(const struct home *h, const struct message_row *m, struct arena *a,
	      struct letter_key *out, struct err *e) MUST_USE;
bool fill_team_key(struct db *d, const struct message_row *m, struct arena *a,
		   struct letter_team_key *out, struct err *e) MUST_USE;
