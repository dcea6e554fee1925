// Mail that came in, and addresses to which none arrives, as rows. Writing belongs in a transaction of
// the caller's.
#pragma once

#include "base/arena.h"
#include "model/mail/heard.h"
#include "os/db.h"
#include "os/digest.h"

struct mail_row { // texts of a row that was read hold until the next one is
	int64_t id, came;
	enum mail_way way;
	unsigned char sum[DIGEST_BYTES];
	struct str archive; // below the archive; empty: the bytes are gone
	int64_t bytes;
	enum mail_state state;
	enum mail_kind kind;
	struct str sender, subject, message; // empty before it was read
	int64_t delivery, contact, member;   // 0: none
	enum mail_proof proof;
	struct str says;
	int64_t read; // by an officer; 0: not
	struct str reader;
	struct str slug; // when reading; empty: none
};
// Sets id; *known: the same bytes came before, and nothing was written: id is that one's.
bool mail_add(struct db *d, struct mail_row *m, bool *known, struct err *e) MUST_USE;
// All that was learnt of it: from state to says.
bool mail_heard(struct db *d, const struct mail_row *m, struct err *e) MUST_USE;
// A signature of it counted, by what tells a replay (task/proof). *first: the mail with which it came first:
// this one, or it is that one sent again.
bool mail_signed(struct db *d, struct str replay, int64_t mail, int64_t *first, struct err *e)
	MUST_USE;
bool mail_read_by(struct db *d, int64_t id, int64_t at, struct str who, struct str says,
		  struct err *e) MUST_USE;

struct mail_filter { // -1, empty: any
	int state;
	struct str member;
	int64_t most;
};
bool mail_list(struct db *d, const struct mail_filter *f, struct db_rows **out, struct err *e)
	MUST_USE; // newest first
bool mail_next_row(struct db_rows *r, struct mail_row *out, struct err *e) MUST_USE;
// Texts go to a. False + ERR_NONE: there is none.
bool mail_by_id(struct db *d, int64_t id, struct arena *a, struct mail_row *out, struct err *e)
	MUST_USE;

bool mail_count(struct db *d, enum mail_state state, int64_t *out, struct err *e) MUST_USE;

// ---- what it is about

struct mail_about { // a delivery of ours
	int64_t delivery, message, contact, member;
	struct str address; // lives in the arena of who asked
};
// By the tag of its Message-ID; or the last to this address (in lower case) of the message of this
// public number; or the last of it at all (address empty). False + ERR_NONE: there is none.
bool mail_about_tag(struct db *d, struct str tag, struct arena *a, struct mail_about *out,
		    struct err *e) MUST_USE;
bool mail_about_number(struct db *d, uint32_t number, struct str address, struct arena *a,
		       struct mail_about *out, struct err *e) MUST_USE;
// The contact whose address this is (in lower case), of a member that is one still: contact and member.
bool mail_writer(struct db *d, struct str address, struct arena *a, struct mail_about *out,
		 struct err *e) MUST_USE;

// ---- addresses to which none arrives

struct trouble_row { // texts of a row that was read hold until the next one is
	struct str address;
	int64_t since, last, times;
	bool hard;
	int64_t until; // mail goes round it until then
	struct str code, says;
	int64_t mail;
	struct str slug; // when reading
};
bool trouble_put(struct db *d, const struct trouble_row *t, struct err *e) MUST_USE;
bool trouble_list(struct db *d, int64_t now, struct db_rows **out, struct err *e) MUST_USE;
bool trouble_next_row(struct db_rows *r, struct trouble_row *out, struct err *e) MUST_USE;
// That of this address (in lower case), where mail goes round it now: until, code and says, in a.
// False + ERR_NONE: it takes mail, as far as is known.
bool trouble_of(struct db *d, struct str address, int64_t now, struct arena *a,
		struct trouble_row *out, struct err *e) MUST_USE;
bool trouble_end(struct db *d, struct str address, bool *was, struct err *e) MUST_USE;
