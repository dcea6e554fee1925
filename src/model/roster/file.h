// A roster file in one of three forms (waker-roster(5)) into a roster, with every
// mistake of form remarked with its line. Which values may stand in a roster is
// model/roster/check.h's question. Pure; refuses what is not UTF-8, NUL bytes, lines
// over ROSTER_MAX_LINE and more than ROSTER_MAX_COLUMNS columns.
#pragma once

#include "model/roster/field.h"
#include "model/roster/remark.h"

enum { ROSTER_MAX_LINE = 1 << 16, ROSTER_MAX_COLUMNS = 64, ROSTER_MAX_BYTES = 1 << 30 };

enum roster_form { ROSTER_CSV, ROSTER_JSON, ROSTER_TSV, ROSTER_FORMS };

struct roster_file {
	struct roster roster;     // members of contacts and assets: ROSTER_NOBODY until linked
	bool holds[RECORD_COUNT]; // the file speaks of these at all
	bool given[FIELD_COUNT];  // it has a column for this field
	bool makes_members;       // TSV: a member is known by its slug alone
	LIST(struct str) contact_of, asset_of; // slugs, one a contact and an asset; "-": nobody's
};

// "csv", "json", "tsv".
bool roster_form_read(struct str word, enum roster_form *out) MUST_USE;
// By what the bytes look like.
enum roster_form roster_form_of(struct str bytes);

// Texts point into the bytes or live in a: both must outlive the file.
void roster_file_read(struct str bytes, enum roster_form form, struct arena *a,
		      struct roster_file *out, struct remarks *remarks);

// Puts the place of its member into every contact and asset. Where the file holds no
// members, those of `old` are taken (with their ids), and TSV adds the unknown ones.
// Unknown members are remarked.
void roster_file_link(struct roster_file *f, const struct roster *old, struct arena *a,
		      struct remarks *remarks);
