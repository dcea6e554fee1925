// Which issue a report type is about that nobody has thought of yet: by its name and by
// what it says of its events. An officer may think better; what he writes stays.
#include "base/buf.h"
#include "model/finding/issue.h"
#include "task/watch/schema.h"

static const char *const families[] = { "scan6_",  "scan_",   "population6_", "population_",
					"event4_", "event6_", "event_" };

// "scan6_ldap_tcp": family "scan6_", rest "ldap_tcp".
static bool cut_family(struct str *name)
{
	for (size_t i = 0; i < COUNTOF(families); i++)
		if (str_has_prefix(*name, str_of(families[i]))) {
			str_skip(name, strlen(families[i]));
			return !str_starts(str_of(families[i]), 'e');
		}
	return false;
}

static void cut_tail(struct str *name, struct str tail)
{
	if (str_has_suffix(*name, tail) && name->n > tail.n)
		name->n -= tail.n;
}

static struct str spelt(struct str family, struct str name, struct arena *a)
{
	char text[ISSUE_TEXT];
	struct buf b = BUF_ON(text);

	cut_tail(&name, S("6"));
	buf_str(&b, family);
	for (size_t i = 0; i < name.n; i++)
		buf_char(&b, name.p[i] == '_' ? '-' : ascii_lower(name.p[i]));
	return arena_str(a, buf_view(&b));
}

// By what is said of the events, where the name does not tell. NULL: none of these.
static const char *by_kind(struct str kind)
{
	static const struct {
		const char *kind, *issue;
	} rows[] = {
		{ "infected-system", "infected.{malware.name}" },
		{ "brute-force", "attacking.{classification.identifier}" },
		{ "ddos", "attacking.ddos" },
		{ "data-leak", "leak.account" },
		{ "spam", "hosts.spam" },
		{ "phishing", "hosts.phish" },
		{ "malware-distribution", "hosts.malware" },
		{ "c2-server", "compromised.c2" },
		{ "blacklist", "listed" },
		{ "blocklist", "listed" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(kind, str_of(rows[i].kind)))
			return rows[i].issue;
	return NULL;
}

static struct str of_scan(struct str rest, struct str kind, struct arena *a)
{
	if (str_has_suffix(rest, S("_vulnerable"))) {
		cut_tail(&rest, S("_vulnerable"));
		return spelt(S("vuln."), rest, a);
	}
	if (str_eq(kind, S("weak-crypto")))
		return spelt(S("vuln."), rest, a);
	if (by_kind(kind) != NULL)
		return str_of(by_kind(kind));
	cut_tail(&rest, S("_tcp")); // one service is one issue, by whichever way
	cut_tail(&rest, S("_udp"));
	return spelt(S("exposed."), rest, a);
}

static struct str of_rest(const struct schema_type *t, struct str rest, struct str kind,
			  struct arena *a)
{
	struct str issue = arena_fmt(a, "rsit." STR_FMT, STR_ARG(kind));

	if (str_has_prefix(t->name, S("compromised_"))) {
		cut_tail(&rest, S("6"));
		return spelt(S("compromised."), str_from(t->name, 12), a);
	}
	if (str_eq(kind, S("ddos")) &&
	    (str_has_suffix(rest, S("_target")) || str_has_suffix(rest, S("_amp"))))
		return S("ddos.target");
	if (by_kind(kind) != NULL)
		return str_of(by_kind(kind));
	if (str_eq(kind, S("scanner"))) {
		if (str_has_prefix(rest, S("honeypot_")))
			str_skip(&rest, 9);
		cut_tail(&rest, S("_scan"));
		return spelt(S("attacking."), rest, a);
	}
	if (str_eq(kind, S("vulnerable-system")))
		return spelt(S("vuln."), rest, a);
	if (str_eq(kind, S("system-compromise")))
		return spelt(S("compromised."), rest, a);
	return issue_find(issue) != NULL ? issue : S("rsit.undetermined");
}

struct str schema_issue(const struct schema_type *t, struct arena *a)
{
	struct str rest = t->name, kind = schema_says(t, S("classification.type"));
	bool scan = cut_family(&rest);
	struct str issue = scan ? of_scan(rest, kind, a) : of_rest(t, rest, kind, a);

	return arena_fmt(a, STR_FMT " = always\n", STR_ARG(issue));
}
