#include "task/year/year.h"

enum { FIRST_YEAR = 2000, LAST_YEAR = 9998 };

static bool steps_of(struct db *d, struct year_stands *y, struct arena *a, struct err *e)
{
	autorows r = NULL;
	struct key_step s;

	if (!key_steps(d, y->year, &r, e))
		return false;
	while (key_next_step(r, &s, e)) {
		if (s.step >= YEAR_SIGNS)
			continue;
		y->done.at[s.step] = s.at;
		y->who[s.step] = arena_str(a, s.who);
	}
	return e->kind == ERR_NONE;
}

static const struct team_key *by_id(const struct team_keys *all, int64_t id)
{
	LIST_EACH (const struct team_key, k, &all->at)
		if (k->id == id)
			return k;
	return NULL;
}

// Its key, and that of the year before. What was revoked is begun anew.
static bool keys_of(const struct home *h, struct year_stands *y, struct arena *a, struct err *e)
{
	const struct team_key *key, *former;
	struct team_keys all;
	struct key_year row;

	if (!key_year_of(h->db, y->year, a, &row, e))
		return e->kind == ERR_NONE;
	if (!team_key_all(h->db, a, &all, e))
		return false;
	key = by_id(&all, row.key);
	former = by_id(&all, row.former);
	if (key == NULL || key->revoked > 0)
		return true;
	y->made = true;
	y->key = *key;
	y->statement = row.statement;
	if (former != NULL)
		y->former = *former;
	return steps_of(h->db, y, a, e) && key_told_count(h->db, y->year, &y->told, &y->arrived, e);
}

// What signs now, and goes on, certifies the next.
static bool former_of(const struct home *h, struct year_stands *y, struct arena *a, struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, h->now };
	const struct team_key *former;
	struct team_keys all;
	struct team_key now;

	if (!team_key_now(h->db, &at, a, &now, e))
		return e->kind == ERR_NONE;
	if (!team_key_all(h->db, a, &all, e))
		return false;
	former = by_id(&all, now.id);
	if (former != NULL && former->expires > h->now)
		y->former = *former;
	return true;
}

bool year_load(const struct home *h, int year, struct arena *a, struct year_stands *out,
	       struct err *e)
{
	*out = (struct year_stands){ .year = year };
	if (year < FIRST_YEAR || year > LAST_YEAR)
		return err_set(e, ERR_USAGE, "no key is of the year %d: say such as %d", year,
			       year_of(h->now) + 1);
	if (!master_key_now(h->db, a, &out->master, e) && e->kind != ERR_NONE)
		return false;
	if (!keys_of(h, out, a, e) || (!out->made && !former_of(h, out, a, e)))
		return false;
	if (out->made && out->done.at[YEAR_PUBLISH] != 0 && out->key.since <= h->now)
		out->done.at[YEAR_SIGNS] = out->key.since;
	return true;
}

bool year_ready(const struct year_stands *y, enum year_step step, struct err *e)
{
	enum year_step first;

	if (!year_may(&y->done, step, &first))
		return err_set(
			e, ERR_CONFLICT, "\"" STR_FMT "\" comes first: waker key year %d " STR_FMT,
			STR_ARG(year_step_word(first)), y->year, STR_ARG(year_step_word(first)));
	if (step == YEAR_REQUEST && y->master.fingerprint.n == 0)
		return err_set(e, ERR_CONFLICT,
			       "the master key is not known here: first waker key master FILE "
			       "--fingerprint DIGITS");
	return true;
}

bool year_did(const struct home *h, struct year_stands *y, enum year_step step, struct str who,
	      struct err *e)
{
	const struct key_step s = { y->year, step, h->now, who };

	if (y->done.at[step] == 0) {
		y->done.at[step] = h->now;
		y->who[step] = who;
	}
	return key_step_add(h->db, &s, e);
}
