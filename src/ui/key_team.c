#include "ui/key_team.h"

#include "os/file.h"
#include "task/keys/ring.h"
#include "task/keys/team.h"
#include "ui/audited.h"

// clang-format off
static const struct column team_columns[] = {
	{ "fingerprint", "Fingerprint", false }, { "kind", "Kind", false },
	{ "user", "For", true },                 { "algorithm", "Algorithm", false },
	{ "made", NULL, false },                 { "expires", "Expires", false },
	{ "by", NULL, false },                   { "since", "Signs from", false },
	{ "ended", "To", false },                { "revoked", "Revoked", false },
};
// clang-format on

static void put_or_none(struct out *o, int64_t t)
{
	if (t > 0)
		out_time(o, t);
	else
		out_none(o);
}

static void put_team(struct out *o, const struct team_key *k)
{
	char spelled[KEY_SPELLED];

	if (o->form == OUT_HUMAN)
		out_text(o, (struct str){ spelled, key_spell(k->fingerprint, spelled) });
	else
		out_text(o, k->fingerprint);
	out_text(o, key_kind_word(k->kind));
	out_text(o, k->user);
	out_text(o, k->algorithm);
	out_time(o, k->made);
	out_time(o, k->expires);
	out_text(o, k->who);
	put_or_none(o, k->since);
	put_or_none(o, k->ended);
	put_or_none(o, k->revoked);
}

static bool init(struct app *app, const struct call *call, const struct home *h, struct team_key *k,
		 struct str *secret, struct err *e)
{
	struct team_wish w = { .who = audited_who(call),
			       .rsa = call_has(call, "rsa"),
			       .instead = call_has(call, "replace") };
	struct str from = call_option(call, "from");
	struct audit_said said[] = { { "fingerprint", { 0 } } };
	struct audit_entry entry = { .by = audited_by(call, h->now),
				     .subject = S("team key"),
				     .said = said,
				     .count = COUNTOF(said) };

	if (from.p != NULL &&
	    !file_read_secret(str_z(app->arena, from), RING_SECRET_BYTES, app->arena, &w.secret, e))
		return false;
	if (!team_key_make(h, &w, app->arena, k, secret, e))
		return false;
	said[0].value = k->fingerprint;
	return audit_write(h->db, &entry, app->arena, e);
}

// The file first: a key that the store names is there.
bool key_init(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct team_key k;
	struct str secret;
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = init(app, call, &h, &k, &secret, e) &&
	     (app->dry_run || team_key_keep(&h, secret, app->arena, e));
	if (!audited_keep(app, &h, ok, e))
		return false;
	out_record(&app->out, team_columns, COUNTOF(team_columns));
	put_team(&app->out, &k);
	out_end(&app->out);
	if (!app->dry_run)
		app_say(app,
			"Its secret half is %s: copy it to each node that sends, and into a safe. "
			"Publish the other: waker key export",
			home_path(&h, RING_SECRET, app->arena));
	return true;
}

bool key_team(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows r = NULL;
	struct team_key k;

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !team_key_list(h.db, &r, e))
		return false;
	out_table(&app->out, team_columns, COUNTOF(team_columns));
	while (team_key_next(r, &k, e))
		put_team(&app->out, &k);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static const struct column export_columns[] = { { "fingerprint", NULL, false },
						{ "armored", NULL, true } };

bool key_export(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows r = NULL;
	struct team_key k;

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !team_key_list(h.db, &r, e))
		return false;
	while (team_key_next(r, &k, e)) {
		if (!team_key_signs(&k, h.now))
			continue;
		if (app->out.form != OUT_JSON) {
			out_lines(&app->out, k.armored);
			return true;
		}
		out_record(&app->out, export_columns, COUNTOF(export_columns));
		out_text(&app->out, k.fingerprint);
		out_text(&app->out, k.armored);
		out_end(&app->out);
		return true;
	}
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_ABSENT, "the team has no key yet: waker key init");
}
