// What the weekly statement tells, as rows.
#pragma once

#include "model/notice/message.h"
#include "os/db.h"

struct statement_week {
	int64_t round;       // 202648: the year and the number of the week
	int64_t from, until; // moments
};
bool statement_members(struct db *d, const struct statement_week *w, struct db_rows **out,
		       struct err *e) MUST_USE; // who has not had it
bool statement_next_member(struct db_rows *r, int64_t *member, struct err *e) MUST_USE;

struct statement_told {
	uint32_t number;
	enum message_kind kind;
	int64_t at;
	bool arrived;
};
struct statement_of {
	int64_t member, from, until;
};
bool statement_told(struct db *d, const struct statement_of *of, struct db_rows **out,
		    struct err *e) MUST_USE;
bool statement_next_told(struct db_rows *r, struct statement_told *out, struct err *e) MUST_USE;

struct statement_covered {
	int64_t feeds, assets, open;
};
bool statement_covered(struct db *d, const struct statement_of *of, struct statement_covered *out,
		       struct err *e) MUST_USE;
