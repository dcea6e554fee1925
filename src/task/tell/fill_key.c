#include "task/tell/fill_key.h"

#include "store/key.h"
#include "store/key_team.h"

// One with another end, or beside which another lasts, is no trouble any more.
bool fill_key(const struct home *h, const struct message_row *m, struct arena *a,
	      struct letter_key *out, struct err *e)
{
	int64_t now = home_moment(h);
	struct key_meant k;

	if (!key_chase_of(h->db, m->id, now, a, &k, e))
		return e->kind == ERR_NONE;
	if (key_chase(&k.is, now) != KEY_CHASE_NONE && k.is.expires == k.expires && !k.other)
		*out = (struct letter_key){
			.fingerprint = k.fingerprint,
			.expires = k.expires,
			.over = key_chase(&k.is, now) == KEY_CHASE_OVER,
			.revoked = k.is.state == KEY_REVOKED,
		};
	return true;
}

// Nobody is told of one that was revoked before they were.
bool fill_team_key(struct db *d, const struct message_row *m, struct arena *a,
		   struct letter_team_key *out, struct err *e)
{
	struct master_key master = { 0 };
	struct key_told k;

	if (!key_told_of(d, m->id, a, &k, e))
		return e->kind == ERR_NONE;
	if (!master_key_now(d, a, &master, e) && e->kind != ERR_NONE)
		return false;
	if (k.revoked == 0)
		*out = (struct letter_team_key){ .year = k.year,
						 .fingerprint = k.fingerprint,
						 .former = k.former,
						 .master = master.fingerprint,
						 .since = k.since,
						 .armored = k.armored,
						 .statement = k.statement };
	return true;
}
