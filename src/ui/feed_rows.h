// The commands of the noun `feed`, each in the file that says what it is about.
#pragma once

#include "ui/cli.h"

bool feed_parse(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_try(struct app *app, const struct call *call, struct err *e) MUST_USE; // feed test
bool feed_list(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_new(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_update_schema(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_show(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_fetch(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_coverage(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_accuracy(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_health(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_enable(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool feed_disable(struct app *app, const struct call *call, struct err *e) MUST_USE;
