// What a letter says besides its findings, as rows. These calls read only.
#pragma once

#include "os/db.h"

struct letter_to { // texts hold until the rows end
	struct str name, slug, member_language;
	struct str contact, role, language, expertise, wishes; // empty: not said, or gone
};
bool letter_to(struct db *d, int64_t member, int64_t contact, struct db_rows **rows,
	       struct letter_to *out, struct err *e) MUST_USE;

struct letter_others {
	int64_t others; // members that have it open, too
	int64_t since;  // when anybody was found to have it
};
bool letter_others(struct db *d, struct str issue, int64_t member, struct letter_others *out,
		   struct err *e) MUST_USE;

struct letter_told {
	bool told;     // by a message before this one
	int64_t since; // it is open
	bool untrue;   // it is open since it was seen after the member said that it is fixed
};
bool letter_told(struct db *d, int64_t finding, int64_t message, struct letter_told *out,
		 struct err *e) MUST_USE;
