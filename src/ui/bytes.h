// The bytes of a file of the archive, as they came: for the commands that give them away.
#pragma once

#include "ui/cli.h"

// To standard output, or where the option `output` says; opened with the key that `key` names.
// The file is looked through, and its name compared with its bytes, before any is given.
bool bytes_give(struct app *app, const struct call *call, struct str file, struct err *e) MUST_USE;

#define BYTES_OPTIONS                                                                     \
	{ "key", "KEYFILE", NULL, "the officers' archive.key; mode 0600" },               \
	{                                                                                 \
		"output", "FILE", NULL,                                                   \
			"where the bytes go, mode 0600; also -o; else to standard output" \
	}
