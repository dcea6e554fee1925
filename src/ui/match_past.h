// `waker match --archive`: a roster asked of the archive of a home.
#pragma once

#include "ui/cli.h"

bool match_past(struct app *app, const struct call *call, struct err *e) MUST_USE;
