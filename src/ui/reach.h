// What is known of contacts by contact tests, beside what the roster says of them; and the command that asks.
#pragma once

#include "base/list.h"
#include "store/reach.h"
#include "ui/cli.h"

enum { REACH_COLUMNS = 4 };

struct reaches { // all that is known, by contact; in the arena of who loaded it
	LIST(struct reach_last) at;
	int64_t now;
	struct arena *a;
};
bool reaches_load(struct db *d, int64_t now, struct arena *a, struct reaches *out, struct err *e)
	MUST_USE;
// "confirmed 2026-10-02", "no answer for 20 days"; empty: nobody asked.
struct str reaches_says(const struct reaches *r, int64_t contact);

size_t reaches_columns(struct column out[REACH_COLUMNS]); // how many
void reaches_put(struct out *o, const struct reaches *r, int64_t contact);

bool reach_command(struct app *app, const struct call *call, struct err *e) MUST_USE;
