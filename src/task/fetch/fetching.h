// One feed's fetch under way, for the transports of this folder.
#pragma once

#include "base/time.h"
#include "model/feed/fetch.h"
#include "os/fetch_role.h"
#include "store/fetch.h"
#include "store/guardian.h"
#include "task/credentials.h"
#include "task/fetch/fetch.h"

// What the publisher was still writing while we asked comes again with the next fetch.
#define FETCHING_OVERLAP (15 * TIME_MINUTE)

struct held { // a file that could not be read
	struct str name;
	struct err why;
	bool over; // another of this name was read since
};

struct fetching {
	const struct fetch *with;
	const struct feed *feed;
	const struct feed_fetch *how; // feed->fetch
	struct arena a;
	const char *spool; // the folder
	struct credentials secrets;
	struct fetch_role *role;  // started with the first ask
	struct fetch_state state; // as it shall be noted when all went well
	struct fetch_report *report;
	uint64_t phase;           // of who asks by a schedule; 0: of a person
	uint32_t retry;           // what the last refusal said: seconds
	struct certificate shown; // by the publisher, the one that ends first
	LIST(struct held) held;
};

struct get { // one request
	struct str url, body;
	bool post;
	struct str etag, modified; // of the last answer: only what is newer; empty: all
	const char *accept;        // a header; NULL: none
	struct str name;           // of the file in the spool
	bool aside;                // a listing: not a batch, removed with the next
};

struct got {
	bool same; // 304: there is no file
	const char *path;
	struct str name, etag, modified; // live in the arena
};

// Reads the feed's credentials, where it has some, once. ERR_CONFIG: what is missing.
bool fetching_secrets(struct fetching *f, struct err *e) MUST_USE;

// Asks and keeps the body in the spool. ERR_REMOTE and ERR_CONFIG as feed_fetch_status says.
bool fetching_get(struct fetching *f, const struct get *g, struct got *out, struct err *e) MUST_USE;

// Runs a file as a batch of the feed, notes the item as done (item empty: none) and, if
// `ours`, removes the file. A file that cannot be read is held: true, with the report
// saying so and *done false.
struct fetched {
	const char *path;
	struct str name;
	struct str item, version;
	bool ours;
};
bool fetching_run(struct fetching *f, const struct fetched *file, bool *done, struct err *e)
	MUST_USE;

// How many files are held still, and why the first one is.
unsigned fetching_held(const struct fetching *f, const struct err **why);

bool fetching_item_done(struct fetching *f, struct str item, struct str version, bool *is,
			struct err *e) MUST_USE;

// Writes in one transaction; nothing in a dry run.
typedef bool (*fetching_write)(struct db *d, int64_t feed, const void *what, struct err *e);
bool fetching_note(struct fetching *f, fetching_write write, const void *what, struct err *e)
	MUST_USE;

// A name of a file of what a publisher says: letters, digits, '.', '-', '_'; never empty,
// never beginning with a dot; in the arena.
struct str fetching_name(struct fetching *f, struct str says);

// `members` of a JSON object ("\"page\":1"), with those of the feed file's body, which is
// an object too, behind; ERR_CONFIG where it is none.
bool fetching_body(struct fetching *f, struct str members, struct str *out, struct err *e) MUST_USE;

// The transports: from the feed's state to what is new, run.
bool fetch_url(struct fetching *f, struct err *e) MUST_USE;
bool fetch_file(struct fetching *f, struct err *e) MUST_USE;
bool fetch_folder(struct fetching *f, struct err *e) MUST_USE;
bool fetch_shadowserver(struct fetching *f, struct err *e) MUST_USE;
bool fetch_misp(struct fetching *f, struct err *e) MUST_USE;
bool fetch_misp_feed(struct fetching *f, struct err *e) MUST_USE;
bool fetch_n6(struct fetching *f, struct err *e) MUST_USE;
