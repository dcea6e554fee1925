// What a feed file says (feeds/NAME.feed; waker-feed(5)): how records and columns are
// cut, what each column means, which columns or fields can match, and which issue a record
// is about. A description, not code: rows are read by codec/table, events made by
// model/feed/event.h. Texts live in the arena that feed_read was given.
#pragma once

#include "base/err.h"
#include "base/list.h"
#include "codec/table/tree.h"
#include "model/feed/convert.h"
#include "model/feed/event.h"

// clang-format off
#define FEED_FORMATS(X) /* id, word, several records nest in a document */            \
	X(FORMAT_DELIMITED, "delimited", false) X(FORMAT_LINES, "lines", false)        \
	X(FORMAT_JSON_LINES, "json-lines", false) X(FORMAT_JSON, "json", true)         \
	X(FORMAT_PAIRS, "key-value", false) X(FORMAT_XML, "xml", true)                 \
	X(FORMAT_HTML, "html", true) X(FORMAT_STIX, "stix", true)                 \
	X(FORMAT_TEXT, "text", false)
// clang-format on
#define X(id, word, nests) id,
enum feed_format { FEED_FORMATS(X) FEED_FORMAT_COUNT };
#undef X
struct str feed_format_word(enum feed_format format);

enum feed_role { ROLE_VICTIMS, ROLE_INDICATORS, ROLE_CONTEXT };
// What a context feed says of the vulnerabilities that it names (RULES 3).
enum feed_marks { MARKS_NOTHING, MARKS_EXPLOITED };
enum feed_presence { PRESENCE_LIST, PRESENCE_REPORT, PRESENCE_STREAM };          // RULES 4
enum feed_sensitivity { SENSITIVITY_LOW, SENSITIVITY_MIDDLE, SENSITIVITY_HIGH }; // RULES 7
// How a selector's text is read: what it may be, and what it is looked up as.
enum select_as {
	SELECT_ADDRESS,
	SELECT_ASN,
	SELECT_NAME,
	SELECT_HOST,
	SELECT_URL,
	SELECT_MAIL,
	SELECT_BRAND
};
enum feed_side { SIDE_SOURCE, SIDE_DESTINATION };                  // of an event
enum strength { STRENGTH_WEAK, STRENGTH_MEDIUM, STRENGTH_STRONG }; // RULES 2

enum {
	FEED_MAX_COLUMNS = 2048, // lines under [columns] of one type
	FEED_MAX_SELECTS = 8,
	FEED_MAX_TYPES = 1024,
	FEED_MAX_TABLES = 256,
	FEED_MAX_HEADS = 16,
	FEED_MAX_FILE = 4 << 20, // bytes of a feed file
	FEED_KEEP_MOST = 400,    // days, as RETAIN_ARCHIVE has them
};

struct feed_column {
	struct str name;  // in the header; a path of keys; any name where there is no header
	struct str field; // a key of the vocabulary; "-": extra. and the name; "none": dropped
	enum column_role role;
	const struct condition *when;        // NULL: always
	const struct converters *converters; // NULL: none
};

struct feed_head { // of the first lines of a file: what stands behind a text is a column of each record
	struct str name, behind;
};

struct feed_select {
	struct str column; // or, of a match, the field
	enum select_as as;
	enum strength strength; // of a match by it, if nothing else is said
	struct str by;          // what says where a name came from ("hostname_source"), or empty
};

struct feed_fixed { // set where the event has no such field
	struct str field, value;
	enum event_kind kind;
	const struct condition *when;
};

struct feed_rule { // the first that fits names the issue of its class
	struct condition when;
	struct str issue; // "exposed.rdp"; "infected.{malware.name}" takes the value of a field
};

struct feed_drop { // a record that this fits is left out
	struct str why;
	struct condition when;
};

// One report type of a feed; a feed without types has one, named "".
struct feed_type {
	struct str name;
	const struct feed_type *base; // what all types share; NULL: this is all there is
	LIST(struct feed_column) columns;
	LIST(struct feed_select) selects; // those of base included
	bool by_fields;                   // selects are fields of the event ([match])
	LIST(struct feed_fixed) fixed;
	LIST(struct feed_rule) rules;
	LIST(struct feed_drop) drops;
};

struct feed_fetch; // model/feed/fetch.h

struct feed {
	struct str name, provider, documentation, terms, tlp, tlp_out;
	bool enabled, subscribed;
	enum feed_role role;
	enum feed_marks marks; // of ROLE_CONTEXT
	enum feed_presence presence;
	enum feed_sensitivity sensitivity;
	int64_t news;         // microseconds; older events are evidence, not news
	uint64_t least, most; // rows that are expected of a batch; 0: nothing is said
	unsigned junk;        // per mille of them that may be unreadable; 0: nothing is said
	int keep;             // days that the bytes are kept, fewer than all are; 0: as long as all
	int64_t silent;       // microseconds that nothing may come; 0: nothing is said
	enum feed_format format;
	char separator, quote, comment; // '\0': none
	bool header;
	bool ragged;              // a record may have fewer or more columns than there are names
	unsigned skip;            // lines at the beginning
	struct tree_shape tree;   // records and context
	struct str pair, between; // key-value
	struct str
		file; // pattern by which a file's name tells date and type: "{date}-{type}-*.csv"
	const struct feed_fetch *fetch; // NULL: the file says nothing of it
	LIST(struct feed_head) heads;
	LIST(struct feed_type) types;
	LIST(struct feed_table) tables;
};

// Reads a feed file. `name` is the file's, without folder and ".feed". ERR_INPUT and
// ERR_CONFIG say line and column and, for an unknown key, the nearest right one.
bool feed_read(struct str name, struct str bytes, struct arena *a, struct feed *out, struct err *e)
	MUST_USE;

const struct feed_type *feed_type(const struct feed *f, struct str name); // NULL: no such type

// On which side of its events the members stand: where the first selector's field is.
enum feed_side feed_victim(const struct feed_type *type);

// Does a column of this type hold secrets? Then no row of it may be kept as it came.
bool feed_has_secrets(const struct feed_type *type);

// What a file's name tells by feed->file: its type (empty: the pattern has none) and its
// day (TIME_EVER: none). False where the name does not fit the pattern.
bool feed_file_name(const struct feed *f, struct str file, struct str *type, int64_t *day) MUST_USE;
