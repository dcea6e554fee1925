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

struct str issue_class_word(enum issue_class class, bool dutch)
{
	assert(class < ISSUE_CLASS_COUNT);
	return str_of(dutch ? classes[class].dutch : classes[class].word);
}

bool issue_class_read(struct str word, enum issue_class *out)
{
	for (unsigned i = 0; i < ISSUE_CLASS_COUNT; i++)
		if (str_eq(word, str_of(classes[i].word))) {
			*out = (enum issue_class)i;
			return true;
		}
	return false;
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

static bool is_family(struct str row, struct str id)
{
	return str_has_suffix(row, S(".*")) && id.n > row.n - 1 &&
	       str_has_prefix(id, str_first(row, row.n - 1));
}

const struct issue *issue_find(struct str id)
{
	for (size_t i = 0; i < issue_count; i++)
		if (str_eq(issue_table[i].id, id))
			return &issue_table[i];
	for (size_t i = 0; i < issue_count; i++)
		if (is_family(issue_table[i].id, id))
			return &issue_table[i];
	return NULL;
}

const struct issue *issue_of_rule(struct str issue)
{
	char text[ISSUE_TEXT];
	struct buf b = BUF_ON(text);

	while (issue.n > 0) {
		buf_str(&b, str_cut(&issue, '{'));
		if (issue.n > 0) {
			buf_char(&b, 'x');
			str_cut(&issue, '}');
		}
	}
	return issue_find(buf_view(&b));
}

bool issue_rule_may(struct str issue, struct str id)
{
	struct str fixed = issue, head = str_cut(&fixed, '{');

	return head.n == issue.n ? str_eq(issue, id) : id.n > head.n && str_has_prefix(id, head);
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
