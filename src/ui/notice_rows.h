// The commands of the noun `notice`, each in the file that says what it is about.
#pragma once

#include "ui/cli.h"

bool notice_sent_list(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool notice_sent_show(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool notice_preview(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool notice_act(struct app *app, const struct call *call, struct err *e)
	MUST_USE; // hold, send, cancel
bool notice_stop(struct app *app, const struct call *call, struct err *e) MUST_USE; // and resume
bool notice_import(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool notice_compare(struct app *app, const struct call *call, struct err *e) MUST_USE;
bool notice_mode(struct app *app, const struct call *call, struct err *e) MUST_USE;

// The message that was typed as N-… ERR_USAGE, ERR_ABSENT.
struct db;
struct message_row;
bool notice_named(struct db *d, struct str word, struct arena *a, struct message_row *out,
		  struct err *e) MUST_USE;
