// The commands of `waker key` about the team's own: ui/key.c has the rows.
#pragma once

#include "ui/cli.h"

bool key_init(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool key_team(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool key_export(struct app *app, const struct call *call, struct err *e) MUST_USE;
