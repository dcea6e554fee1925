// What `waker rehearse` and the commands that ask for it have in common.
#pragma once

#include "task/rehearse/rehearse.h"
#include "ui/cli.h"

// The file, and which kind it is. ERR_INPUT: none that can be rehearsed.
bool rehearsed_read(struct str path, struct arena *a, struct str *bytes, enum rehearse_kind *kind,
		    struct err *e) MUST_USE;

// "waker would change 120 assets, and that was not rehearsed (…)": app_confirm.
bool rehearsed_ask(const struct app *app, size_t things, const char *what, struct str path,
		   struct err *e) MUST_USE;
