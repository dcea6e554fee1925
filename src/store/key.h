// Keys of who is written to, and the ledger of how somebody made sure whose they are, as rows (the
// team's own: store/key_team.h). Writing belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "model/key/key.h"
#include "os/db.h"

struct key_row { // texts of a row that was read hold until the next one is
	int64_t id;
	struct str address; // in lower case
	enum key_kind kind;
	struct str fingerprint, user, mails, algorithm; // as os/gpg.h
	int64_t made;
	struct key_known is;
	enum key_origin origin;
	int64_t came;
	struct str bytes; // of key_add, key_change and key_usable alone
};
// The same with texts and bytes in the arena.
struct key_row key_kept(const struct key_row *k, struct arena *a) MUST_USE;
bool key_add(struct db *d, struct key_row *k, struct err *e) MUST_USE; // sets id
// By id: user, mails, expires, state and bytes.
bool key_change(struct db *d, const struct key_row *k, struct err *e) MUST_USE;
bool key_drop(struct db *d, int64_t id, struct err *e) MUST_USE; // and its ledger
// Likewise those of addresses of which no contact is left: nobody is written to with them.
bool key_drop_idle(struct db *d, int64_t *count, struct err *e) MUST_USE;

struct key_filter {                 // empty: of all
	struct str address, member; // a member's short name: of its contacts
};
bool key_list(struct db *d, const struct key_filter *f, struct db_rows **out, struct err *e)
	MUST_USE;
bool key_next_row(struct db_rows *r, struct key_row *out, struct err *e) MUST_USE;
bool key_bytes(struct db *d, int64_t id, struct arena *a, struct str *out, struct err *e) MUST_USE;

// Those that may be used at `now` (key_usable); id, kind, fingerprint and bytes are set.
bool key_usable_of(struct db *d, struct str address, int64_t now, struct db_rows **out,
		   struct err *e) MUST_USE;
bool key_next_usable(struct db_rows *r, struct key_row *out, struct err *e) MUST_USE;

struct key_check {
	int64_t key, at;
	struct str who;
	enum key_state state; // what it became
	int method;           // enum key_method; -1: none
	struct str evidence;
	int64_t until;
};
// Into the ledger, and the key becomes so.
bool key_check(struct db *d, const struct key_check *c, struct err *e) MUST_USE;
bool key_checks(struct db *d, int64_t key, struct db_rows **out, struct err *e) MUST_USE;
bool key_next_check(struct db_rows *r, struct key_check *out, struct err *e) MUST_USE;

// Keys of contacts that end, or whose check does, before `soon`, or that somebody must look at.
// id, address, fingerprint and what is known are set. *spare: others of the address that last.
bool key_troubles(struct db *d, int64_t soon, struct db_rows **out, struct err *e) MUST_USE;
bool key_next_trouble(struct db_rows *r, struct key_row *out, int64_t *spare, struct err *e)
	MUST_USE;

// Of keys that end before `soon`, or were revoked, and were checked: their first contact, where no
// other key of it lasts.
struct key_chased { // texts hold until the next row
	int64_t key;
	struct key_known is;
	enum key_chase said; // the last that was said of this end
	int64_t member, contact;
	struct str role, mail, wishes;
};
struct key_chase_when {
	int64_t now, soon;
	bool shadow; // what was made in the mode of that name counts as said
};
bool key_chased(struct db *d, const struct key_chase_when *w, struct db_rows **out, struct err *e)
	MUST_USE;
bool key_next_chased(struct db_rows *r, struct key_chased *out, struct err *e) MUST_USE;
bool key_chase_add(struct db *d, int64_t message, const struct key_chased *k, enum key_chase step,
		   struct err *e) MUST_USE;

// Of which key a message is. False + ERR_NONE: it is gone.
struct key_meant {
	struct str fingerprint; // in the caller's arena
	struct key_known is;
	int64_t expires; // the end that was meant
	bool other;      // another key of its address lasts longer
};
bool key_chase_of(struct db *d, int64_t message, int64_t now, struct arena *a,
		  struct key_meant *out, struct err *e) MUST_USE;

struct key_reach { // addresses of contacts: all, and those without a key that may be used at `now`
	int64_t without, all;
};
bool key_reach(struct db *d, int64_t now, struct key_reach *out, struct err *e) MUST_USE;
