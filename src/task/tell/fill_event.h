// What the records behind a finding say, as far as its member may know it. Private to
// task/tell/fill*.c.
#pragma once

#include "task/tell/fill.h"

struct fill_feeds {
	const struct home *home;
	struct feed_shelf *shelf;
};

struct fill_seen {
	size_t witnesses; // records that may be passed on
	enum tlp tlp;     // the strictest of them
	enum feed_sensitivity sensitivity;
};

// Sets sources, asset, host and evidence of *f, of the newest record that may be passed on.
bool fill_evidence(struct fill_feeds *feeds, int64_t finding, struct arena *a,
		   struct letter_finding *f, struct fill_seen *out, struct err *e) MUST_USE;

// An officer's own text, as Markdown; one that is none as paragraphs between empty lines.
const struct prose *fill_text(struct str text, struct arena *a);
