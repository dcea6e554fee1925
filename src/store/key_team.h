// The team's own keys, the master key that certifies them, and their years (model/key/year.h), as rows.
// Writing belongs in a transaction of the caller's. Texts of a row that was read hold until the next
// one is, where nothing else is said.
#pragma once

#include "base/list.h"
#include "model/key/key.h"
#include "model/key/year.h"
#include "os/db.h"

struct team_key {
	int64_t id;
	enum key_kind kind;
	struct str fingerprint, user, algorithm;
	int64_t made, expires;
	struct str who;
	int64_t since;   // from when it signs; TIME_NEVER: nobody decided that yet
	int64_t ended;   // since when it signs no more, which may lie ahead; 0: not known
	int64_t revoked; // since when; 0: it is not
	struct str armored;
};
// Does it sign at `now`? Of several that the store has the newest does (team_key_now).
static inline bool team_key_signs(const struct team_key *k, int64_t now)
{
	return k->since <= now && (k->ended == 0 || k->ended > now) && k->revoked == 0;
}
bool team_key_add(struct db *d, struct team_key *k, struct err *e) MUST_USE; // sets id
// Those of a kind that sign, or were to, but one (0: all), do not from `at` on.
struct team_key_end {
	enum key_kind kind;
	int64_t at, but;
};
bool team_key_end(struct db *d, const struct team_key_end *end, struct err *e) MUST_USE;
bool team_key_since(struct db *d, int64_t id, int64_t since, struct err *e) MUST_USE;
bool team_key_certified(struct db *d, int64_t id, struct str armored, struct err *e) MUST_USE;
// It signs no more; what was to follow it and is published does at once, and what was to end for it
// goes on.
bool team_key_revoke(struct db *d, const struct team_key *k, int64_t now, struct err *e) MUST_USE;
bool team_key_list(struct db *d, struct db_rows **out, struct err *e) MUST_USE; // newest first
bool team_key_next(struct db_rows *r, struct team_key *out, struct err *e) MUST_USE;
// All, newest first; texts in the arena.
struct team_keys {
	LIST(struct team_key) at;
};
bool team_key_all(struct db *d, struct arena *a, struct team_keys *out, struct err *e) MUST_USE;
// With which the team signs at `now`: id, fingerprint (in the arena) and expires, which may be over.
// False + ERR_NONE: none does.
struct team_key_at {
	enum key_kind kind;
	int64_t now;
};
bool team_key_now(struct db *d, const struct team_key_at *at, struct arena *a, struct team_key *out,
		  struct err *e) MUST_USE;
// Of keys that do not sign yet: when the first begins, 0: none is there, TIME_NEVER: nobody decided.
// *revoked: since when the last was that is; 0: none is.
bool team_key_follows(struct db *d, const struct team_key_at *at, int64_t *since, int64_t *revoked,
		      struct err *e) MUST_USE;

struct master_key { // texts in the arena
	struct str fingerprint, user, who, armored;
	int64_t at; // when it was made known
};
// The one before certifies no more.
bool master_key_set(struct db *d, const struct master_key *k, struct err *e) MUST_USE;
// False + ERR_NONE: none is known.
bool master_key_now(struct db *d, struct arena *a, struct master_key *out, struct err *e) MUST_USE;

struct key_year { // texts in the arena; of key_next_year until the next row
	int year;
	int64_t key, former; // of team_key; former 0: none certified it
	struct str statement;
};
// In the place of what there was of that year, of which nothing is done then.
bool key_year_put(struct db *d, const struct key_year *y, struct err *e) MUST_USE;
// False + ERR_NONE: it has no key.
bool key_year_of(struct db *d, int year, struct arena *a, struct key_year *out, struct err *e)
	MUST_USE;
bool key_year_list(struct db *d, struct db_rows **out, struct err *e) MUST_USE; // newest first
bool key_next_year(struct db_rows *r, struct key_year *out, struct err *e) MUST_USE;
struct key_step {
	int year;
	enum year_step step;
	int64_t at;
	struct str who;
};
bool key_step_add(struct db *d, const struct key_step *s, struct err *e)
	MUST_USE; // again: as it was
bool key_steps(struct db *d, int year, struct db_rows **out, struct err *e) MUST_USE;
bool key_next_step(struct db_rows *r, struct key_step *out, struct err *e) MUST_USE; // but year

// ---- who is told

struct correspondent {
	int64_t member, contact;
	struct str role, mail, wishes;
};
struct key_telling {
	int year;
	int64_t now, since; // mail that was encrypted since then counts, too
};
// The first contact of each address to which mail is encrypted, and that was not told yet.
bool key_correspondents(struct db *d, const struct key_telling *t, struct db_rows **out,
			struct err *e) MUST_USE;
bool key_next_correspondent(struct db_rows *r, struct correspondent *out, struct err *e) MUST_USE;
bool key_told_add(struct db *d, int64_t message, int year, struct err *e) MUST_USE;
bool key_told_count(struct db *d, int year, int64_t *told, int64_t *arrived, struct err *e)
	MUST_USE;
// Of which key a message tells; texts in the arena. False + ERR_NONE: it is gone.
struct key_told {
	int year;
	struct str fingerprint, armored, former, statement;
	int64_t since, revoked;
};
bool key_told_of(struct db *d, int64_t message, struct arena *a, struct key_told *out,
		 struct err *e) MUST_USE;
