#include "task/year/publish.h"

static bool settle(const struct home *h, struct year_stands *y, const struct publish_wish *w,
		   struct arena *a, struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, h->now };
	struct team_key_end end = { KEY_OPENPGP, 0, y->key.id };
	struct team_key signs = { 0 };

	if (!team_key_now(h->db, &at, a, &signs, e) && e->kind != ERR_NONE)
		return false;
	y->key.since = year_signs(h->now, w->overlap, signs.expires);
	end.at = y->key.since;
	return team_key_end(h->db, &end, e) && team_key_since(h->db, y->key.id, y->key.since, e);
}

bool year_publish(const struct home *h, struct year_stands *y, const struct publish_wish *w,
		  struct arena *a, struct site *out, struct err *e)
{
	if (w->overlap > YEAR_OVERLAP_MOST)
		return err_set(e, ERR_USAGE, "--overlap: 0 to %d days", YEAR_OVERLAP_MOST);
	if (y->done.at[YEAR_PUBLISH] == 0 && !settle(h, y, w, a, e))
		return false;
	return site_write(h, &w->site, a, out, e) && year_did(h, y, YEAR_PUBLISH, w->who, e);
}
