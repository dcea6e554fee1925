#include "store/key.h"

#include "base/time.h"
#include "os/file.h"
#include "store/member.h"
#include "task/keys/fetch.h"
#include "task/keys/take.h"
#include "task/tell/act.h"
#include "ui/audited.h"
#include "ui/key_team.h"
#include "ui/key_year.h"
#include "ui/nouns.h"

enum { FILE_BYTES = 64 << 20 }; // what is flooded is told so by its size (os/gpg.h)

// ---- those of others

// clang-format off
static const struct column columns[] = {
	{ "key", "Key", false },              { "address", "Address", true },
	{ "kind", "Kind", false },            { "fingerprint", NULL, false },
	{ "short", "Ends in", false },        { "user", NULL, true },
	{ "algorithm", "Algorithm", false },  { "expires", "Expires", false },
	{ "state", "State", false },          { "until", "Checked until", false },
	{ "from", NULL, false },              { "came", NULL, false },
	{ "usable", NULL, false },            { "trouble", "But", true },
};
// clang-format on
enum { ALGORITHM = 6, UNTIL = 9, TROUBLE = 13 }; // of the columns

// In a list for people what keeps a key from being used does not make way for the rest.
static void list_columns(struct column with[COUNTOF(columns)])
{
	memcpy(with, columns, sizeof columns);
	with[ALGORITHM].title = with[UNTIL].title = NULL;
	with[TROUBLE].gives_way = false;
}

static void put_key(struct out *o, const struct key_row *k, int64_t now)
{
	char spelled[KEY_SPELLED];
	struct str end =
		str_from(k->fingerprint, k->fingerprint.n > 16 ? k->fingerprint.n - 16 : 0);
	enum key_trouble t = key_trouble(&k->is, now);

	out_int(o, k->id);
	out_text(o, k->address);
	out_text(o, key_kind_word(k->kind));
	out_text(o, k->fingerprint);
	out_text(o, (struct str){ spelled, key_spell(end, spelled) });
	out_text(o, k->user);
	out_text(o, k->algorithm);
	out_day(o, k->is.expires);
	out_text(o, key_state_word(k->is.state));
	out_day(o, k->is.until > 0 ? k->is.until : TIME_NEVER);
	out_text(o, key_origin_word(k->origin));
	out_time(o, k->came);
	out_flag(o, key_usable(&k->is, now));
	out_text(o, key_trouble_says(t));
}

static bool key_all(struct app *app, const struct call *call, struct err *e)
{
	struct column with[COUNTOF(columns)];
	char lower[KEY_ADDRESS];
	struct str address = call_option(call, "address");
	struct key_filter f = { .member = call_option(call, "of") };
	autohome h = { 0 };
	autorows r = NULL;
	struct key_row k;

	if (address.p != NULL)
		f.address = key_address(address, lower);
	if (!home_open(app->home, app->arena, &h, e) || !member_is(h.db, f.member, app->arena, e) ||
	    !key_list(h.db, &f, &r, e))
		return false;
	list_columns(with);
	out_table(&app->out, with, COUNTOF(with));
	while (key_next_row(r, &k, e))
		if (call_has(call, "all") || k.is.state != KEY_REFUSED)
			put_key(&app->out, &k, h.now);
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static const struct column check_columns[] = {
	{ "at", "When", false },          { "by", "By", false },
	{ "state", "Became", false },     { "method", "Method", false },
	{ "evidence", "Evidence", true }, { "until", "Until", false },
};

static bool put_ledger(struct app *app, struct db *d, int64_t key, struct err *e)
{
	autorows r = NULL;
	struct key_check c;

	if (!key_checks(d, key, &r, e))
		return false;
	out_table(&app->out, check_columns, COUNTOF(check_columns));
	while (key_next_check(r, &c, e)) {
		out_time(&app->out, c.at);
		out_text(&app->out, c.who);
		out_text(&app->out, key_state_word(c.state));
		if (c.method < 0)
			out_none(&app->out);
		else
			out_text(&app->out, key_method_word((enum key_method)c.method));
		out_text(&app->out, c.evidence);
		out_time(&app->out, c.until > 0 ? c.until : TIME_NEVER);
	}
	out_end(&app->out);
	return e->kind == ERR_NONE;
}

static bool key_show(struct app *app, const struct call *call, struct err *e)
{
	char spelled[KEY_SPELLED];
	autohome h = { 0 };
	struct key_row k;

	if (!home_open(app->home, app->arena, &h, e) ||
	    !take_find(h.db, call->arg[0], app->arena, &k, e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_key(&app->out, &k, h.now);
	out_end(&app->out);
	key_spell(k.fingerprint, spelled);
	out_line(&app->out, "Fingerprint  %s", spelled);
	out_line(&app->out, "For          " STR_FMT, STR_ARG(k.user));
	return put_ledger(app, h.db, k.id, e);
}

// ---- one that came

// c: what was decided; NULL: it came.
static bool audit_key(struct app *app, const struct audit_by *by, struct db *d,
		      const struct key_row *k, const struct key_check *c, struct err *e)
{
	struct audit_said said[] = {
		{ "address", k->address },
		{ "fingerprint", k->fingerprint },
		{ "state", key_state_word(k->is.state) },
		{ "method", c != NULL && c->method >= 0
				    ? key_method_word((enum key_method)c->method)
				    : S("") },
		{ "evidence", c != NULL ? c->evidence : S("") },
	};
	struct audit_entry x = { .by = *by,
				 .subject = arena_fmt(app->arena, "key %lld", (long long)k->id),
				 .said = said,
				 .count = COUNTOF(said) };

	return audit_write(d, &x, app->arena, e);
}

static void say_taken(const struct app *app, const struct taken *t)
{
	static const char *const ends[] = {
		[TAKE_NEW] = "is new, and is not used before 'waker key verify'",
		[TAKE_SAME] = "is known, and says nothing new",
		[TAKE_CHANGED] = "is known, and was brought up to date",
		[TAKE_REVOKED] = "was revoked by its owner, and is not used any more",
	};

	app_say(app, "Key %lld for " STR_FMT " %s", (long long)t->row.id, STR_ARG(t->row.address),
		ends[t->end]);
	if (!t->named)
		app_say(app, "It does not name that address itself.");
	if (t->end == TAKE_NEW && t->other)
		app_say(app,
			"The address has another key that was checked: that one stays in use.");
}

static bool take(struct app *app, const struct call *call, const struct home *h,
		 struct taking_keys *t, struct err *e)
{
	const struct audit_by by = audited_by(call, h->now);

	if (!take_file(h, t, app->arena, e))
		return err_in(e, STR_FMT, STR_ARG(str_first(call->arg[0], 60)));
	LIST_EACH (const struct taken, x, &t->out)
		if ((x->end != TAKE_SAME && !audit_key(app, &by, h->db, &x->row, NULL, e)) ||
		    (x->end == TAKE_REVOKED && !tell_reseal(h->db, x->row.address, h->now, e)))
			return false;
	return true;
}

static bool taken(struct app *app, const struct call *call, const struct home *h,
		  struct taking_keys *t, struct err *e)
{
	struct column with[COUNTOF(columns)];

	if (!db_begin(h->db, e) || !audited_keep(app, h, take(app, call, h, t, e), e))
		return false;
	list_columns(with);
	out_table(&app->out, with, COUNTOF(with));
	LIST_EACH (const struct taken, x, &t->out)
		put_key(&app->out, &x->row, h->now);
	out_end(&app->out);
	LIST_EACH (const struct taken, x, &t->out)
		say_taken(app, x);
	return true;
}

static bool key_import(struct app *app, const struct call *call, struct err *e)
{
	struct taking_keys t = { .origin = KEY_FROM_FILE };
	autohome h = { 0 };

	if (call_has(call, "for"))
		t.address = call_option(call, "for");
	return file_read(str_z(app->arena, call->arg[0]), FILE_BYTES, app->arena, &t.bytes, e) &&
	       home_open(app->home, app->arena, &h, e) && taken(app, call, &h, &t, e);
}

static bool key_fetch(struct app *app, const struct call *call, struct err *e)
{
	struct taking_keys t = { .origin = KEY_FROM_WKD, .address = call->arg[0] };
	autohome h = { 0 };

	return home_open(app->home, app->arena, &h, e) &&
	       keys_fetch(&h, t.address, app->arena, &t.bytes, e) && taken(app, call, &h, &t, e);
}

// ---- what an officer decides

static bool read_until(const struct call *call, int64_t now, int64_t *until, struct err *e)
{
	struct str given = call_option(call, "until");

	*until = now + KEY_CHECK_DAYS * TIME_DAY;
	if (given.p == NULL || (time_read(given, until) && *until > now))
		return true;
	return err_set(e, ERR_USAGE, "--until: a day from now on, not \"" STR_FMT "\"",
		       STR_ARG(str_first(given, 40)));
}

static bool may_verify(const struct key_row *k, int64_t now, struct err *e)
{
	if (k->is.state == KEY_REVOKED)
		return err_set(e, ERR_CONFLICT, "its owner revoked it: ask for a new one");
	return k->is.expires > now ||
	       err_set(e, ERR_CONFLICT, "it has expired: ask for it with a new end, or a new one");
}

static bool read_check(const struct call *call, const struct home *h, struct key_check *c,
		       struct err *e)
{
	struct str method = call_option(call, "method");
	enum key_method how;

	*c = (struct key_check){ .at = h->now,
				 .who = audited_who(call),
				 .state = KEY_VERIFIED,
				 .evidence = call_option(call, "evidence") };
	if (method.p == NULL || !key_method_read(method, &how))
		return err_set(e, ERR_USAGE,
			       "say how: --method first, whois, call-back, mail-back or "
			       "in-person");
	if (str_trim(c->evidence).n == 0)
		return err_set(e, ERR_USAGE, "say what there is to look at: --evidence TEXT");
	c->method = (int)how;
	return read_until(call, h->now, &c->until, e);
}

static bool decide(struct app *app, const struct call *call, const struct home *h,
		   struct key_check *c, struct key_row *k, struct err *e)
{
	const struct audit_by by = audited_by(call, h->now);

	if (!take_find(h->db, call->arg[0], app->arena, k, e) ||
	    (c->state == KEY_VERIFIED && !may_verify(k, h->now, e)))
		return false;
	if (c->state == KEY_REFUSED && k->is.state == KEY_REVOKED)
		return err_set(e, ERR_CONFLICT, "its owner revoked it: it is not used any more");
	if (c->state == KEY_VERIFIED && k->is.state == KEY_REFUSED)
		app_say(app, "It was refused before: 'waker key show %lld' says why.",
			(long long)k->id);
	if (c->state == KEY_VERIFIED && !key_names(k->mails, k->address))
		app_say(app, "It does not name " STR_FMT ": it is for " STR_FMT ".",
			STR_ARG(k->address), STR_ARG(k->user));
	c->key = k->id;
	k->is.state = c->state;
	k->is.until = c->until;
	return key_check(h->db, c, e) && audit_key(app, &by, h->db, k, c, e) &&
	       (c->state == KEY_VERIFIED || tell_reseal(h->db, k->address, h->now, e));
}

static bool decided(struct app *app, const struct call *call, const struct home *h,
		    struct key_check *c, struct err *e)
{
	struct key_row k;

	if (!db_begin(h->db, e) || !audited_keep(app, h, decide(app, call, h, c, &k, e), e))
		return false;
	out_record(&app->out, columns, COUNTOF(columns));
	put_key(&app->out, &k, h->now);
	out_end(&app->out);
	return true;
}

static bool key_verify(struct app *app, const struct call *call, struct err *e)
{
	autohome h = { 0 };
	struct key_check c;

	return home_open(app->home, app->arena, &h, e) && read_check(call, &h, &c, e) &&
	       decided(app, call, &h, &c, e);
}

static bool key_refuse(struct app *app, const struct call *call, struct err *e)
{
	struct key_check c = { .state = KEY_REFUSED,
			       .method = -1,
			       .who = audited_who(call),
			       .evidence = call_option(call, "reason") };
	autohome h = { 0 };

	if (str_trim(c.evidence).n == 0)
		return err_set(e, ERR_USAGE, "say why: --reason TEXT");
	if (!home_open(app->home, app->arena, &h, e))
		return false;
	c.at = h.now;
	return decided(app, call, &h, &c, e);
}

// clang-format off
static const struct option init_options[] = {
	{ "from", "FILE", NULL, "take this secret key, without a passphrase, instead of making one" },
	{ "rsa", NULL, NULL, "RSA of 4,096 bits, for partners who cannot read ed25519" },
	{ "replace", NULL, NULL, "instead of the one that signs now" },
	AUDITED_BY,
	{ 0 },
};
static const struct option year_options[] = {
	{ "overlap", "DAYS", NULL, "of publish: from now until it signs; else 14" },
	{ "rsa", NULL, NULL, "of make: 4,096 bits RSA, as of key init" },
	AUDITED_BY,
	{ 0 },
};
static const struct option master_options[] = {
	{ "fingerprint", "DIGITS", NULL, "all 40 of it, as they stand on paper" },
	{ "replace", NULL, NULL, "instead of the one that is known" },
	AUDITED_BY,
	{ 0 },
};
static const struct option revoke_options[] = {
	{ "reason", "TEXT", NULL, "why; for the audit alone" },
	{ "publish", "FOLDER", NULL, "where the files for the web site and key servers go" },
	AUDITED_BY,
	{ 0 },
};
static const struct option list_options[] = {
	{ "of", "MEMBER", NULL, "those of this member's contacts" },
	{ "address", "ADDRESS", NULL, "those of this address" },
	{ "all", NULL, NULL, "also those that were refused" },
	{ 0 },
};
static const struct option import_options[] = {
	{ "for", "ADDRESS", NULL, "whose it is; else the contacts whose addresses it names" },
	AUDITED_BY,
	{ 0 },
};
static const struct option fetch_options[] = {
	AUDITED_BY,
	{ 0 },
};
static const struct option verify_options[] = {
	{ "method", "HOW", "first|whois|call-back|mail-back|in-person", "how it was made sure" },
	{ "evidence", "TEXT", NULL, "what there is to look at" },
	{ "until", "DAY", NULL, "when it must be checked again; else after two years" },
	AUDITED_BY,
	{ 0 },
};
static const struct option refuse_options[] = {
	{ "reason", "TEXT", NULL, "why" },
	AUDITED_BY,
	{ 0 },
};
static const struct command rows[] = {
	{ "key init", "", "Make the team's key, with which mail is signed", CHANGES, 0, 0, init_options,
	  { "waker key init", "waker key init --from team-secret.asc --replace" },
	  "It ends with the year, or with the next where that is near. It has no passphrase, for nobody types "
	  "one at night: who may read the home has it.", key_init },
	{ "key team", "", "List the keys of the team", READS, 0, 0, NULL,
	  { "waker key team", "waker key team --json" }, NULL, key_team },
	{ "key export", "", "Give the team's public key", READS, 0, 0, NULL,
	  { "waker key export", "waker key export --json" }, NULL, key_export },
	{ "key year", "YEAR WHAT [PLACE]", "Change the team's key with the year: plan, status, and each step", CHANGES, 2, 3, year_options,
	  { "waker key year 2027 plan", "waker key year 2027 publish /srv/keys --overlap 21" },
	  "WHAT is plan, status, or a step, in this order: make; sign-request FOLDER, for the machine that has the master key; "
	  "sign-import FILE, what came back; publish FOLDER; notify. Each says what comes next, is refused before its turn, and can be "
	  "done again where it was interrupted. See doc/key-year.md.", key_year },
	{ "key master", "[FILE]", "Show the master key that certifies the team's, or take its public half in", CHANGES, 0, 1, master_options,
	  { "waker key master", "waker key master master.asc --fingerprint 59A00E7A1DEA4EDD519D5B08A1F81A3E145C4363" },
	  "Its secret half stays on a machine without a network.", key_master },
	{ "key revoke", "FINGERPRINT", "Revoke a key of the team's that is in wrong hands, or may be", CHANGES, 1, 1, revoke_options,
	  { "waker key revoke 59A00E7A1DEA4EDD519D5B08A1F81A3E145C4363 --reason \"laptop stolen\" --publish /srv/keys",
	    "waker key revoke 59A00E7A1DEA4EDD519D5B08A1F81A3E145C4363 --reason test --publish /srv/keys --dry-run" },
	  "All 40 digits (waker key team). It signs nothing from then on, and there is no way back. What was encrypted to it "
	  "is still read. A key that is published and waits takes over at once.", key_revoke },
	{ "key list", "", "List the keys of who is written to", READS, 0, 0, list_options,
	  { "waker key list", "waker key list --of zeehaven --json" }, NULL, key_all },
	{ "key show", "KEY", "Show a key, and how somebody made sure whose it is", READS, 1, 1, NULL,
	  { "waker key show 3", "waker key show 9F312A074B5C6D7E --json" }, NULL, key_show },
	{ "key import", "FILE", "Take in a contact's OpenPGP key or S/MIME certificate", CHANGES, 1, 1, import_options,
	  { "waker key import ciso.asc", "waker key import soc.pem --for soc@zeehaven.example" },
	  "FILE is the key, or the mail in which it came. It is not used before somebody has checked whose it is "
	  "(key verify), and takes the place of no other. A certificate comes with those above it, in one file of PEM.", key_import },
	{ "key fetch", "ADDRESS", "Ask the domain of a contact's address for the key that it publishes", CHANGES, 1, 1, fetch_options,
	  { "waker key fetch ciso@zeehaven.example", "waker key fetch soc@zeehaven.example --dry-run" },
	  "By its Web Key Directory, over HTTPS. It waits for a check like one that came in a file.", key_fetch },
	{ "key verify", "KEY", "Write down how it was made sure whose a key is", CHANGES, 1, 1, verify_options,
	  { "waker key verify 3 --method call-back --evidence \"read to J. Doe, number of the roster\"",
	    "waker key verify 3 --method first --evidence https://directory.example/zeehaven --until 2027-12-31" },
	  "From now on mail to its address is encrypted to it, and to each other key of the address that was "
	  "checked.", key_verify },
	{ "key refuse", "KEY", "Use a key no more, or never", CHANGES, 1, 1, refuse_options,
	  { "waker key refuse 3 --reason \"not theirs, by telephone\"", "waker key refuse 3 --reason \"left\" --by j.doe" },
	  NULL, key_refuse },
};
// clang-format on

const struct noun noun_key = { "key", "keys to sign and encrypt with, ours and theirs", rows,
			       COUNTOF(rows) };
