// The records that a scan refused, on stderr: how many, why, and where the first stands.
#pragma once

#include "task/watch/scan.h"
#include "ui/cli.h"

// `feed` and `name`: of the feed and of the file.
void junk_tell(const struct app *app, struct str feed, struct str name, const struct scan_tally *t);

// Where they are kept, each with the reason before it; fd -1: nowhere. Closed by the end
// of the process.
struct junk_file {
	int fd;
};
bool junk_open(struct app *app, struct str path, struct junk_file *out, struct err *e) MUST_USE;
bool junk_keep(void *junk_file, enum junk junk, struct str row, struct err *e); // as a scan wants
