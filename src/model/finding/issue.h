// The one table of issues (RULES 3): what can be wrong with a thing on the net, under
// a stable id, with its class and our severity. Feed files map report types, tags and
// families to these ids; a new name for a report changes nothing here.
#pragma once

#include "model/feed/feed.h"

// The numbers of classes and severities stand in the store: new classes at the end.
enum issue_class {
	CLASS_EXPOSED,
	CLASS_VULNERABLE,
	CLASS_INFECTED,
	CLASS_ATTACKING,
	CLASS_COMPROMISED,
	CLASS_ABUSED,
	CLASS_LEAKED,
	CLASS_LEAK_SITE,
	CLASS_ATTACKED,
	CLASS_LISTED,
	ISSUE_CLASS_COUNT,
};

enum severity { // as it is shown: the digit
	SEVERITY_CRITICAL = 1,
	SEVERITY_HIGH,
	SEVERITY_MEDIUM,
	SEVERITY_LOW,
	SEVERITY_COUNT,
};

enum {
	ISSUE_MAX = 8,        // issues of one event
	ISSUE_TEXT = 128,     // bytes of an id
	ISSUE_MAX_VALUE = 48, // of a field's value in it
};

struct issue {
	struct str id; // "exposed.rdp"; "infected.*" is the row of every family
	enum issue_class class;
	enum severity severity;
	struct str title, title_nl; // "Remote desktop open to the internet"
	struct str rsit;            // RSIT v1003: "vulnerable/weak-crypto"
};

struct str issue_class_word(enum issue_class class, bool dutch);
bool issue_class_read(struct str word, enum issue_class *out) MUST_USE; // the English word
struct str severity_word(enum severity severity, bool dutch);
bool severity_read(struct str word, enum severity *out) MUST_USE; // the word or the digit

extern const struct issue issue_table[]; // by class, ids in their order, families last
extern const size_t issue_count;

// The row of an id, or of its family ("infected.qakbot" is a row "infected.*"); NULL
// where there is none. Rows live for ever.
const struct issue *issue_find(struct str id);

// Of the text that a rule of a feed file has: the row of what it gives ("infected.*" for
// "infected.{malware.name}"), and whether it may give this id.
const struct issue *issue_of_rule(struct str issue);
bool issue_rule_may(struct str issue, struct str id);

// What an event of this type is about, by the rules of its feed: ids into out, their
// texts in a. An event whose tags say two classes has two issues. Returns how many.
unsigned feed_issues(const struct feed_type *type, const struct event *event, struct arena *a,
		     struct str out[ISSUE_MAX]);
