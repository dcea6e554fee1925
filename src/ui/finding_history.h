// What became of a finding, for `finding explain`: each batch that saw it and where, each
// change of its state with its reason, and what would end it.
#pragma once

#include "base/buf.h"
#include "base/list.h"
#include "store/cve.h"
#include "store/finding.h"
#include "store/life.h"
#include "ui/cli.h"

enum {
	HISTORY_SIGHTINGS = 400,
	HISTORY_CHANGES = 1000,
	HISTORY_SOURCES = 64,
	HISTORY_CVES = 1000,
};

struct history_source { // how far its end is
	struct str feed, type;
	unsigned clean; // reports of days after its last event
	bool stream;    // none of its words proves absence
	int64_t newest; // day of the newest of them
};

struct history {
	struct arena *a; // all texts
	const struct finding_row *finding;
	LIST(struct sighting_seen) sightings; // newest first
	LIST(struct change_row) changes;      // oldest first
	LIST(struct history_source) sources;
	LIST(struct cve_since) cves; // the first HISTORY_CVES, by name
};

// The newest HISTORY_SIGHTINGS and the first HISTORY_CHANGES; texts go to a.
bool history_load(struct history *x, struct db *d, const struct finding_row *f, struct arena *a,
		  struct err *e) MUST_USE;

// What was seen when, and which vulnerabilities were named since when.
void history_say_sightings(const struct history *x, struct out *o, bool dutch);
void history_say(const struct history *x, struct out *o, bool dutch); // changes, and its end
void history_json(const struct history *x,
		  struct buf *b); // ,"vulnerabilities":[…],"history":[…],"sighted":[…],"ends":{…}
