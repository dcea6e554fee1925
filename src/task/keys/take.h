// Keys that come: read by GnuPG in a folder of their own that is removed again, cleaned, and
// written down for the addresses whose they say they are. Whose they are says nobody yet.
#pragma once

#include "base/list.h"
#include "codec/mail/keys.h"
#include "store/key.h"
#include "task/home.h"

enum take_end {
	TAKE_NEW,     // it waits for an officer's check
	TAKE_SAME,    // it was known, and says nothing new
	TAKE_CHANGED, // it was known; it has another end, or other parts
	TAKE_REVOKED, // it was known, and its owner revoked it
};

struct taken {
	struct key_row row; // as it is now
	enum take_end end;
	bool named; // it names the address itself
	bool other; // the address has another key that was checked: it stays
};
struct taking_keys {
	struct str bytes;   // of the file, as it came
	struct str address; // whose they are; empty: of the contacts whose addresses they name
	bool named;         // those that do not name that address are passed over
	enum key_origin origin;
	LIST(struct taken) out; // texts in the caller's arena
};

// In a transaction of the caller's. Of several keys in a file those that name nobody who is written
// to are passed over. ERR_INPUT: it holds no key, or one that cannot be used (secret, too weak,
// without a part that encrypts); ERR_ABSENT: none names a contact; ERR_LIMIT.
bool take_keys(const struct home *h, struct taking_keys *t, struct arena *a, struct err *e)
	MUST_USE;
// The same of a file that may be a mail, or a mailbox, in which they came: of its first mail all
// parts that hold some (codec/mail/keys.h); one that is of no use holds up no other. t->origin is
// KEY_FROM_MAIL then, and t->bytes what was looked at last.
bool take_file(const struct home *h, struct taking_keys *t, struct arena *a, struct err *e)
	MUST_USE;
// The same of what was found in a mail. ERR_INPUT, ERR_ABSENT, ERR_LIMIT: none of it was of use, with why of
// the last.
bool take_each(const struct home *h, struct taking_keys *t, const struct mail_keys *all,
	       struct arena *a, struct err *e) MUST_USE;

// A key by what somebody typed: its number, or the last 16 to 64 digits of its fingerprint. Texts
// live in a. ERR_ABSENT; ERR_INPUT: several have it.
bool take_find(struct db *d, struct str word, struct arena *a, struct key_row *out, struct err *e)
	MUST_USE;
