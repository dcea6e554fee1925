// What would another roster, feed file, warninglist, policy.conf or table of issues have made different?
// The archive of the last days is read once more, and each batch is published, as it was
// when it came and with the clock of that moment, into two stores of their own (store/
// scratch.h): in the one all is as it is today, in the other with the change. Nothing of the
// home is written. What officers did meanwhile is in neither: rules are compared with rules.
#pragma once

#include "model/roster/check.h"
#include "os/seal.h"
#include "task/past/past.h"
#include "task/rehearse/compare.h"
#include "task/roster/change.h"

enum { REHEARSE_DAYS_MOST = 3660, REHEARSE_BATCHES = 1000000 };

// clang-format off
#define REHEARSE_KINDS(X)                                   \
	X(REHEARSE_ROSTER,      "roster")                   \
	X(REHEARSE_FEED,        "feed file")                \
	X(REHEARSE_WARNINGLIST, "warninglist")              \
	X(REHEARSE_POLICY,      "policy.conf")              \
	X(REHEARSE_ISSUES,      "table of issues")
// clang-format on
#define X(id, says) id,
enum rehearse_kind { REHEARSE_KINDS(X) REHEARSE_KIND_COUNT };
#undef X

const char *rehearse_kind_says(enum rehearse_kind kind);

struct rehearsal {
	const struct home *home;
	struct str path, bytes; // of the file with the change
	enum rehearse_kind kind;
	int64_t since; // batches that came from then on
	unsigned jobs;
	struct check_rules rules;        // for a roster
	const struct seal_secret *key;   // opens what is sealed; NULL: that is left out
	const struct warnings *warnings; // as they are
	void (*progress)(void *, uint64_t done, uint64_t all); // in batches; NULL: none
	void *context;
};

struct rehearse_outcome {
	uint64_t batches, records;    // read
	struct past_lefts left;       // batches that were not
	struct roster_outcome roster; // REHEARSE_ROSTER: remarks, and what changes
	size_t concerned;             // REHEARSE_ROSTER: members whose findings were played
	size_t issues;                // REHEARSE_ISSUES: rows that differ
	struct rehearse_changes changes;
};

// Which it is, by its name and what stands in it. False: none of them.
bool rehearse_kind_of(struct str path, struct str bytes, enum rehearse_kind *out) MUST_USE;
// The feed or warninglist that a file of this name is of; else the file's own name.
struct str rehearse_name(enum rehearse_kind kind, struct str path);

// Texts go to a, which must have room for the roster three times. ERR_INPUT, ERR_CONFIG: the
// file is refused, with the place; of a roster, out->roster.remarks has each mistake.
bool rehearse(const struct rehearsal *r, struct arena *a, struct rehearse_outcome *out,
	      struct err *e) MUST_USE;
