// What a feed file says (feeds/NAME.feed; waker-feed(5)): where bytes come from, how
// records and columns are cut, what each column means, which columns can match,
// and which issue a record is about. A description, not code: the reader of
// the rows is codec/table, the maker of events model/feed/event.h.
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "model/feed/event.h"

enum feed_format { FORMAT_DELIMITED, FORMAT_LINES, FORMAT_JSON_LINES };
enum feed_role { ROLE_VICTIMS, ROLE_INDICATORS, ROLE_CONTEXT };
enum feed_presence { PRESENCE_LIST, PRESENCE_REPORT, PRESENCE_STREAM }; // RULES 4
enum column_role { COLUMN_PLAIN, COLUMN_PERSONAL, COLUMN_SECRET, COLUMN_THIRD_PARTY };
// How a selector's text is read: what it may be, and what it is looked up as.
enum select_as { SELECT_ADDRESS, SELECT_ASN, SELECT_NAME, SELECT_HOST, SELECT_URL, SELECT_MAIL };
enum strength { STRENGTH_WEAK, STRENGTH_MEDIUM, STRENGTH_STRONG }; // RULES 2

enum { FEED_MAX_COLUMNS = 512, FEED_MAX_SELECTS = 8 };

struct feed_column {
	struct str name;  // in the header; a JSON path "SourceIpInfo.SourceIpAsnNumber"; or a number from 1
	struct str field; // IntelMQ key; empty: kept as "extra.<name>"
	struct str reads; // converter: "time", "address", "asn", "name", "port", "text", "lower", "number" …
	enum column_role role;
};

struct feed_select {
	struct str column;
	enum select_as as;
	enum strength strength;
	struct str weak_column; // a column that says where the name came from ("hostname_source"), or empty
};

struct feed_fixed {
	struct str field, value; // set on every event of the type
};

struct feed_rule { // the first that fits names an issue; rules of other classes may add theirs
	struct str field, has; // empty field: always fits
	struct str issue;       // "exposed.rdp"; "infected.{malware.name}" takes the value of a field
};

// One report type of a feed; a feed without types has one, named "".
struct feed_type {
	struct str name;
	LIST(struct feed_column) columns;
	LIST(struct feed_select) selects;
	LIST(struct feed_fixed) fixed;
	// issues by rule: see model/feed/feed_issue
	LIST(struct feed_rule) rules;
};

struct feed {
	struct str name, provider, documentation, terms, tlp;
	enum feed_format format;
	enum feed_role role;
	enum feed_presence presence;
	char separator, quote, comment; // '\0': none
	bool header;
	int64_t news; // microseconds; older events are evidence, not news
	struct str file; // pattern by which a file's name tells date and type: "{date}-{type}-*.csv"
	LIST(struct feed_type) types;
};
