#include "task/hook/hook.h"

#include "store/member.h"
#include "task/credentials.h"
#include "ui/audited.h"
#include "ui/nouns.h"

// clang-format off
static const struct column columns[] = {
	{ "hook", "Hook", false },       { "member", "Member", false },
	{ "channel", "By", false },      { "address", "To", true },
	{ "made", NULL, false },         { "by", NULL, false },
	{ "off", "Off since", false },   { "arrived", "Last told", false },
	{ "refused", "Refused", false },
};
// clang-format on

static void put_hook(struct out *o, const struct hook_row *h)
{
	out_int(o, h->id);
	out_text(o, h->slug);
	out_text(o, channel_word(h->channel));
	out_text(o, h->address);
	out_time(o, h->made);
	out_text(o, h->who);
	out_time(o, h->off > 0 ? h->off : TIME_NEVER);
	out_time(o, h->arrived > 0 ? h->arrived : TIME_NEVER);
	out_int(o, h->refused);
}

static bool hook_all(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	autorows rows = NULL;
	struct str member = call_option(call, "of");
	struct hook_row x;

	if (!home_open(app->home, app->arena, &h, e) || !member_is(h.db, member, app->arena, e) ||
	    !hook_list(h.db, member, call_has(call, "all"), &rows, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	while (hook_next_row(rows, &x, e))
		put_hook(&app->out, &x);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool tell_audit(struct app *app, const struct call *call, const struct home *h,
		       const struct hook_row *x, struct err *e)
{
	struct audit_said said[] = {
		{ "member", x->slug },
		{ "channel", channel_word(x->channel) },
		{ "address", x->address },
	};
	struct audit_entry a = {
		.by = audited_by(call, h->now),
		.subject = arena_fmt(app->arena, "hook %lld", (long long)x->id),
		.said = said,
		.count = COUNTOF(said),
	};

	return audit_write(h->db, &a, app->arena, e);
}

// ---- a new one

static bool channel_of(struct str word, enum channel *out)
{
	static const enum channel machines[] = { CHANNEL_WEBHOOK, CHANNEL_SYSLOG, CHANNEL_FILE,
						 CHANNEL_CEF };

	for (size_t i = 0; i < COUNTOF(machines); i++)
		if (str_eq(word, channel_word(machines[i]))) {
			*out = machines[i];
			return true;
		}
	return false;
}

// Two members may not be told at one place, nor one twice.
static bool is_free(const struct home *h, const struct hook_row *x, struct err *e)
{
	autorows rows = NULL;
	struct hook_row is;

	if (!hook_list(h->db, S(""), false, &rows, e))
		return false;
	while (hook_next_row(rows, &is, e))
		if (str_eq(is.address, x->address) &&
		    (is.member != x->member || is.channel == x->channel))
			return err_set(e, ERR_CONFLICT,
				       STR_FMT " is told already: hook %lld, of " STR_FMT,
				       STR_ARG(str_first(x->address, 80)), (long long)is.id,
				       STR_ARG(is.slug));
	return e->kind == ERR_NONE;
}

static bool add(struct app *app, const struct call *call, const struct home *h, struct hook_row *x,
		struct err *e)
{
	x->address = call->arg[1];
	x->made = h->now;
	x->who = audited_who(call);
	x->slug = call_option(call, "of");
	if (!channel_of(call->arg[0], &x->channel))
		return err_set(e, ERR_USAGE,
			       "a machine is told by webhook, syslog, file or cef, not \"" STR_FMT
			       "\"",
			       STR_ARG(str_first(call->arg[0], 40)));
	if (x->slug.p == NULL)
		return err_set(e, ERR_USAGE, "say whose it is: --of MEMBER");
	return hook_address(h, x->channel, x->address, e) &&
	       member_named(h->db, x->slug, app->arena, &x->member, e) && is_free(h, x, e) &&
	       hook_add(h->db, x, e) && tell_audit(app, call, h, x, e);
}

static bool hook_new(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct hook_row x = { 0 };
	struct str secret = hook_secret(app->arena);

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	if (!audited_keep(app, &h, add(app, call, &h, &x, e), e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_hook(&app->out, &x);
	out_end(&app->out);
	if (app->dry_run || x.channel != CHANNEL_WEBHOOK)
		return true;
	if (!hook_keep_secret(&h, x.id, secret, S(""), app->arena, e))
		return false;
	app_say(app, "its secret, for who reads it: " STR_FMT, STR_ARG(secret));
	return true;
}

// ---- one that there is

static bool find(struct app *app, const struct home *h, struct str word, struct hook_row *out,
		 struct err *e)
{
	autorows rows = NULL;
	int64_t id;

	if (!call_number(word, "hook", &id, e) || !hook_list(h->db, S(""), true, &rows, e))
		return false;
	while (hook_next_row(rows, out, e))
		if (out->id == id) {
			out->slug = arena_str(app->arena, out->slug);
			out->address = arena_str(app->arena, out->address);
			out->who = arena_str(app->arena, out->who);
			return true;
		}
	return e->kind == ERR_NONE &&
	       err_set(e, ERR_ABSENT, "there is no hook " STR_FMT ": see 'waker hook list'",
		       STR_ARG(word));
}

static bool end(struct app *app, const struct call *call, const struct home *h, struct err *e)
{
	struct hook_row x;
	bool was;

	if (!find(app, h, call->arg[0], &x, e) || !hook_off(h->db, x.id, h->now, &was, e))
		return false;
	if (!was)
		return err_set(e, ERR_CONFLICT, "hook " STR_FMT " is off", STR_ARG(call->arg[0]));
	return tell_audit(app, call, h, &x, e);
}

static bool hook_end(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };

	return home_open(app->home, app->arena, &h, e) && db_begin(h.db, e) &&
	       audited_keep(app, &h, end(app, call, &h, e), e);
}

// With --end the one before counts no more; else a new one counts beside it.
static bool change_secret(struct app *app, const struct call *call, const struct home *h,
			  const struct hook_row *x, struct str *secret, struct err *e)
{
	struct str name = arena_fmt(app->arena, "hook-%lld", (long long)x->id), former;
	autocredentials c = { 0 };
	bool end = call_has(call, "end");

	if (x->channel != CHANNEL_WEBHOOK)
		return err_set(e, ERR_CONFLICT, "hook " STR_FMT " has no secret: it is no webhook",
			       STR_ARG(call->arg[0]));
	if (!credentials_read(h->path, name, &c, e))
		return false;
	*secret = end ? c.secret : hook_secret(app->arena);
	former = end ? S("") : c.secret;
	return app->dry_run || hook_keep_secret(h, x->id, *secret, former, app->arena, e);
}

static bool hook_rotate(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct hook_row x;
	struct str secret = { 0 };
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !find(app, &h, call->arg[0], &x, e) ||
	    !db_begin(h.db, e))
		return false;
	ok = tell_audit(app, call, &h, &x, e) && change_secret(app, call, &h, &x, &secret, e);
	if (!audited_keep(app, &h, ok, e))
		return false;
	if (!app->dry_run && !call_has(call, "end"))
		app_say(app, "its secret from now on, beside the one before: " STR_FMT,
			STR_ARG(secret));
	return true;
}

// clang-format off
static const struct option list_options[] = {
	{ "of", "MEMBER", NULL, "only those of this member" },
	{ "all", NULL, NULL, "also those that are off" },
	{ 0 },
};
static const struct option add_options[] = {
	{ "of", "MEMBER", NULL, "whose machine it is" },
	AUDITED_BY,
	{ 0 },
};
static const struct option end_options[] = { AUDITED_BY, { 0 } };
static const struct option rotate_options[] = {
	{ "end", NULL, NULL, "the one before counts no more" },
	AUDITED_BY,
	{ 0 },
};
static const struct command rows[] = {
	{ "hook list", "", "List the machines of members that are told too", READS, 0, 0, list_options,
	  { "waker hook list", "waker hook list --of zeehaven --json" },
	  NULL, hook_all },
	{ "hook add", "webhook|syslog|file|cef ADDRESS", "Tell a machine of a member's too", CHANGES, 2, 2, add_options,
	  { "waker hook add webhook https://soc.zeehaven.example/waker --of zeehaven",
	    "waker hook add syslog siem.zeehaven.example:6514 --of zeehaven" },
	  "A webhook is signed (Standard Webhooks) by a secret that is shown once, and goes to no private "
	  "address. Syslog is CEF in messages of RFC 5424 over TLS (RFC 5425) to HOST:PORT, with a certificate that "
	  "holds, or with #sha256//BASE64 behind it by that key alone. A file is written below drop/ADDRESS of the "
	  "home, one for each notice: 'file' as JSON lines, 'cef' as lines of CEF.", hook_new },
	{ "hook rotate", "HOOK", "Give a webhook a new secret, beside the one before", CHANGES, 1, 1, rotate_options,
	  { "waker hook rotate 3", "waker hook rotate 3 --end" },
	  "Both sign until 'hook rotate HOOK --end', or the next one.", hook_rotate },
	{ "hook remove", "HOOK", "Tell a machine no more", CHANGES, 1, 1, end_options,
	  { "waker hook remove 3", "waker hook remove 3 --by j.doe" },
	  NULL, hook_end },
};
// clang-format on

const struct noun noun_hook = { "hook", "machines of members that are told too", rows,
				COUNTOF(rows) };
