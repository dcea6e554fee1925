// The officer's verbs on findings: the rows of `waker finding acknowledge …`, each an act of
// model/finding/life.h, on ids or on all that a filter finds.
#pragma once

#include "store/finding.h"
#include "ui/cli.h"

// The finding of a typed id such as F-7K2QXM-5; texts go to a. ERR_USAGE, ERR_ABSENT: a sentence.
bool finding_named(struct db *d, struct str word, struct arena *a, struct finding_row *out,
		   struct err *e) MUST_USE;

// What --of, --issue, --state, --severity and --feed of a call say.
bool finding_filter_read(const struct call *call, struct finding_filter *out, struct err *e)
	MUST_USE;

bool finding_act(struct app *app, const struct call *call, struct err *e);

extern const struct option finding_act_options[], finding_close_options[], finding_accept_options[],
	finding_dispute_options[];
