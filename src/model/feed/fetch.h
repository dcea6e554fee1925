// The [fetch] section of a feed file (waker-feed(5)): where a feed's bytes come from, how
// often, how many at most, and by whose credentials. A description: task/fetch acts on it.
// Texts live where the feed file's do.
#pragma once

#include "base/err.h"
#include "base/list.h"

struct ini;

enum fetch_how {
	FETCH_BY_HAND, // "file", or no [fetch] at all: only what is given
	FETCH_URL,
	FETCH_FILE,
	FETCH_FOLDER,
	FETCH_SHADOWSERVER,
	FETCH_MISP,      // events/restSearch
	FETCH_MISP_FEED, // misp:…/manifest.json: a directory of event files
	FETCH_N6,
	FETCH_MAIL,     // sent: [mail] reports of waker.conf says by whom
	FETCH_CALLBACK, // sent: to /in/NAME of the pages
	FETCH_STREAM,   // not built yet
};
enum fetch_auth { FETCH_OPEN, FETCH_HEADER, FETCH_BASIC, FETCH_HMAC };

enum {
	FETCH_MAX_HEADERS = 16,
	FETCH_MAX_MORE = 63,
	FETCH_MAX_WAIT = 86400,
	FETCH_MAX_QUIET = 4,
	FETCH_MAX_GAP = 3600, // seconds
};
#define FETCH_MAX_MOST (UINT64_C(64) << 30)

struct feed_quiet { // microseconds of a day, UTC; until before from: over midnight
	int64_t from, until;
};

struct feed_fetch {
	enum fetch_how how;
	struct str from;       // the URL or the path; {date} is the day asked for
	LIST(struct str) more; // of FETCH_URL: further lists of the publisher, each a batch
	bool post;
	struct str body; // of a POST; {date} likewise
	LIST(struct str) headers;
	struct str credentials; // a file in HOME/credentials
	enum fetch_auth auth;
	struct str header;                        // of FETCH_HEADER: its name
	int64_t every;                            // microseconds
	struct feed_quiet quiet[FETCH_MAX_QUIET]; // when the publisher wants to be left alone
	unsigned quiets;
	int64_t gap;   // microseconds between two feeds of its host
	uint64_t most; // bytes, decompressed
	int64_t wait;  // microseconds
	bool lan;      // a private address is allowed
	struct str ca; // a file of certificates, for a publisher with its own; or empty
};

struct feed_fetch feed_fetch_standard(void); // what is not said

// A time of a minute or more, up to a year, as a feed file has it: "1 hour"; microseconds.
bool feed_fetch_time(struct str text, int64_t *out) MUST_USE;

// One `key = value` of the section, as `in` stands. ERR_CONFIG with line and column; an
// unknown key gets the nearest right one.
bool feed_fetch_key(struct feed_fetch *f, const struct ini *in, struct arena *a, struct err *e)
	MUST_USE;

// After the last key: does it fit together? ERR_CONFIG says what is missing.
bool feed_fetch_whole(const struct feed_fetch *f, struct err *e) MUST_USE;

const char *feed_fetch_word(enum fetch_how how); // as in the file: "shadowserver"
bool feed_fetch_built(enum fetch_how how);       // can this program do it?
bool feed_fetch_sent(enum fetch_how how);        // its publisher sends it: there is nothing to ask

// A text with each {date} as "2026-03-02"; in a.
struct str feed_fetch_dated(struct str text, int64_t day, struct arena *a);

// What a status of HTTP means, once the answer came: true for 200 and 304. ERR_CONFIG: the
// credentials (by name), or the address, must be put right; ERR_REMOTE: worth another try;
// `retry`: what Retry-After said, in seconds. `says`: the first bytes of the refusal.
bool feed_fetch_status(const struct feed_fetch *f, unsigned status, uint32_t retry, struct str says,
		       struct err *e) MUST_USE;
