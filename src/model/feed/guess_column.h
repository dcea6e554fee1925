// What a column of a sample may be: by its name, else by what stands in it. Private to
// model/feed/guess.c.
#pragma once

#include "base/buf.h"
#include "codec/table/cells.h"

enum guess_kind {
	GUESS_TEXT,
	GUESS_ADDRESS,
	GUESS_NAME,
	GUESS_URL,
	GUESS_MAIL,
	GUESS_ASN,
	GUESS_TIME,
	GUESS_DAY, // dd.mm.yyyy, alone and with hours
	GUESS_DAY_MINUTE,
	GUESS_DAY_SECOND,
	GUESS_ENDPOINT, // an address with a port
	GUESS_MD5,
	GUESS_SHA1,
	GUESS_SHA256,
	GUESS_KINDS,
};

enum guess_kind guess_kind(struct str cell);

struct guess_name {
	const char *word, *field, *role;
};
const struct guess_name *guess_by_name(struct str column); // NULL: nothing is called so

enum { GUESS_MATCHES = 8, GUESS_DONE = 256 };

struct guessing { // of one draft
	unsigned selects;
	struct {
		const char *field, *as;
	} select[GUESS_MATCHES];
	unsigned used; // fields that a column has got already, a bit each
	unsigned count;
	struct str done[GUESS_DONE];
};

// One line of [columns].
void guess_column(struct guessing *g, struct str name, enum guess_kind kind, struct buf *out);
// The same for a column that a person named: a field of the vocabulary, a short word such as
// "ip" or "port", or "_". False: it is none.
bool guess_named(struct guessing *g, struct str word, struct buf *out) MUST_USE;
void guess_match(const struct guessing *g, struct buf *out); // [match]
bool guess_is_done(const struct guessing *g, struct str name);

bool guess_is_json(struct str line); // one whole object
bool guess_json(struct str sample, struct arena *a, struct cells *out)
	MUST_USE; // the first object's
