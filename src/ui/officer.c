#include "base/list.h"
#include "base/time.h"
#include "codec/mail/smtp_write.h"
#include "codec/text/id.h"
#include "store/duty.h"
#include "task/duty/look.h"
#include "task/duty/send.h"
#include "task/hook/hook.h"
#include "task/service/role.h"
#include "ui/audited.h"
#include "ui/duty_find.h"
#include "ui/nouns.h"

enum { NAME_BYTES = 64 };

// ---- looking

// clang-format off
static const struct column columns[] = {
	{ "officer", "Officer", false }, { "way", "By", false },
	{ "address", "To", true },       { "tested", "Last taken by it", false },
};
// clang-format on

static void put(struct app *app, struct str name, const struct channel_row *c)
{
	out_text(&app->out, name);
	if (c == NULL) {
		out_none(&app->out);
		out_none(&app->out);
		out_time(&app->out, TIME_NEVER);
		return;
	}
	out_text(&app->out, page_way_word(c->way));
	out_text(&app->out, c->address);
	out_time(&app->out, c->tested > 0 ? c->tested : TIME_NEVER);
}

static bool put_channels(struct app *app, struct db *d, const struct officer_row *o, struct err *e)
{
	autorows r = NULL;
	struct channel_row c;
	bool any = false;

	if (!channel_list(d, &r, e))
		return false;
	while (channel_next(r, &c, e))
		if (c.officer == o->id) {
			put(app, o->name, &c);
			any = true;
		}
	if (!any)
		put(app, o->name, NULL);
	return e->kind == ERR_NONE;
}

static bool officer_all(struct app *app, const struct call *call, struct err *e)
{
	struct officers all;
	autohome h = { 0 };

	(void)call;
	if (!home_open(app->home, app->arena, &h, e) || !officers_read(h.db, app->arena, &all, e))
		return false;
	out_table(&app->out, columns, COUNTOF(columns));
	LIST_EACH (const struct officer_row, o, &all.at)
		if (!put_channels(app, h.db, o, e))
			return false;
	out_end(&app->out);
	if (all.at.count == 0)
		app_say(app, "Nobody can be woken: see 'waker officer add --help'.");
	return true;
}

// ---- changing

static bool is_name(struct str s, struct err *e)
{
	bool good = s.n > 0 && s.n <= NAME_BYTES;

	for (size_t i = 0; i < s.n; i++)
		good = good && (unsigned char)s.p[i] > ' ' && s.p[i] != 0x7f;
	return good || err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" is no officer's name: up to 64 letters without a "
			       "blank, as --by has it",
			       STR_ARG(str_first(s, NAME_BYTES)));
}

static bool is_channel(const struct home *h, struct str word, struct channel_row *out,
		       struct err *e)
{
	struct str domain;

	if (!page_channel_read(word, &out->way, &out->address))
		return err_set(e, ERR_USAGE,
			       "\"" STR_FMT "\" wakes nobody: mail:ADDRESS, sms:NUMBER, "
			       "voice:NUMBER or hook:https://…",
			       STR_ARG(str_first(word, 80)));
	if (out->way == PAGE_BY_MAIL)
		return smtp_address(out->address, &domain, e);
	return out->way != PAGE_BY_HOOK || hook_address(h, CHANNEL_WEBHOOK, out->address, e);
}

static bool read_channels(const struct home *h, const struct call *call,
			  struct channel_row out[PAGE_CHANNELS], struct err *e)
{
	for (size_t i = 1; i < call->count; i++)
		if (!is_channel(h, call->arg[i], &out[i - 1], e))
			return false;
	return true;
}

// The first webhook makes the secret by which all are signed.
static bool need_secret(struct app *app, const struct home *h, const struct channel_row *all,
			size_t n, struct err *e)
{
	struct webhook_secret is[WEBHOOK_SECRETS] = { 0 };
	struct err none = { 0 };
	bool hook = false;
	struct str secret;

	for (size_t i = 0; i < n; i++)
		hook = hook || all[i].way == PAGE_BY_HOOK;
	if (!hook || app->dry_run || hook_secrets(h, DUTY_HOOK, is, &none)) {
		explicit_bzero(is, sizeof is);
		return true;
	}
	secret = hook_secret(app->arena);
	if (!hook_keep_secret(h, DUTY_HOOK, secret, S(""), app->arena, e))
		return false;
	app_say(app, "Pages by webhook are signed with " STR_FMT " (credentials/hook-%d).",
		STR_ARG(secret), (int)DUTY_HOOK);
	return true;
}

static bool write(struct app *app, const struct call *call, struct home *h, bool new, struct err *e)
{
	struct officer_row o = { .name = call->arg[0], .made = h->now };
	struct channel_row all[PAGE_CHANNELS] = { 0 };
	const size_t n = call->count - 1;

	return is_name(o.name, e) && read_channels(h, call, all, e) &&
	       need_secret(app, h, all, n, e) &&
	       (new ? officer_free(h->db, o.name, app->arena, e) && officer_add(h->db, &o, e)
		    : officer_find(h->db, o.name, app->arena, &o, e)) &&
	       channel_put(h->db, o.id, all, n, e) &&
	       duty_audit(app, call, h, arena_fmt(app->arena, "officer " STR_FMT, STR_ARG(o.name)),
			  e);
}

static bool written(struct app *app, const struct call *call, bool new, struct err *e)
{
	autohome h = { 0 };

	return home_open(app->home, app->arena, &h, e) && db_begin(h.db, e) &&
	       audited_keep(app, &h, write(app, call, &h, new, e), e);
}

static bool officer_new(struct app *app, const struct call *call, struct err *e)
{
	return written(app, call, true, e);
}

static bool officer_set(struct app *app, const struct call *call, struct err *e)
{
	return written(app, call, false, e);
}

static bool officer_remove(struct app *app, const struct call *call, struct err *e)
{
	struct officer_row o;
	autohome h = { 0 };
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = officer_find(h.db, call->arg[0], app->arena, &o, e) && officer_drop(h.db, o.id, e) &&
	     duty_audit(app, call, &h, arena_fmt(app->arena, "officer " STR_FMT, STR_ARG(o.name)),
			e);
	return audited_keep(app, &h, ok, e);
}

static bool officer_try(struct app *app, const struct call *call, struct err *e)
{
	struct officer_row o;
	autohome h = { 0 };
	char id[ID_TEXT];
	int64_t page = 0;
	bool ok;

	if (!home_open(app->home, app->arena, &h, e) || !db_begin(h.db, e))
		return false;
	ok = officer_find(h.db, call->arg[0], app->arena, &o, e) &&
	     duty_test(h.db, o.id, h.now, &page, e) &&
	     (page != 0 ||
	      err_set(e, ERR_CONFLICT,
		      STR_FMT " has a test page that nobody took: see 'waker page list'",
		      STR_ARG(o.name))) &&
	     duty_audit(app, call, &h, arena_fmt(app->arena, "officer " STR_FMT, STR_ARG(o.name)),
			e);
	if (!audited_keep(app, &h, ok, e))
		return false;
	role_tell(&h, ROLE_PAGE);
	id_write('P', (uint32_t)page, id);
	app_say(app, "%s leaves within seconds, where the service runs: see 'waker page show %s'.",
		id, id);
	return true;
}

// clang-format off
static const struct option change_options[] = { AUDITED_BY, { 0 } };
static const struct command rows[] = {
	{ "officer list", "", "List who can be woken, and by what", READS, 0, 0, NULL,
	  { "waker officer list", "waker officer list --json" }, NULL, officer_all },
	{ "officer add", "NAME CHANNEL…", "Let an officer be woken", CHANGES, 2, 1 + PAGE_CHANNELS, change_options,
	  { "waker officer add j.doe mail:j.doe@z.example \"sms:+31 6 555 0001\"",
	    "waker officer add a.roe hook:https://push.example/x \"voice:+31 6 555 0002\"" },
	  "By these channels, in this order: mail:ADDRESS, sms:NUMBER and voice:NUMBER ([duty] gateway), hook:https://…. "
	  "A page says its id, its priority and where to take it, and nothing else.", officer_new },
	{ "officer set", "NAME CHANNEL…", "Let an officer be woken by these instead", CHANGES, 2, 1 + PAGE_CHANNELS, change_options,
	  { "waker officer set j.doe \"sms:+31 6 555 0003\"", "waker officer set j.doe mail:j.doe@z.example --by a.roe" }, NULL, officer_set },
	{ "officer remove", "NAME", "Wake somebody no more", CHANGES, 1, 1, change_options,
	  { "waker officer remove j.doe", "waker officer remove j.doe --by a.roe" }, "Their times on duty go with them.", officer_remove },
	{ "officer test", "NAME", "Send a test page, by each of an officer's channels", CHANGES, 1, 1, change_options,
	  { "waker officer test j.doe", "waker officer test j.doe --by a.roe" }, NULL, officer_try },
};
// clang-format on
const struct noun noun_officer = { "officer", "who can be woken, and by what", rows,
				   COUNTOF(rows) };
