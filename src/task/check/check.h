// Whether an installation has what it needs: `waker check`. Each check says what it found in
// one row, or in a row for each thing that is not as it should be; none keeps the next from
// being made. Nothing is changed, and no network is used but to ask for names
// and for the mail server's greeting.
//
// Time zones are not looked at: Waker reckons in UTC and reads no zone data.
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/list.h"

enum check_state { CHECK_OK, CHECK_WARNING, CHECK_WRONG };
const char *check_state_word(enum check_state state); // "ok", "warning", "wrong"

struct check_row {
	const char *what; // the check's word, which does not change: "disk"
	enum check_state state;
	struct str says;   // one sentence, with what was found
	struct str remedy; // what to type or to change; empty where it is ok
};
struct check_rows {
	LIST(struct check_row) rows;
};

struct check_wish {
	struct str home; // its folder
	bool offline;    // ask for no name
};
// Makes all checks, in a few seconds and the time that the database takes to read its file.
// Texts live in a. False where there is no home to look at, with what home_read
// (task/home.h) says.
bool check_all(const struct check_wish *w, struct arena *a, struct check_rows *out, struct err *e)
	MUST_USE;
