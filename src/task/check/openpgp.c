// The keys with which mail is signed and sealed: GnuPG, the team's own, and those of who is written to.
#include "base/time.h"
#include "os/file.h"
#include "store/key.h"
#include "store/key_team.h"
#include "task/check/checking.h"
#include "task/keys/aside.h"
#include "task/keys/ring.h"

struct looking {
	struct checking *c;
	struct db *d;
	struct gpg *gpg; // NULL: it does not answer
	struct team_key team;
	bool has;                 // the team has one
	int64_t follows, revoked; // as team_key_follows
	bool good;                // nothing was wrong
};

static void tell(struct looking *k, enum check_state state, struct str says, struct str remedy)
{
	checking_tell(k->c, state, says, remedy);
	k->good = false;
}

// ---- GnuPG

static bool mails(const struct checking *c)
{
	return !str_eq(c->home.mail.send, S("off"));
}

static void look_for_gnupg(struct looking *k, struct aside *s)
{
	struct err e = { 0 };

	if (aside_open(s, &e) && gpg_answers(s->gpg, &e)) {
		k->gpg = s->gpg;
		return;
	}
	tell(k, k->has || mails(k->c) ? CHECK_WRONG : CHECK_WARNING,
	     arena_fmt(k->c->a, "GnuPG cannot be used: %s", e.text),
	     S("install GnuPG, /usr/bin/gpg and /usr/bin/gpgsm: nothing can be signed or sealed "
	       "without it"));
}

// ---- the team's own

static struct str day_of(int64_t t, struct arena *a)
{
	char day[TIME_TEXT];

	day[time_write(t, day)] = '\0';
	return arena_fmt(a, "%.10s", day);
}

// One that takes over soon, and would then be missed: all secret keys of this node are in k->gpg.
static void look_at_next(struct looking *k)
{
	struct checking *c = k->c;
	struct team_keys all;
	struct err e = { 0 };

	if (!team_key_all(k->d, c->a, &all, &e))
		return; // as the store's own check says
	LIST_EACH (const struct team_key, x, &all.at) {
		struct gpg_key own;
		bool found = false;

		if (x->since <= c->home.now || x->since == TIME_NEVER || x->revoked > 0)
			continue;
		if (!gpg_key(k->gpg, x->fingerprint, c->a, &own, &found, &e) || !found ||
		    !own.secret)
			tell(k, CHECK_WARNING,
			     arena_fmt(c->a,
				       "the secret half of the key that signs from " STR_FMT
				       " on, " STR_FMT ", is not on this node",
				       STR_ARG(day_of(x->since, c->a)), STR_ARG(x->fingerprint)),
			     S("copy " RING_SECRET " from the node on which `waker key year` made "
			       "it"));
	}
}

static void look_at_secret(struct looking *k)
{
	struct checking *c = k->c;
	const char *path = home_path(&c->home, RING_SECRET, c->a);
	struct gpg_keys all;
	struct gpg_key own;
	struct str secret;
	struct err e = { 0 };
	bool found = false;

	if (!file_exists(path)) {
		tell(k, CHECK_WRONG,
		     arena_fmt(c->a, "%s is not there: this node cannot sign, and sends no mail",
			       path),
		     S("copy it, mode 0600, from the node on which `waker key init` made it, or "
		       "from a backup with --secrets"));
		return;
	}
	if (!file_read_secret(path, RING_SECRET_BYTES, c->a, &secret, &e)) {
		tell(k, CHECK_WRONG, arena_str(c->a, str_of(e.text)),
		     arena_fmt(c->a, "chmod 600 %s, as its owner", path));
		return;
	}
	if (k->gpg == NULL)
		return;
	if (!gpg_import(k->gpg, secret, c->a, &all, &e) ||
	    !gpg_key(k->gpg, k->team.fingerprint, c->a, &own, &found, &e) || !found || !own.secret)
		tell(k, CHECK_WRONG,
		     arena_fmt(c->a, "%s is not the secret half of the team's key, " STR_FMT, path,
			       STR_ARG(k->team.fingerprint)),
		     S("copy it from the node on which `waker key init` made it, or from a backup "
		       "with "
		       "--secrets"));
	else
		look_at_next(k);
	explicit_bzero((char *)(uintptr_t)secret.p, secret.n);
}

static void look_at_end(struct looking *k)
{
	struct checking *c = k->c;
	int64_t end = k->team.expires;
	bool over = end <= c->home.now;

	if (year_needs(end, k->follows, c->home.now))
		tell(k, over ? CHECK_WRONG : CHECK_WARNING,
		     arena_fmt(c->a, "the team's key %s on " STR_FMT "%s", over ? "ended" : "ends",
			       STR_ARG(day_of(end, c->a)), over ? ": nothing is signed" : ""),
		     arena_fmt(c->a, "`waker key year %d plan` says what is to be done",
			       year_after(end)));
}

static struct str ours(struct looking *k)
{
	struct arena *a = k->c->a;

	if (k->has)
		return k->team.expires == TIME_NEVER
			       ? S("the team's key and its secret half are there")
			       : arena_fmt(a,
					   "the team's key and its secret half are there, "
					   "until " STR_FMT,
					   STR_ARG(day_of(k->team.expires, a)));
	return mails(k->c) ? S("the team has no key") : S("the team has no key, and mails nothing");
}

static void look_at_team(struct looking *k)
{
	if (k->has) {
		look_at_secret(k);
		look_at_end(k);
	} else if (k->revoked > 0 && mails(k->c)) {
		tell(k, CHECK_WRONG,
		     arena_fmt(k->c->a,
			       "the team's key was revoked on " STR_FMT ": nothing is signed",
			       STR_ARG(day_of(k->revoked, k->c->a))),
		     S("`waker key init`, and give members the fingerprint"));
	} else if (mails(k->c)) {
		tell(k, CHECK_WARNING,
		     S("the team has no key: mail is not signed, and nobody can tell it from "
		       "another's"),
		     S("`waker key init`, and give members the fingerprint"));
	}
}

// ---- theirs

static void look_at_theirs(struct looking *k)
{
	struct err e = { 0 };
	struct key_reach n;

	if (!key_reach(k->d, k->c->home.now, &n, &e))
		checking_failed(k->c, &e, S("see store"));
	else
		checking_ok(k->c,
			    arena_fmt(k->c->a,
				      "%s" STR_FMT "%lld of %lld addresses of contacts have no key "
				      "that may be used: `waker key list`",
				      k->good ? "" : "besides: ",
				      STR_ARG(k->good ? arena_fmt(k->c->a, STR_FMT "; ",
								  STR_ARG(ours(k)))
						      : S("")),
				      (long long)n.without, (long long)n.all));
}

static bool find_team(struct looking *k, struct err *e)
{
	const struct team_key_at at = { KEY_OPENPGP, k->c->home.now };

	k->has = team_key_now(k->d, &at, k->c->a, &k->team, e);
	return e->kind == ERR_NONE && team_key_follows(k->d, &at, &k->follows, &k->revoked, e);
}

static void look(struct checking *c, struct db *d)
{
	struct looking k = { .c = c, .d = d, .good = true };
	autoaside s = { .kind = KEY_OPENPGP };
	struct err e = { 0 };

	if (!find_team(&k, &e)) {
		checking_failed(c, &e, S("see store"));
		return;
	}
	look_for_gnupg(&k, &s);
	look_at_team(&k);
	look_at_theirs(&k);
}

void checking_openpgp(struct checking *c)
{
	autostore d = NULL;

	if (checking_open(c, &d))
		look(c, d);
}
