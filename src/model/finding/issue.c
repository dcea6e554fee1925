#include "model/finding/issue.h"

#include "base/buf.h"

#include <assert.h>

static const struct {
	const char *word, *dutch;
} classes[ISSUE_CLASS_COUNT] = {
	[CLASS_EXPOSED] = { "exposed", "open" },
	[CLASS_VULNERABLE] = { "vulnerable", "kwetsbaar" },
	[CLASS_INFECTED] = { "infected", "besmet" },
	[CLASS_ATTACKING] = { "attacking", "valt aan" },
	[CLASS_COMPROMISED] = { "compromised", "gehackt" },
	[CLASS_ABUSED] = { "abused", "misbruikt" },
	[CLASS_LEAKED] = { "leaked", "gelekt" },
	[CLASS_LEAK_SITE] = { "leaksite", "leksite" },
	[CLASS_ATTACKED] = { "attacked", "aangevallen" },
	[CLASS_LISTED] = { "listed", "op een lijst" },
}, severities[SEVERITY_COUNT] = {
	[0] = { "", "" },
	[SEVERITY_CRITICAL] = { "critical", "kritiek" },
	[SEVERITY_HIGH] = { "high", "hoog" },
	[SEVERITY_MEDIUM] = { "medium", "middel" },
	[SEVERITY_LOW] = { "low", "laag" },
};

#define ROW(id, class, severity, rsit, en, nl)                                   \
	{                                                                        \
		{ id, sizeof(id) - 1 }, class, severity, { en, sizeof(en) - 1 }, \
			{ nl, sizeof(nl) - 1 },                                  \
		{                                                                \
			rsit, sizeof(rsit) - 1                                   \
		}                                                                \
	}
// clang-format off
static const struct issue issues[] = {
	ROW("exposed.telnet",  CLASS_EXPOSED, SEVERITY_HIGH,   "vulnerable/potentially-unwanted-accessible", "Telnet open to the internet", "Telnet open voor het internet"),
	ROW("exposed.rdp",     CLASS_EXPOSED, SEVERITY_HIGH,   "vulnerable/potentially-unwanted-accessible", "Remote desktop open to the internet", "Remote desktop open voor het internet"),
	ROW("exposed.snmp",    CLASS_EXPOSED, SEVERITY_MEDIUM, "vulnerable/information-disclosure", "SNMP open to the internet", "SNMP open voor het internet"),
	ROW("exposed.*",       CLASS_EXPOSED, SEVERITY_MEDIUM, "vulnerable/potentially-unwanted-accessible", "A service open to the internet", "Een dienst open voor het internet"),
	ROW("vuln.exchange",   CLASS_VULNERABLE, SEVERITY_CRITICAL, "vulnerable/vulnerable-system", "Vulnerable Microsoft Exchange", "Kwetsbare Microsoft Exchange"),
	ROW("vuln.*",          CLASS_VULNERABLE, SEVERITY_HIGH, "vulnerable/vulnerable-system", "A vulnerable system", "Een kwetsbaar systeem"),
	ROW("infected.*",      CLASS_INFECTED, SEVERITY_HIGH,  "malicious-code/infected-system", "An infected system", "Een besmet systeem"),
	ROW("attacking.*",     CLASS_ATTACKING, SEVERITY_HIGH, "intrusion-attempts/brute-force", "A system that attacks others", "Een systeem dat anderen aanvalt"),
	ROW("compromised.web", CLASS_COMPROMISED, SEVERITY_CRITICAL, "intrusions/system-compromise", "A compromised website", "Een gehackte website"),
	ROW("compromised.webshell", CLASS_COMPROMISED, SEVERITY_CRITICAL, "intrusions/system-compromise", "A webshell", "Een webshell"),
	ROW("compromised.*",   CLASS_COMPROMISED, SEVERITY_CRITICAL, "intrusions/system-compromise", "A compromised system", "Een gehackt systeem"),
	ROW("hosts.malware",   CLASS_ABUSED, SEVERITY_HIGH,    "malicious-code/malware-distribution", "A site that spreads malware", "Een site die malware verspreidt"),
	ROW("hosts.phish",     CLASS_ABUSED, SEVERITY_HIGH,    "fraud/phishing", "A phishing site", "Een phishingsite"),
	ROW("listed",          CLASS_LISTED, SEVERITY_LOW,     "other/blocklist", "On a blocklist", "Op een blokkeerlijst"),
};
// clang-format on

struct str issue_class_word(enum issue_class class, bool dutch)
{
	assert(class < ISSUE_CLASS_COUNT);
	return str_of(dutch ? classes[class].dutch : classes[class].word);
}

struct str severity_word(enum severity severity, bool dutch)
{
	assert(severity > 0 && severity < SEVERITY_COUNT);
	return str_of(dutch ? severities[severity].dutch : severities[severity].word);
}

bool severity_read(struct str word, enum severity *out)
{
	for (unsigned i = 1; i < SEVERITY_COUNT; i++) {
		char digit = (char)('0' + i);

		if (str_eq(word, str_of(severities[i].word)) ||
		    str_eq(word, (struct str){ &digit, 1 })) {
			*out = (enum severity)i;
			return true;
		}
	}
	return false;
}

static bool fits(struct str row, struct str id)
{
	if (str_has_suffix(row, S(".*")))
		return id.n > row.n - 1 && str_has_prefix(id, str_first(row, row.n - 1));
	return str_eq(row, id);
}

const struct issue *issue_find(struct str id)
{
	for (size_t i = 0; i < COUNTOF(issues); i++)
		if (fits(issues[i].id, id))
			return &issues[i];
	return NULL;
}

static struct str field_value(const void *of, struct str name, unsigned nth)
{
	const struct event *event = of;

	LIST_EACH (const struct event_field, f, &event->fields)
		if (str_eq(f->key, name) && nth-- == 0)
			return f->value;
	return (struct str){ 0 };
}

// The value of a field as a part of an id: lower case, and what is neither letter nor
// digit becomes one dash, so that "Agent Tesla" and "agent-tesla" are the same.
static void put_value(struct buf *b, struct str value)
{
	size_t start = b->n;

	for (size_t i = 0; i < value.n; i++) {
		char c = ascii_lower(value.p[i]);

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
			buf_char(b, c);
		else if (b->n > start && b->p[b->n - 1] != '-')
			buf_char(b, '-');
	}
	while (b->n > start && b->p[b->n - 1] == '-')
		b->n--;
	if (b->n == start)
		buf_str(b, S("unknown"));
}

// "infected.{malware.name}" with the event's own values. No more than ISSUE_TEXT bytes.
static struct str spell(struct str issue, const struct event *event, struct arena *a)
{
	char text[ISSUE_TEXT];
	struct buf b = BUF_ON(text);
	struct str left = issue;

	while (left.n > 0) {
		buf_str(&b, str_cut(&left, '{'));
		if (left.n > 0)
			put_value(&b, str_first(event_get(event, str_cut(&left, '}')),
						ISSUE_MAX_VALUE));
	}
	return arena_str(a, buf_view(&b));
}

// The issues so far of one event.
struct naming {
	const struct event *event;
	struct arena *a;
	struct str *out;
	unsigned n;
	bool named[ISSUE_CLASS_COUNT];
};

static void name_by(struct naming *w, const struct feed_rule *r)
{
	const struct issue *row;
	struct str id;

	if (w->n == ISSUE_MAX ||
	    !condition_fits(&r->when, (struct condition_of){ field_value, w->event }))
		return;
	id = spell(r->issue, w->event, w->a);
	row = issue_find(id);
	if (row != NULL && w->named[row->class])
		return;
	if (row != NULL)
		w->named[row->class] = true;
	w->out[w->n++] = id;
}

unsigned feed_issues(const struct feed_type *type, const struct event *event, struct arena *a,
		     struct str out[ISSUE_MAX])
{
	struct naming w = { .event = event, .a = a, .out = out };

	for (; type != NULL; type = type->base)
		LIST_EACH (const struct feed_rule, r, &type->rules)
			name_by(&w, r);
	return w.n;
}
