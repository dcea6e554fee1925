// What the nouns officer, duty and page have in common.
#pragma once

#include "base/list.h"
#include "store/duty.h"
#include "task/home.h"
#include "ui/cli.h"

struct officers {
	LIST(struct officer_row) at; // texts in the arena
};
bool officers_read(struct db *d, struct arena *a, struct officers *out, struct err *e) MUST_USE;

// By name. ERR_ABSENT: there is none.
bool officer_find(struct db *d, struct str name, struct arena *a, struct officer_row *out,
		  struct err *e) MUST_USE;
bool officer_free(struct db *d, struct str name, struct arena *a, struct err *e)
	MUST_USE; // ERR_CONFLICT: there is one

bool duty_audit(struct app *app, const struct call *call, const struct home *h, struct str subject,
		struct err *e) MUST_USE;
