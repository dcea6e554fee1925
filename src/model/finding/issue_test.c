#include "base/test.h"
#include "model/finding/issue.h"

static bool is_rsit(struct str type) // as the row of one of its types has it
{
	for (size_t i = 0; i < issue_count; i++)
		if (str_has_prefix(issue_table[i].id, S("rsit.")) &&
		    str_eq(issue_table[i].rsit, type))
			return true;
	return false;
}

TEST("issue: every row has titles, a class, a severity, and a type of RSIT v1003")
{
	unsigned rsit = 0;

	for (size_t i = 0; i < issue_count; i++) {
		const struct issue *x = &issue_table[i];

		CHECK(x->id.n > 0 && x->title.n > 0 && x->title_nl.n > 0);
		CHECK(x->class < ISSUE_CLASS_COUNT);
		CHECK(x->severity >= SEVERITY_CRITICAL && x->severity <= SEVERITY_LOW);
		CHECK(is_rsit(x->rsit));
		rsit += str_has_prefix(x->id, S("rsit."));
		for (size_t k = 0; k < i; k++)
			CHECK(!str_eq(issue_table[k].id, x->id));
	}
	CHECK(rsit == 39);
}

TEST("issue: an id has its own row, else its family's, else none")
{
	static const struct {
		const char *id, *row;
		enum issue_class class;
		enum severity severity;
	} rows[] = {
		{ "exposed.rdp", "exposed.rdp", CLASS_EXPOSED, SEVERITY_HIGH },
		{ "exposed.snmp", "exposed.snmp", CLASS_EXPOSED, SEVERITY_MEDIUM },
		{ "exposed.new", "exposed.*", CLASS_EXPOSED, SEVERITY_MEDIUM },
		{ "vuln.exchange", "vuln.exchange", CLASS_VULNERABLE, SEVERITY_CRITICAL },
		{ "infected.qakbot", "infected.*", CLASS_INFECTED, SEVERITY_HIGH },
		{ "compromised.webshell", "compromised.webshell", CLASS_COMPROMISED,
		  SEVERITY_CRITICAL },
		{ "leaksite.lockbit.2026", "leaksite.*", CLASS_LEAK_SITE, SEVERITY_CRITICAL },
		{ "leak.linkedin", "leak.*", CLASS_LEAKED, SEVERITY_HIGH },
		{ "ddos.target", "ddos.target", CLASS_ATTACKED, SEVERITY_MEDIUM },
		{ "rsit.phishing", "rsit.phishing", CLASS_ABUSED, SEVERITY_HIGH },
		{ "listed", "listed", CLASS_LISTED, SEVERITY_LOW },
	};
	static const char *const none[] = { "", "exposed", "exposed.", "rsit.none", "listed.x" };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct issue *x = issue_find(str_of(rows[i].id));

		CHECK(x != NULL && str_eq(x->id, str_of(rows[i].row)));
		CHECK(x->class == rows[i].class && x->severity == rows[i].severity);
	}
	for (size_t i = 0; i < COUNTOF(none); i++)
		CHECK(issue_find(str_of(none[i])) == NULL);
}

TEST("issue: a rule's text tells its row, and which ids it may give")
{
	CHECK(str_eq(issue_of_rule(S("infected.{malware.name}"))->id, S("infected.*")));
	CHECK(str_eq(issue_of_rule(S("leaksite.{extra.a}.{extra.b}"))->id, S("leaksite.*")));
	CHECK(issue_of_rule(S("nothing.{malware.name}")) == NULL);
	CHECK(issue_rule_may(S("infected.{malware.name}"), S("infected.qakbot")));
	CHECK(!issue_rule_may(S("infected.{malware.name}"), S("infected.")));
	CHECK(issue_rule_may(S("exposed.rdp"), S("exposed.rdp")));
	CHECK(!issue_rule_may(S("exposed.rdp"), S("exposed.rdp2")));
}

TEST("issue: an event has one issue a class, spelt with the values of its fields")
{
	static const char text[] = "[feed]\nname = x\n[format]\nkind = delimited\nheader = yes\n"
				   "[select]\nip = address\n[issue]\n"
				   "leaksite.{extra.g}.{extra.d} = extra.g there\n"
				   "exposed.a = extra.tag has a\nexposed.b = always\n";
	struct event_field fields[] = {
		{ .key = S("extra.g"), .value = S("Lock Bit 3.0") },
		{ .key = S("extra.d"), .value = S("2026-03-02 10:00") },
		{ .key = S("extra.tag"), .value = S("x;a") },
	};
	struct event event = { .fields = { .at = fields, .count = 3 } };
	struct str out[ISSUE_MAX];
	autoarena a = { 0 };
	struct feed feed;
	struct err e = { 0 };

	arena_init(&a, 1 << 20);
	CHECK(feed_read(S("x"), str_of(text), &a, &feed, &e));
	CHECK(feed_issues(&feed.types.at[0], &event, &a, out) == 2);
	CHECK(str_eq(out[0], S("leaksite.lock-bit-3-0.2026-03-02-10-00")));
	CHECK(str_eq(out[1], S("exposed.a")));
	event.fields.at = &fields[2];
	event.fields.count = 0;
	CHECK(feed_issues(&feed.types.at[0], &event, &a, out) == 1);
	CHECK(str_eq(out[0], S("exposed.b")));
}
