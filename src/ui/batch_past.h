// The rows of the noun `batch` that look at one of the past, and read it once more.
#pragma once

#include "ui/cli.h"

bool batch_show(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool batch_get(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool batch_replay(struct app *app, const struct call *call, struct err *e) MUST_USE;
