// Mail that came in is kept as it came, before anything reads it: its bytes in the archive, a row, and
// the job that reads it.
#pragma once

#include "store/mail_in.h"
#include "task/home.h"

enum { HEAR_BYTES = 100 << 20 }; // of one mail

struct hear_kept {
	int64_t id;
	bool known; // the same bytes came before: nothing new was kept
};
// Reads `in` to its end. In a transaction of its own. ERR_LIMIT: it is over HEAR_BYTES.
bool hear_keep(const struct home *h, enum mail_way way, int in, struct arena *a,
	       struct hear_kept *out, struct err *e) MUST_USE;

// The mail is to be read, now.
bool hear_ask(struct db *d, int64_t mail, int64_t now, struct err *e) MUST_USE;
// The mail that a job names by its key. ERR_INPUT: none can be.
bool hear_key_read(struct str key, int64_t *mail, struct err *e) MUST_USE;

// The bytes as they came, as memory (file_unmap). ERR_ABSENT: their time was over.
bool hear_bytes(const struct home *h, const struct mail_row *m, struct arena *a, struct str *out,
		struct err *e) MUST_USE;
