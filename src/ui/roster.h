// What the commands member, contact and asset have in common: one implementation of
// list, show, add, change, remove and export over the table of fields; the rows of
// each noun say only which record it is about.
#pragma once

#include "model/roster/field.h"
#include "ui/cli.h"

bool roster_list(struct app *app, const struct call *call, enum record record, struct err *e)
	MUST_USE;
bool roster_show(struct app *app, const struct call *call, enum record record, struct err *e)
	MUST_USE;
bool roster_add(struct app *app, const struct call *call, enum record record, struct err *e)
	MUST_USE;
bool roster_alter(struct app *app, const struct call *call, enum record record, struct err *e)
	MUST_USE;
bool roster_remove(struct app *app, const struct call *call, enum record record, struct err *e)
	MUST_USE;
bool roster_export(struct app *app, const struct call *call, enum record record, struct err *e)
	MUST_USE;
bool roster_take_in(struct app *app, const struct call *call, struct err *e)
	MUST_USE; // member import
