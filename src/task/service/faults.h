// What is wrong with feeds that no batch shows: that none comes, and what ends soon. And all
// that is wrong with feeds, as needs of a person.
#pragma once

#include "store/guardian.h"
#include "task/service/status.h"

enum {
	FAULTS_CREDENTIAL_DAYS = 30,  // before credentials end that is told
	FAULTS_CERTIFICATE_DAYS = 14, // likewise of a publisher's certificate …
	FAULTS_CERTIFICATE_PART = 6,  // … or a sixth of its life, where that is less
};

// Did its operator switch it off?
bool faults_off(const struct home *h, const struct feed *f, struct arena *a, bool *off,
		struct err *e) MUST_USE;

// Adds FAULT_SILENT (not where `late`: it fails to be fetched), FAULT_CREDENTIAL and
// FAULT_CERTIFICATE, as of now; texts go to a. Of a feed that its operator switched off: none.
bool faults_of_time(const struct home *h, const struct feed *f, bool late, struct arena *a,
		    struct faults *out, struct err *e) MUST_USE;

// Those of the feed as needs; and those that batches showed, of all feeds: one of a kind for
// each feed, however many of its types have it, s->all being known.
void faults_need_time(const struct feed *f, const struct faults *x, struct arena *a,
		      struct status *s);
bool faults_need(struct db *d, struct arena *a, struct status *s, struct err *e) MUST_USE;
