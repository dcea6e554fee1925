// The row of the noun `mail` that says what is proven about a mail.
#pragma once

#include "ui/cli.h"

bool mail_verify(struct app *app, const struct call *call, struct err *e) MUST_USE;
