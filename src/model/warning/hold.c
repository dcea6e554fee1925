#include "model/warning/hold.h"

#include "codec/net/url.h"

#include <assert.h>

#define X(id, word, says, dutch) { word, says, dutch },
static const struct {
	const char *word, *says, *dutch;
} whys[HOLD_WHY_COUNT] = { HOLD_WHYS(X) };
#undef X

struct str hold_why_word(enum hold_why why)
{
	assert(why < HOLD_WHY_COUNT);
	return str_of(whys[why].word);
}

struct str hold_why_says(enum hold_why why, bool dutch)
{
	assert(why < HOLD_WHY_COUNT);
	return str_of(dutch ? whys[why].dutch : whys[why].says);
}

// Which fields of an event are looked at, and as what.
static const struct {
	struct str key;
	enum warning_kind kind;
	enum warning_side side;
} fields[] = {
	{ { "source.ip", 9 }, OF_ADDRESS, AT_SOURCE },
	{ { "source.fqdn", 11 }, OF_NAME, AT_SOURCE },
	{ { "source.reverse_dns", 18 }, OF_NAME, AT_SOURCE },
	{ { "source.url", 10 }, OF_URL, AT_SOURCE },
	{ { "source.account", 14 }, OF_MAIL, AT_SOURCE },
	{ { "malware.hash.md5", 16 }, OF_HASH, AT_SOURCE },
	{ { "malware.hash.sha1", 17 }, OF_HASH, AT_SOURCE },
	{ { "malware.hash.sha256", 19 }, OF_HASH, AT_SOURCE },
	{ { "destination.ip", 14 }, OF_ADDRESS, AT_DESTINATION },
	{ { "destination.fqdn", 16 }, OF_NAME, AT_DESTINATION },
	{ { "destination.reverse_dns", 23 }, OF_NAME, AT_DESTINATION },
	{ { "destination.url", 15 }, OF_URL, AT_DESTINATION },
	{ { "destination.account", 19 }, OF_MAIL, AT_DESTINATION },
};

struct looking {
	const struct warnings *x;
	name_idn idn;
	struct arena *a;
	struct hold_looked *out;
};

static void ask(struct looking *l, const struct warning_value *v, enum warning_side side)
{
	struct warning_hit hit[WARNING_MAX_HITS];
	unsigned n = warnings_find(l->x, v, warning_look(v->kind, side), hit);

	for (unsigned i = 0; i < n && l->out->count < HOLD_MAX_MET; i++)
		l->out->met[l->out->count++] = (struct hold_met){ hit[i], v->kind, side };
}

// A URL is looked at whole, and its host as what it is.
static void ask_host(struct looking *l, struct str url, enum warning_side side)
{
	struct warning_value v = { 0 };
	struct host host;

	switch (url_host(url, l->idn, &host)) {
	case HOST_ADDRESS: {
		char text[ADDRESS_TEXT];
		struct buf b = BUF_ON(text);

		address_write(&b, host.address);
		v = (struct warning_value){ OF_ADDRESS, buf_view(&b), host.address };
		ask(l, &v, side);
		break;
	}
	case HOST_NAME:
		v = (struct warning_value){ .kind = OF_NAME, .text = name_str(&host.name) };
		ask(l, &v, side);
		break;
	case HOST_NONE:
		break;
	}
}

void hold_look(const struct warnings *x, const struct event *event, name_idn idn, struct arena *a,
	       struct hold_looked *out)
{
	struct looking l = { x, idn, a, out };

	out->count = 0;
	LIST_EACH (const struct event_field, f, &event->fields)
		for (size_t i = 0; i < COUNTOF(fields); i++) {
			struct warning_value v;

			if (!str_eq(f->key, fields[i].key) || f->role == COLUMN_SECRET)
				continue;
			if (!warning_value_read(fields[i].kind, f->value, idn, a, &v))
				break;
			ask(&l, &v, fields[i].side);
			if (v.kind == OF_URL)
				ask_host(&l, v.text, fields[i].side);
			break;
		}
}

// What a list knows of, it knows as an indicator: that others say so of many harmless
// things. These are no such sayings, but harm to the member's own.
static const bool harm[ISSUE_CLASS_COUNT] = {
	[CLASS_EXPOSED] = true,   [CLASS_VULNERABLE] = true,  [CLASS_INFECTED] = true,
	[CLASS_ATTACKING] = true, [CLASS_COMPROMISED] = true, [CLASS_ABUSED] = true,
	[CLASS_LEAKED] = true,    [CLASS_LEAK_SITE] = true,   [CLASS_ATTACKED] = false,
	[CLASS_LISTED] = false,
};

bool hold_is_harm(enum issue_class class)
{
	assert(class < ISSUE_CLASS_COUNT);
	return harm[class];
}

// Was this the thing that was matched? A strong match is by one side of the record; where
// it is weaker, the other side tells what stands there.
static bool concerns(const struct hold_met *m, const struct hold_case *c)
{
	if (m->side == AT_DESTINATION || c->strength != STRENGTH_STRONG)
		return true;
	switch (m->kind) {
	case OF_ADDRESS:
		return !c->by_name;
	case OF_NAME:
	case OF_MAIL:
		return c->by_name;
	case OF_URL:
	case OF_HASH:
		return true;
	case WARNING_KIND_COUNT:
		break;
	}
	return false;
}

static enum hold_why judge_one(const struct warning_row *row, const struct hold_case *c)
{
	bool strong = c->strength == STRENGTH_STRONG;

	if (row->hold == HOLD_NONE)
		return WHY_ROW_NONE;
	if (row->classes != 0 && (row->classes >> c->class & 1) == 0)
		return WHY_ROW_CLASS;
	if (row->hold == HOLD_WEAK && strong)
		return WHY_ROW_WEAK;
	if (row->hold == HOLD_USUAL && strong && hold_is_harm(c->class))
		return WHY_OWN;
	return WHY_HELD;
}

struct hold_verdict hold_judge(const struct hold_looked *looked, const struct hold_case *c)
{
	struct hold_verdict first = { WHY_CLEAR, NULL };

	for (unsigned i = 0; i < looked->count; i++) {
		const struct hold_met *m = &looked->met[i];
		enum hold_why why;

		if (!concerns(m, c))
			continue;
		why = judge_one(&m->hit.list->row, c);
		if (why == WHY_HELD || first.met == NULL)
			first = (struct hold_verdict){ why, m };
		if (why == WHY_HELD)
			break;
	}
	return first;
}

void hold_write(struct buf *b, const struct hold_verdict *v)
{
	enum { MOST = 200 }; // bytes of an entry

	if (v->met == NULL)
		return;
	buf_str(b, v->met->hit.list->name);
	buf_str(b, S(": "));
	buf_str(b, str_first(v->met->hit.entry, MOST));
}
