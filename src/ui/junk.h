// The records that a scan refused, on stderr: how many, why, and where the first stands.
#pragma once

#include "task/watch/scan.h"
#include "ui/cli.h"

// `name`: of the file.
void junk_tell(const struct app *app, struct str name, const struct scan_tally *t);
