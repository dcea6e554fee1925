// Metrics as Prometheus reads them: its text format 0.0.4. A family is a head and, right behind
// it, all its samples. Names are the caller's, of letters, digits and _; values of labels may be
// any UTF-8.
#pragma once

#include "base/buf.h"

#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

enum exposition_kind { EXPOSITION_GAUGE, EXPOSITION_COUNTER };

struct exposition_label {
	const char *name; // NULL: there is none here
	struct str value;
};

// "# HELP name what it says" and "# TYPE name gauge".
void exposition_head(struct buf *b, const char *name, enum exposition_kind kind, const char *says);
// name{label="value"} 12: of n labels those that have a name.
void exposition_int(struct buf *b, const char *name, const struct exposition_label *labels,
		    size_t n, int64_t value);
// The same of microseconds, as seconds: 1.5.
void exposition_seconds(struct buf *b, const char *name, const struct exposition_label *labels,
			size_t n, int64_t microseconds);
