// The fields of members, contacts and assets, as files, commands and screens name
// them: one table. Whose a contact or an asset is ("member") is no field here: it
// is a place in the roster, and the reader's and the writer's business.
#pragma once

#include "base/err.h"
#include "model/roster/roster.h"

enum record { RECORD_MEMBER, RECORD_CONTACT, RECORD_ASSET, RECORD_COUNT };

enum field_type {
	FIELD_TEXT,
	FIELD_TEXTS,  // several; in a cell separated by ";", which "\;" stands for inside one
	FIELD_TIME,   // a date or a moment (base/time.h); empty: since ever, without end
	FIELD_FLAG,   // yes or no; also true, false, 1, 0; empty is no
	FIELD_NUMBER, // up to 10000
	FIELD_KIND,   // a word of ASSET_KINDS
	FIELD_MORE,   // a text of struct asset_more
};

struct field {
	const char *name, *also; // also: another word for it, or NULL
	enum record record;
	enum field_type type;
	unsigned offset;
	int64_t empty;    // of times: what an empty cell means
	const char *says; // for the help
};

enum { FIELD_COUNT = 32, FIELD_MAX_TEXT = 2000, FIELD_MAX_TEXTS = 64 };
extern const struct field fields[FIELD_COUNT]; // grouped by record

struct str record_word(enum record r); // "member"
bool record_read(struct str word, enum record *out) MUST_USE;

// NULL: this record has no such field.
const struct field *field_find(enum record r, struct str name);

// The name nearest to a mistyped one, of all records and "member", "record"; NULL:
// none is near.
const char *field_nearest(struct str name);

// Read a cell into the thing (struct member, contact or asset); texts are kept as
// they are, so they must outlive it. ERR_INPUT says what is wrong with the value.
bool field_set(const struct field *f, void *thing, struct str value, struct arena *a, struct err *e)
	MUST_USE;

// As a cell: what field_set reads back. Times that are midnights are dates.
struct str field_text(const struct field *f, const void *thing, struct arena *a);

// Give `to` what `from` says in this field.
void field_copy(const struct field *f, void *to, const void *from, struct arena *a);
bool field_same(const struct field *f, const void *x, const void *y);

void member_empty(struct member *m); // as a file that says nothing
void contact_empty(struct contact *c);
void asset_empty(struct asset *x);
