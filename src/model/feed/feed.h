// What a feed file says (feeds/NAME.feed; waker-feed(5)): how records and columns are
// cut, what each column means, which columns can match, and which issue a record is
// about. A description, not code: rows are read by codec/table, events made by
// model/feed/event.h. Texts live in the arena that feed_read was given.
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "model/feed/event.h"
#include "model/feed/fetch.h"

enum feed_format { FORMAT_DELIMITED, FORMAT_LINES, FORMAT_JSON_LINES };
enum feed_role { ROLE_VICTIMS, ROLE_INDICATORS, ROLE_CONTEXT };
enum feed_presence { PRESENCE_LIST, PRESENCE_REPORT, PRESENCE_STREAM }; // RULES 4
// How a selector's text is read: what it may be, and what it is looked up as.
enum select_as { SELECT_ADDRESS, SELECT_ASN, SELECT_NAME, SELECT_HOST, SELECT_URL, SELECT_MAIL };
enum strength { STRENGTH_WEAK, STRENGTH_MEDIUM, STRENGTH_STRONG }; // RULES 2

enum {
	FEED_MAX_COLUMNS = 512,
	FEED_MAX_SELECTS = 8,
	FEED_MAX_TYPES = 1024,
	FEED_MAX_FILE = 4 << 20, // bytes of a feed file
};

struct feed_column {
	struct str name;  // in the header; a path of JSON keys; any name where there is no header
	struct str field; // a key of the vocabulary
	enum column_role role;
};

struct feed_select {
	struct str column;
	enum select_as as;
	enum strength strength; // of a match by it, if nothing else is said
	struct str by; // a column that says where a name came from ("hostname_source"), or empty
};

struct feed_fixed {
	struct str field, value; // set on every event of the type
};

struct feed_rule { // the first that fits names the issue of its group
	struct str field,
		has; // fits where the event's field is, or has as a word, this; field empty: always
	struct str issue; // "exposed.rdp"; "infected.{malware.name}" takes the value of a field
};

// One report type of a feed; a feed without types has one, named "".
struct feed_type {
	struct str name;
	LIST(struct feed_column) columns;
	LIST(struct feed_select) selects;
	LIST(struct feed_fixed) fixed;
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
	struct str
		file; // pattern by which a file's name tells date and type: "{date}-{type}-*.csv"
	struct feed_fetch fetch; // where its bytes come from
	LIST(struct feed_type) types;
};

// Reads a feed file. `name` is the file's, without folder and ".feed". ERR_INPUT and
// ERR_CONFIG say line and column and, for an unknown key, the nearest right one.
bool feed_read(struct str name, struct str bytes, struct arena *a, struct feed *out, struct err *e)
	MUST_USE;

const struct feed_type *feed_type(const struct feed *f, struct str name); // NULL: no such type

// What a file's name tells by feed->file: its type (empty: the pattern has none) and its
// day (TIME_EVER: none). False where the name does not fit the pattern.
bool feed_file_name(const struct feed *f, struct str file, struct str *type, int64_t *day) MUST_USE;
