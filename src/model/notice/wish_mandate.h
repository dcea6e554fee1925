// A mandate of a supplier, as it stands behind that word among a contact's wishes: of which issues
// and assets of the member it may be told, and while it lasts. Pure; the asset is given by words of
// the roster or as what lies in it.
#pragma once

#include "model/notice/wish.h"

struct mandate {
	struct str words;     // "issue:exposed.* asset:192.0.2.0/24 …"
	bool issues, assets;  // it names some: else it is of all
	int64_t since, until; // in force from, and before
};
// Each word is issue:ID, issue:CLASS.*, asset:VALUE, from:DATE, until:DATE or all; one that is
// bounded by no `until`, or by neither issue nor asset nor `all`, is none.
bool mandate_read(struct str words, struct mandate *out) MUST_USE;

bool mandate_holds(const struct mandate *m, const struct mandate_case *c, int64_t now);
