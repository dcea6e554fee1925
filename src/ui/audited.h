// What a command says of itself for the audit: who does it, and by which words.
#pragma once

#include "task/audit/write.h"
#include "ui/cli.h"

// The option of who does it, in the rows of commands that have one.
#define AUDITED_BY                                                       \
	{                                                                \
		"by", "NAME", NULL, "who does it; else who is logged in" \
	}

// --by where the row has it and it was given, else who is logged in, else "officer".
struct str audited_who(const struct call *call);
struct audit_by audited_by(const struct call *call, int64_t now);

// Runs the command of the call, with the row of the audit that its own row asks for: who, by
// which words, and what was typed. A dry run, and what was refused, writes nothing. Where no
// home is named, a look is told as not written down, and goes on.
bool audited_run(struct app *app, const struct call *call, struct err *e) MUST_USE;

// Before something personal is shown: a row of the audit, in a transaction of its own. Where
// the store can only be read, the look is told as not written down, and goes on: who may
// read the file does not need this program to. Any other failure lets nothing be shown.
bool audited_look(const struct app *app, const struct home *h, const struct audit_entry *x,
		  struct err *e) MUST_USE;

// The end of a transaction that a row of the audit belongs to: where all went well (ok) and it is
// no dry run it is committed, else taken back; a dry run says so. Returns whether all went well.
bool audited_keep(const struct app *app, const struct home *h, bool ok, struct err *e) MUST_USE;
