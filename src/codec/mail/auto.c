#include "codec/mail/auto.h"

static bool any_in(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t at = 0, k = strlen(words[i]); at + k <= s.n; at++)
			if (str_eq_nocase((struct str){ s.p + at, k }, str_of(words[i])))
				return true;
	return false;
}

// By the words of its subject, where a machine says nothing else. In the languages around us.
bool auto_subject(struct str subject)
{
	static const char *const begins[] = {
		"out of office",
		"out of the office",
		"automatic reply",
		"automated reply",
		"auto reply",
		"auto-reply",
		"autoreply",
		"auto response",
		"auto-response",
		"autoresponse",
		"auto:",
		"vacation",
		"on leave",
		"away from",
		"away until",
		"afwezig",
		"automatisch antwoord",
		"automatische reactie",
		"automatisch gegenereerd",
		"buiten kantoor",
		"abwesenheit",
		"automatische antwort",
		"abwesend",
		"réponse automatique",
		"absence du bureau",
		"message d'absence",
		"ontvangstbevestiging",
	};

	return any_in(subject, begins, COUNTOF(begins));
}

// ---- who

static const struct {
	const char *name; // before the @; it may go on, but with no letter
	bool server;
} daemons[] = {
	{ "mailer-daemon", true }, { "mail-daemon", true }, { "maildaemon", true },
	{ "mailerdaemon", true },  { "mail.daemon", true }, { "mail.delivery.system", true },
	{ "mdaemon", true },       { "mmdf", true },        { "amer-mta", true },
	{ "postmaster", true },    { "post_master", true }, { "mailadm", true },
	{ "bounce", true },        { "bounces", true },     { "daemon", false },
	{ "mailer", false },       { "smtp", false },       { "no-reply", false },
	{ "noreply", false },      { "no_reply", false },   { "do-not-reply", false },
	{ "donotreply", false },   { "listserv", false },   { "majordomo", false },
	{ "mailman", false },
};

static bool is_named(struct str local, struct str name)
{
	char c = local.n > name.n ? ascii_lower(local.p[name.n]) : '@';

	return str_eq_nocase(str_first(local, name.n), name) && (c < 'a' || c > 'z');
}

static bool is_daemon(struct str address, bool server)
{
	struct str local = str_cut(&address, '@');

	if (str_starts(local, '"')) // "MAILER-DAEMON" <>
		str_skip(&local, 1);
	for (size_t i = 0; i < COUNTOF(daemons); i++)
		if ((daemons[i].server || !server) && is_named(local, str_of(daemons[i].name)))
			return true;
	return false;
}

bool auto_is_server(struct str address)
{
	return is_daemon(address, true);
}

bool auto_is_daemon(struct str address)
{
	static const char *const tails[] = { "-admin", "-owner", "-request" }; // of mailing lists
	struct str rest = address, local = str_cut(&rest, '@');

	for (size_t i = 0; i < COUNTOF(tails); i++) {
		size_t n = strlen(tails[i]);

		if (local.n > n && str_eq_nocase(str_from(local, local.n - n), str_of(tails[i])))
			return true;
	}
	return is_daemon(address, false);
}

// ---- the kind

static bool is_machines_reply(const struct heard_whole *h)
{
	struct str sent = str_trim(h->field[HEARD_AUTO_SUBMITTED]);
	struct str kind = str_cut(&sent, ';');

	if (kind.n > 0 && !str_eq_nocase(str_trim(kind), S("no")))
		return true;
	return h->field[HEARD_AUTOREPLY].n > 0 || h->field[HEARD_AUTORESPOND].n > 0 ||
	       str_eq_nocase(str_trim(h->field[HEARD_PRECEDENCE]), S("auto_reply")) ||
	       auto_subject(h->field[HEARD_SUBJECT]);
}

static bool is_mass(const struct heard_whole *h)
{
	struct str p = str_trim(h->field[HEARD_PRECEDENCE]);

	return h->field[HEARD_LIST_ID].n > 0 || str_eq_nocase(p, S("bulk")) ||
	       str_eq_nocase(p, S("list")) || str_eq_nocase(p, S("junk"));
}

static struct str domain_of(struct str address)
{
	str_cut(&address, '@');
	return str_trim(str_cut(&address, ','));
}

// A notice of ours has its number in a field of its own, and comes from our domain.
static bool is_ours(const struct heard_whole *h, struct str own)
{
	return own.n > 0 && h->field[HEARD_WAKER_REF].n > 0 &&
	       str_eq_nocase(domain_of(heard_sender(h)), own);
}

enum auto_kind auto_kind(const struct heard_whole *h, struct str own)
{
	if (is_ours(h, own) || h->field[HEARD_LOOP].n > 0)
		return AUTO_LOOP;
	if (str_eq_nocase(str_trim(h->field[HEARD_SPAM]), S("yes")))
		return AUTO_SPAM;
	if (heard_find(h, S("message/disposition-notification")) != NULL)
		return AUTO_RECEIPT;
	if (is_machines_reply(h))
		return AUTO_REPLY;
	return is_mass(h) ? AUTO_LIST : AUTO_NOT;
}
