// `waker finding explain`: from a finding back to the rows that made it.
#pragma once

#include "store/finding.h"
#include "task/home.h"
#include "ui/cli.h"

bool finding_why(struct app *app, const struct home *h, const struct finding_row *f, bool dutch,
		 struct err *e) MUST_USE;
