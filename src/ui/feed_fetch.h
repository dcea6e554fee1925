// `waker feed fetch`: a row of ui/feed.c.
#pragma once

#include "ui/cli.h"

extern const struct option feed_fetch_options[];
bool feed_fetch(struct app *app, const struct call *call, struct err *e) MUST_USE;
