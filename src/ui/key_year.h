// The commands of `waker key` about the years of the team's key: ui/key.c has the rows.
#pragma once

#include "ui/cli.h"

bool key_year(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool key_master(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool key_revoke(struct app *app, const struct call *call, struct err *e) MUST_USE;
