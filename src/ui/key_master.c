#include "os/file.h"
#include "task/year/certify.h"
#include "task/year/revoke.h"
#include "ui/audited.h"
#include "ui/key_year.h"

static bool audit(const struct app *app, const struct call *call, const struct home *h,
		  struct str fingerprint, struct str reason, struct err *e)
{
	struct audit_said said[] = { { "fingerprint", fingerprint }, { "reason", reason } };
	struct audit_entry x = { .by = audited_by(call, h->now),
				 .subject = S("team key"),
				 .said = said,
				 .count = COUNTOF(said) };

	return audit_write(h->db, &x, app->arena, e);
}

// ---- the master key

static const struct column master_columns[] = {
	{ "fingerprint", "Fingerprint", false },
	{ "user", "For", true },
	{ "since", "Known since", false },
	{ "by", "By", false },
};

static void put_master(struct out *o, const struct master_key *k)
{
	out_record(o, master_columns, COUNTOF(master_columns));
	out_text(o, k->fingerprint);
	out_text(o, k->user);
	out_time(o, k->at);
	out_text(o, k->who);
	out_end(o);
}

static bool take(struct app *app, const struct call *call, const struct home *h,
		 struct master_key *k, struct err *e)
{
	struct master_wish w = { .typed = call_option(call, "fingerprint"),
				 .who = audited_who(call),
				 .instead = call_has(call, "replace") };

	return file_read(str_z(app->arena, call->arg[0]), CERTIFY_BYTES, app->arena, &w.bytes, e) &&
	       master_take(h, &w, app->arena, k, e) &&
	       audit(app, call, h, k->fingerprint, S(""), e);
}

bool key_master(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct master_key k;

	if (!home_open(app->home, app->arena, &h, e))
		return false;
	if (call->count == 0) {
		if (!master_key_now(h.db, app->arena, &k, e))
			return e->kind == ERR_NONE &&
			       err_set(e, ERR_ABSENT,
				       "no master key is known here: waker key master FILE "
				       "--fingerprint DIGITS");
	} else if (!db_begin(h.db, e) || !audited_keep(app, &h, take(app, call, &h, &k, e), e)) {
		return false;
	}
	put_master(&app->out, &k);
	return true;
}

// ---- a key in wrong hands

static const struct column revoked_columns[] = {
	{ "fingerprint", "Revoked", false },
	{ "revoked", "At", false },
	{ "signs", "Signs now", false },
	{ "anew", "Mails signed anew", false },
};

static void put_revoked(struct out *o, const struct revoked *r)
{
	out_record(o, revoked_columns, COUNTOF(revoked_columns));
	out_text(o, r->key.fingerprint);
	out_time(o, r->key.revoked);
	if (r->now.id != 0)
		out_text(o, r->now.fingerprint);
	else
		out_none(o);
	out_int(o, r->anew);
	out_end(o);
}

static void say_follows(const struct app *app, const struct home *h, const struct revoked *r,
			struct str folder)
{
	app_say(app, "Now, in this order:");
	app_say(app,
		"1. Put " STR_FMT "/www onto the web sites, and upload keyservers/upload.asc: "
		"READ-ME.txt there says how.",
		STR_ARG(folder));
	if (r->now.id == 0)
		app_say(app,
			"2. Nothing is signed until there is a new key: waker key year %d plan, or "
			"waker key init.",
			year_of(h->now));
	else
		app_say(app, "2. Mail is signed by " STR_FMT ".", STR_ARG(r->now.fingerprint));
	app_say(app,
		"3. Call partners, and tell members: waker alert new all. Mail that was signed "
		"by it since it was lost is not to be trusted.");
	app_say(app, "4. What was encrypted to it can be read by who has it: see what was sent to "
		     "us, and tell who sent it.");
}

static bool revoke(struct app *app, const struct call *call, const struct home *h,
		   const struct revoke_wish *w, struct revoked *r, struct err *e)
{
	return key_revoke_team(h, w, app->arena, r, e) &&
	       audit(app, call, h, r->key.fingerprint, call_option(call, "reason"), e);
}

bool key_revoke(struct app *app, const struct call *call, struct err *e)
{
	const struct revoke_wish w = { call->arg[0],
				       { call_option(call, "publish"), app->dry_run } };
	autohome h = { 0 };
	struct revoked r;

	if (str_trim(call_option(call, "reason")).n == 0)
		return err_set(e, ERR_USAGE, "say why: --reason TEXT");
	if (w.site.folder.n == 0)
		return err_set(e, ERR_USAGE,
			       "say where the files go that tell the world: --publish FOLDER");
	if (!home_open(app->home, app->arena, &h, e) ||
	    !app_confirm(app, 1, "would revoke 1 key, for ever", e) || !db_begin(h.db, e) ||
	    !audited_keep(app, &h, revoke(app, call, &h, &w, &r, e), e))
		return false;
	put_revoked(&app->out, &r);
	if (!app->dry_run)
		say_follows(app, &h, &r, w.site.folder);
	return true;
}
