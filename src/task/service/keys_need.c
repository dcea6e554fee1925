#include "task/service/keys_need.h"

#include "base/time.h"
#include "store/key.h"
#include "store/key_team.h"

// An address that has another key that lasts is written to with that one.
static bool is_need(int64_t spare, enum key_trouble t)
{
	return t == KEY_UNCHECKED || spare == 0;
}

static struct str says(const struct key_row *k, enum key_trouble t, struct arena *a)
{
	char day[TIME_TEXT];
	int64_t end = t == KEY_STALE || t == KEY_STALES ? k->is.until : k->is.expires;
	struct str why =
		t == KEY_UNCHECKED ? S("waits for a check whose it is") : key_trouble_says(t);

	if (t == KEY_UNCHECKED || t == KEY_WITHDRAWN)
		return arena_fmt(a, "key %lld of " STR_FMT ": " STR_FMT, (long long)k->id,
				 STR_ARG(k->address), STR_ARG(why));
	day[time_write(end, day)] = '\0';
	return arena_fmt(a, "key %lld of " STR_FMT ": " STR_FMT " (%.10s)", (long long)k->id,
			 STR_ARG(k->address), STR_ARG(why), day);
}

static struct str remedy(const struct key_row *k, enum key_trouble t, struct arena *a)
{
	if (t == KEY_UNCHECKED || t == KEY_STALE || t == KEY_STALES)
		return arena_fmt(a, "call back, then waker key verify %lld, or refuse %lld",
				 (long long)k->id, (long long)k->id);
	return arena_fmt(
		a, "ask them for a new one, or this one with a new end, then waker key import");
}

static bool need_theirs(struct db *d, struct arena *a, struct status *s, struct err *e)
{
	size_t before = s->needs.count, n = 0;
	autorows r = NULL;
	struct key_row k;
	int64_t spare;

	if (!key_troubles(d, s->now + KEY_SOON_DAYS * TIME_DAY, &r, e))
		return false;
	while (key_next_trouble(r, &k, &spare, e)) {
		enum key_trouble t = key_trouble(&k.is, s->now);

		if (is_need(spare, t) && ++n <= KEYS_NEED_MOST)
			*list_add(&s->needs, a) =
				(struct status_need){ CONDITION_KEY,
						      arena_fmt(a, "%lld", (long long)k.id),
						      says(&k, t, a), remedy(&k, t, a) };
	}
	if (n > KEYS_NEED_MOST) {
		s->needs.count = before;
		*list_add(&s->needs, a) = (struct status_need){
			CONDITION_KEY, S(""),
			arena_fmt(a, "%zu keys of contacts end, or wait for a check", n),
			S("waker key list")
		};
	}
	return e->kind == ERR_NONE;
}

static void need(struct status *s, struct arena *a, struct str says, int year)
{
	*list_add(&s->needs, a) =
		(struct status_need){ CONDITION_TEAM_KEY, S(""), says,
				      arena_fmt(a, "waker key year %d plan", year) };
}

static bool need_ours(struct db *d, struct arena *a, struct status *s, struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, s->now };
	int64_t follows, revoked;
	struct team_key k;
	char day[TIME_TEXT];
	bool has;

	has = team_key_now(d, &at, a, &k, e);
	if (e->kind != ERR_NONE || !team_key_follows(d, &at, &follows, &revoked, e))
		return false;
	if (has && year_needs(k.expires, follows, s->now)) {
		day[time_write(k.expires, day)] = '\0';
		need(s, a,
		     arena_fmt(a, "the team's key %s on %.10s%s",
			       k.expires > s->now ? "ends" : "ended", day,
			       k.expires > s->now ? "" : ": nothing is signed"),
		     year_after(k.expires));
	} else if (!has && revoked > 0) {
		day[time_write(revoked, day)] = '\0';
		need(s, a,
		     arena_fmt(a, "the team's key was revoked on %.10s: nothing is signed", day),
		     year_of(s->now));
	}
	return true;
}

bool keys_need(struct db *d, struct arena *a, struct status *s, struct err *e)
{
	return need_theirs(d, a, s, e) && need_ours(d, a, s, e);
}
