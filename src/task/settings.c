#include "task/settings.h"

#include "base/buf.h"
#include "codec/mail/relay.h"
#include "codec/mail/smtp_write.h"
#include "codec/net/endpoint.h"
#include "codec/net/name.h"
#include "codec/text/ini.h"
#include "model/mail/reports.h"
#include "model/web/networks.h"
#include "os/file.h"

#include <assert.h>

enum {
	MOST_JOBS = 64,
	MOST_RATE = 10000,
	MOST_ASKED = 4,
	MOST_TURN = 120,
	TEAM_BYTES = 80,
	SHOWN = 60,
	PATH_BYTES = 512,
	TEXT_BYTES = 32 << 10
};

// clang-format off
const struct setting settings[] = {
	{ "team", "name", SETTING_TEXT, 1, TEAM_BYTES, NULL, "1 to 80 bytes", "CERT",
	  offsetof(struct home, team), false,
	  "The team's name, as its members know it." },
	{ "team", "language", SETTING_WORD, 0, 0, "nl|en", "nl or en", "en",
	  offsetof(struct home, language), false,
	  "The language of labels." },
	{ "team", "phone", SETTING_TEXT, 1, TEAM_BYTES, NULL, "none or a telephone number", "none",
	  offsetof(struct home, phone), false,
	  "Where members call, day and night: it stands in each mail to them." },
	{ "team", "portal", SETTING_TEXT, 1, TEAM_BYTES, NULL, "none or https://…", "none",
	  offsetof(struct home, portal), false,
	  "Where members answer. Without one no mail has a link to answer by." },
	{ "team", "statement", SETTING_SWITCH, 0, 0, NULL, "yes or no", "no",
	  offsetof(struct home, statement), false,
	  "Whether each member gets a statement on Mondays: every message of the week, and what was looked at." },
	{ "team", "contact_test", SETTING_SWITCH, 0, 0, NULL, "yes or no", "no",
	  offsetof(struct home, contact_test), false,
	  "Whether each contact is asked once a quarter, and a new one at once, whether our mail reaches it." },
	{ "watch", "jobs", SETTING_COUNT, 1, MOST_JOBS, NULL, "1 to 64", "1",
	  offsetof(struct home, jobs), false,
	  "How many processes share the reading of a large file." },
	{ "service", "metrics", SETTING_LISTEN, 0, 0, HOME_SOCKET "|off",
	  HOME_SOCKET ", off, 127.0.0.1:PORT or [::1]:PORT", HOME_SOCKET,
	  offsetof(struct home, metrics), false,
	  "Where a Prometheus gets its metrics: a socket run/metrics of this home, or a port that only\n"
	  "this machine reaches." },
	{ "mail", "send", SETTING_WORD, 0, 0, "off|direct|relay", "off, direct or relay", "off",
	  offsetof(struct home, mail.send), false,
	  "How mail leaves: not at all, to the servers of each recipient's domain, or to one of our\n"
	  "own that sends it on." },
	{ "mail", "relay", SETTING_RELAY, 0, 0, "none", "none, smtp://… or smtps://…", "none",
	  offsetof(struct home, mail.relay), false,
	  "Our own server, for send = relay. smtp:// begins TLS by STARTTLS, smtps:// at once; without\n"
	  "TLS it must be on this machine. credentials/mail has user = … and password = …, if it asks." },
	{ "mail", "relay_enforces", SETTING_SWITCH, 0, 0, NULL, "yes or no", "no",
	  offsetof(struct home, mail.relay_enforces), false,
	  "Whether the relay sends on over TLS only, to a server that it has checked (DANE, MTA-STS).\n"
	  "Only then details of middle sensitivity go by it." },
	{ "mail", "from", SETTING_MAIL, 0, 0, "none", "none or a mail address", "none",
	  offsetof(struct home, mail.from), false,
	  "Who sends: the address in From, to which undeliverable mail returns." },
	{ "mail", "reply_to", SETTING_MAIL, 0, 0, "none", "none or a mail address", "none",
	  offsetof(struct home, mail.reply_to), false,
	  "Where answers go, where that is another address than from." },
	{ "mail", "helo", SETTING_HOST, 0, 0, "machine", "machine or a name", "machine",
	  offsetof(struct home, mail.helo), false,
	  "Our name for other servers; it should be the one to which our address leads back." },
	{ "mail", "rate", SETTING_COUNT, 1, MOST_RATE, NULL, "1 to 10000", "60",
	  offsetof(struct home, mail.rate), false,
	  "How many mails a minute go to one domain." },
	{ "mail", "resolver", SETTING_ASKED, 0, 0, "system|self", "system, self, or ADDRESS[@PORT], up to 4 with commas", "system",
	  offsetof(struct home, mail.resolver), false,
	  "Who is asked for mail servers and for DANE: the resolvers of this machine, the servers of the\n"
	  "zones themselves, or these resolvers. Signatures are checked here in each case." },
	{ "mail", "authorities", SETTING_PATH, 0, 0, "system", "system or the path of a file", "system",
	  offsetof(struct home, mail.authorities), false,
	  "The authorities by which the relay's certificate is checked." },
	{ "mail", "trusted", SETTING_HOST, 0, 0, "none", "none or a name", "none",
	  offsetof(struct home, mail.trusted), false,
	  "The name by which our mail server says who sent a mail (Authentication-Results; it must take out\n"
	  "fields of this name that came with a mail). Without one only what is signed counts as an answer by itself." },
	{ "mail", "inbox", SETTING_MAILBOX, 0, 0, "none", "none, imap://… or imaps://…", "none",
	  offsetof(struct home, mail.inbox), false,
	  "Where mail for us waits, as imaps://HOST/FOLDER: answers, bounces, reports. It is left there, with the\n"
	  "mark $WakerHas; of a server that keeps no such marks, run/inbox has what was fetched.\n"
	  "credentials/imap has user = … and password = …. Where our mail server gives it to\n"
	  "`waker mail receive`, none is needed." },
	{ "mail", "reports", SETTING_REPORTS, 0, 0, "none", "none, or FEED:ADDRESS with commas between", "none",
	  offsetof(struct home, mail.reports), false,
	  "Whose mails are reports of which feed, as cert-bund:reports@reports.cert-bund.de: their files go\n"
	  "into the feed's inbox, where their sender is proven." },
	{ "duty", "gateway", SETTING_PATH, 0, 0, "none", "none or the path of a program", "none",
	  offsetof(struct home, duty.gateway), false,
	  "What hands pages to a telephone: it is run as PROGRAM sms NUMBER, or PROGRAM voice NUMBER,\n"
	  "with the text as its input, and ends with 0 when that is on its way. It may write in this home\n"
	  "and in /tmp alone, and has a minute." },
	{ "duty", "turn", SETTING_COUNT, 2, MOST_TURN, NULL, "2 to 120", "15",
	  offsetof(struct home, duty.turn), false,
	  "How many minutes an officer has to take a page before the next one is asked." },
	{ "duty", "test", SETTING_SWITCH, 0, 0, NULL, "yes or no", "yes",
	  offsetof(struct home, duty.test), false,
	  "Whether who comes on duty gets a test page, by each of their channels." },
	{ "web", "listen", SETTING_ADDRESS, 0, 0, "off|" HOME_WEB, "off, " HOME_WEB " or ADDRESS:PORT", "off",
	  offsetof(struct home, web.listen), false,
	  "Where the pages are served on which members answer: not at all, on a socket run/web of this\n"
	  "home for a proxy, or on an address and port, such as [::]:443. Without a certificate that must\n"
	  "be 127.0.0.1 or [::1]." },
	{ "web", "certificate", SETTING_PATH, 0, 0, "none", "none or the path of a file", "none",
	  offsetof(struct home, web.certificate), false,
	  "The certificate of that address and those above it, PEM. A file that changes is taken over\n"
	  "within a minute, or at once by a reload." },
	{ "web", "key", SETTING_PATH, 0, 0, "none", "none or the path of a file", "none",
	  offsetof(struct home, web.key), false,
	  "Its key, PEM; nobody else may read that file." },
	{ "web", "proxy", SETTING_SWITCH, 0, 0, NULL, "yes or no", "no",
	  offsetof(struct home, web.proxy), false,
	  "Whether a proxy of ours stands before it, and who asks is the last address of its\n"
	  "X-Forwarded-For. Where that is not so, anybody could say who they are." },
	{ "web", "scanners", SETTING_NETWORKS, 0, 0, "none", "none, or prefixes with commas between", "none",
	  offsetof(struct home, web.scanners), false,
	  "Networks whose machines open the links of mails before their readers do: what they press is asked\n"
	  "again, however late it comes." },
	{ "home", "store", SETTING_STORE, 0, 0, NULL, HOME_STORE " or postgresql://…", HOME_STORE,
	  offsetof(struct home, store), true,
	  "Where the store is: a file of this home, or a PostgreSQL server by its URL, without a\n"
	  "password: credentials/postgresql has that, in a line password = …." },
	{ "home", "example", SETTING_SWITCH, 0, 0, NULL, "yes or no", "no",
	  offsetof(struct home, example), false,
	  "An example home also accepts documentation and private addresses, AS numbers and\n"
	  "names, and lets WAKER_NOW set the clock. Never for a real roster." },
};
// clang-format on
const size_t settings_count = COUNTOF(settings);
static_assert(COUNTOF(settings) <= SETTINGS_MOST, "there is a place for every row");

size_t settings_row(size_t field)
{
	for (size_t i = 0; i < settings_count; i++)
		if (settings[i].at == field)
			return i;
	assert(false && "no row has this field");
	return 0;
}

// ---- one value

static bool has_word(const char *choice, struct str value)
{
	struct str rest = str_of(choice);

	while (rest.n > 0)
		if (str_eq(str_cut(&rest, '|'), value))
			return true;
	return false;
}

// What libpq would take for one; it looks again, at all that a URL may say.
static bool has_password(struct str url)
{
	struct str rest = url, who;

	if (!str_contains(url, S("://")))
		return false;
	while (!str_has_prefix(rest, S("://")))
		str_skip(&rest, 1);
	str_skip(&rest, 3);
	if (str_contains(rest, S("password=")))
		return true;
	who = str_cut(&rest, '@');
	return rest.p != NULL && rest.n > 0 && str_has(who, ':');
}

// "192.0.2.53,2001:db8::53@5353"
static bool are_resolvers(struct str value)
{
	size_t n = 0;

	do {
		struct str port = str_cut(&value, ','), at = str_cut(&port, '@');
		struct address a;
		uint64_t p;

		if (++n > MOST_ASKED || !address_read(at, &a) ||
		    (port.p != NULL && port.n > 0 &&
		     (!str_to_uint(port, UINT16_MAX, &p) || p == 0)))
			return false;
	} while (value.n > 0);
	return true;
}

// What begins with a word of the choice is that, else of the kind.
static bool fits_mail(const struct setting *s, struct str value)
{
	struct relay relay;
	struct mailbox box;
	struct str domain;
	struct name name;
	struct err e;

	if (has_word(s->choice, value))
		return true;
	if (s->kind == SETTING_RELAY)
		return relay_read(value, &relay);
	if (s->kind == SETTING_MAILBOX)
		return mailbox_read(value, &box);
	if (s->kind == SETTING_MAIL)
		return smtp_address(value, &domain, &e);
	if (s->kind == SETTING_REPORTS)
		return reports_well(value);
	if (s->kind == SETTING_HOST)
		return !str_has(value, '/') && name_read(value, NULL, &name) && name.labels > 1;
	if (s->kind == SETTING_ASKED)
		return are_resolvers(value);
	if (s->kind == SETTING_NETWORKS)
		return networks_well(value);
	return str_starts(value, '/') && value.n < PATH_BYTES;
}

static bool fits(const struct setting *s, struct str value)
{
	struct endpoint at;
	uint64_t n;

	switch (s->kind) {
	case SETTING_TEXT:
		return value.n >= s->least && value.n <= s->most;
	case SETTING_WORD:
		return has_word(s->choice, value);
	case SETTING_COUNT:
		return str_to_uint(value, s->most, &n) && n >= s->least;
	case SETTING_SWITCH:
		return has_word("yes|no", value);
	case SETTING_STORE:
		return str_eq(value, S(HOME_STORE)) || db_is_url(value);
	case SETTING_ADDRESS:
		return has_word(s->choice, value) || endpoint_read(value, &at);
	case SETTING_LISTEN:
		return has_word(s->choice, value) ||
		       (endpoint_read(value, &at) && endpoint_is_loopback(&at));
	case SETTING_RELAY:
	case SETTING_MAILBOX:
	case SETTING_MAIL:
	case SETTING_REPORTS:
	case SETTING_HOST:
	case SETTING_ASKED:
	case SETTING_NETWORKS:
	case SETTING_PATH:
		return fits_mail(s, value);
	}
	return false;
}

static void give(const struct setting *s, struct str value, struct home *h)
{
	char *to = (char *)h + s->at;
	uint64_t n;

	switch (s->kind) {
	case SETTING_TEXT:
	case SETTING_WORD:
	case SETTING_STORE:
	case SETTING_LISTEN:
	case SETTING_ADDRESS:
	case SETTING_RELAY:
	case SETTING_MAILBOX:
	case SETTING_MAIL:
	case SETTING_REPORTS:
	case SETTING_HOST:
	case SETTING_ASKED:
	case SETTING_NETWORKS:
	case SETTING_PATH:
		memcpy(to, &value, sizeof value);
		break;
	case SETTING_COUNT:
		if (str_to_uint(value, s->most, &n))
			memcpy(to, &(unsigned){ (unsigned)n }, sizeof(unsigned));
		break;
	case SETTING_SWITCH:
		memcpy(to, &(bool){ str_eq(value, S("yes")) }, sizeof(bool));
		break;
	}
}

void settings_give(const struct settings *s, struct home *h)
{
	assert(s->wrong.count == 0);
	for (size_t i = 0; i < settings_count; i++)
		give(&settings[i], s->found[i].value, h);
}

// ---- a file

// Names under which people keep secrets: what stands behind them is never repeated.
static bool is_secret_word(struct str key)
{
	static const struct str words[] = { { "password", 8 }, { "passwd", 6 },
					    { "secret", 6 },   { "token", 5 },
					    { "apikey", 6 },   { "api_key", 7 },
					    { "api-key", 7 },  { "passphrase", 10 } };

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_contains(key, words[i]))
			return true;
	return false;
}

static const struct setting *row_of(struct str section, struct str key)
{
	for (size_t i = 0; i < settings_count; i++)
		if (str_eq(section, str_of(settings[i].section)) &&
		    str_eq(key, str_of(settings[i].key)))
			return &settings[i];
	return NULL;
}

static bool no_section(const struct ini *in, struct err *e)
{
	struct str words[SETTINGS_MOST], near;

	for (size_t i = 0; i < settings_count; i++) {
		words[i] = str_of(settings[i].section);
		if (str_eq(in->section, words[i]))
			return true;
	}
	near = ini_nearest(in->section, words, settings_count);
	return err_set(e, ERR_CONFIG, "line %u: there is no section [" STR_FMT "]%s" STR_FMT "%s",
		       in->line, STR_ARG(str_first(in->section, SHOWN)),
		       near.n > 0 ? "; did you mean [" : "", STR_ARG(near), near.n > 0 ? "]?" : "");
}

// Of this section, or of another in which it stands.
static bool unknown(const struct ini *in, struct err *e)
{
	struct str words[SETTINGS_MOST];
	size_t n = 0;

	if (is_secret_word(in->key))
		return err_set(e, ERR_CONFIG,
			       "line %u, column %u: a secret does not belong in waker.conf: put it "
			       "in a file of credentials/ (mode 0600), or hand it over as a "
			       "credential of systemd",
			       in->line, in->key_column);
	for (size_t i = 0; i < settings_count; i++) {
		if (str_eq(in->key, str_of(settings[i].key)))
			return err_set(e, ERR_CONFIG,
				       "line %u, column %u: %s stands in [%s], not in [" STR_FMT
				       "]",
				       in->line, in->key_column, settings[i].key,
				       settings[i].section, STR_ARG(str_first(in->section, SHOWN)));
		if (str_eq(in->section, str_of(settings[i].section)))
			words[n++] = str_of(settings[i].key);
	}
	return ini_unknown(in, words, n, e);
}

static bool take(const struct ini *in, struct settings *out, struct err *e)
{
	const struct setting *s = row_of(in->section, in->key);
	struct setting_found *f;

	if (s == NULL)
		return unknown(in, e);
	f = &out->found[s - settings];
	if (f->line != 0)
		return err_set(e, ERR_CONFIG,
			       "line %u, column %u: %s is said in line %u already: keep one",
			       in->line, in->key_column, s->key, f->line);
	if (s->kind == SETTING_STORE && has_password(in->value))
		return err_set(e, ERR_CONFIG,
			       "line %u, column %u: the store's URL has a password in it: put it "
			       "in credentials/postgresql (mode 0600), in a line password = …",
			       in->line, in->value_column);
	f->line = in->line;
	if (!fits(s, in->value) && s->kind == SETTING_STORE) // a slip may have a password in it
		return err_set(
			e, ERR_CONFIG,
			"line %u, column %u: %s is %s, and what stands there is not (a password "
			"belongs in credentials/postgresql)",
			in->line, in->value_column, s->key, s->wants);
	if (!fits(s, in->value))
		return err_set(e, ERR_CONFIG, "line %u, column %u: %s is %s, not \"" STR_FMT "\"",
			       in->line, in->value_column, s->key, s->wants,
			       STR_ARG(str_first(in->value, SHOWN)));
	f->value = in->value;
	return true;
}

// A section that is not known has one sentence: what stands in it has none.
void settings_read(struct str bytes, struct arena *a, struct settings *out)
{
	struct ini in = ini_of(bytes);
	struct settings s = { 0 };
	bool known = true;

	for (size_t i = 0; i < settings_count; i++)
		s.found[i].value = str_of(settings[i].standard);
	for (;;) {
		struct err e = { 0 };
		enum ini_kind kind = ini_next(&in, &e);
		bool good = e.kind == ERR_NONE;

		if (kind == INI_END && good)
			break;
		if (kind == INI_SECTION)
			known = good = no_section(&in, &e);
		else if (kind == INI_PAIR && (known || is_secret_word(in.key)))
			good = take(&in, &s, &e);
		if (!good)
			*list_add(&s.wrong, a) = e;
	}
	*out = s;
}

bool settings_load(const char *path, struct arena *a, struct settings *out, struct err *e)
{
	struct str bytes;

	if (!file_read(path, SETTINGS_BYTES, a, &bytes, e))
		return false;
	settings_read(bytes, a, out);
	return true;
}

static void put_comment(struct buf *b, const struct setting *s)
{
	struct str rest = str_of(s->says);

	while (rest.n > 0) {
		struct str line = str_cut(&rest, '\n');

		buf_fmt(b, "# " STR_FMT "\n", STR_ARG(line));
	}
	buf_fmt(b, "# It is %s; where it is not said, %s.\n", s->wants, s->standard);
}

struct str settings_text(const struct str value[SETTINGS_MOST], struct arena *a)
{
	struct buf b = { .p = arena_new(a, char, TEXT_BYTES), .cap = TEXT_BYTES };
	const char *section = "";

	buf_str(&b, S("# The configuration of this home: key = value under [section]. See "
		      "waker.conf(5).\n"
		      "# `waker config check` looks at it, `waker config show` says what is in "
		      "force.\n"));
	for (size_t i = 0; i < settings_count; i++) {
		const struct setting *s = &settings[i];

		if (strcmp(section, s->section) != 0)
			buf_fmt(&b, "\n[%s]\n", s->section);
		section = s->section;
		buf_char(&b, '\n');
		put_comment(&b, s);
		buf_fmt(&b, "%s = " STR_FMT "\n", s->key,
			STR_ARG(value[i].p != NULL ? value[i] : str_of(s->standard)));
	}
	assert(!b.over);
	return buf_view(&b);
}
