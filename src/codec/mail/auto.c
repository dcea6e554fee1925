#include "codec/mail/auto.h"

static bool any_in(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t at = 0, k = strlen(words[i]); at + k <= s.n; at++)
			if (str_eq_nocase((struct str){ s.p + at, k }, str_of(words[i])))
				return true;
	return false;
}

static bool says(const struct heard_whole *h, enum heard_field field, const char *const *words,
		 size_t n)
{
	return any_in(h->field[field], words, n);
}

// By the words of its subject, where a machine says nothing else. In the languages around us.
static bool subject_says(const struct heard_whole *h)
{
	static const char *const begins[] = {
		"out of office",
		"automatic reply",
		"auto reply",
		"auto-reply",
		"autoreply",
		"auto response",
		"autoresponse",
		"auto:",
		"vacation",
		"away from",
		"afwezig",
		"automatisch antwoord",
		"afwezigheidsmelding",
		"buiten kantoor",
		"abwesenheit",
		"automatische antwort",
		"réponse automatique",
		"absence du bureau",
		"ontvangstbevestiging",
	};

	return says(h, HEARD_SUBJECT, begins, COUNTOF(begins));
}

static bool is_machines_reply(const struct heard_whole *h)
{
	struct str sent = str_trim(h->field[HEARD_AUTO_SUBMITTED]);
	struct str kind = str_cut(&sent, ';');

	if (kind.n > 0 && !str_eq_nocase(str_trim(kind), S("no")))
		return true;
	return h->field[HEARD_AUTOREPLY].n > 0 || h->field[HEARD_AUTORESPOND].n > 0 ||
	       str_eq_nocase(str_trim(h->field[HEARD_PRECEDENCE]), S("auto_reply")) ||
	       (subject_says(h) && h->field[HEARD_SUPPRESS].p != NULL) || subject_says(h);
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
