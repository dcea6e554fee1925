// Rows of the noun `mail` that are of mail which came in.
#pragma once

#include "ui/cli.h"

extern const struct option mail_list_options[], mail_done_options[], mail_trust_options[];

bool mail_receive(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_explain(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_all(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_show(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_raw(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_put(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_done(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_bounces(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool mail_trust(struct app *app, const struct call *call, struct err *e) MUST_USE;
