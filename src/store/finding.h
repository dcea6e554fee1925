// Findings, their sightings and their evidence as rows. What becomes of a finding is
// decided by model/finding; these calls only read and write. Writing belongs in a
// transaction of the caller's.
#pragma once

#include "model/finding/claim.h"
#include "model/finding/life.h"
#include "model/warning/hold.h"
#include "os/db.h"

struct finding_row { // texts of a row that was read hold until the next one is
	int64_t id;
	uint32_t number; // behind the public id
	int64_t member;
	struct str slug, name; // of the member, when reading
	struct str issue, seen;
	unsigned class, severity; // as the table of issues numbers them
	enum strength strength;
	struct life life;
	int64_t first_seen, last_seen, found;
	int64_t sightings;  // different (feed, day)
	struct str sources; // sources_next
	struct str held;    // "LIST: ENTRY" that holds it back; empty: none
	struct str print;   // of its newest evidence
	int64_t asset;      // by which it was met the newest time
	int64_t retro; // the question to the past by which it was found; 0: as it came; not set by finding_by_key
};

struct sighting_row {
	int64_t finding, feed, day, batch, last;
	uint64_t events;
	uint64_t record, place, length; // of its newest record, in the batch's bytes
};

struct evidence_row {
	int64_t finding, feed, batch;
	struct str feed_name, type, file, archive; // when reading
	int64_t arrived;                           // when reading
	uint64_t record, place, length;            // of the record in the batch's bytes
	int64_t time, asset;
	struct str asset_value, enclosing, event;
	struct str asset_kind; // when reading, as the store knows the asset today
	int64_t since, until;  // likewise
	enum claim_rule rule;
	struct str warned; // "LIST: ENTRY" that it met; empty: none
	enum hold_why verdict;
};

struct finding_range {
	int64_t member;
	struct str issue, low, high;
};

bool finding_last(struct db *d, int64_t *id, struct err *e) MUST_USE;

// By member, issue and seen of *f; sets what else the row has (not number and slug).
// Texts go to a. False + ERR_NONE: there is none.
bool finding_by_key(struct db *d, struct finding_row *f, struct arena *a, struct err *e) MUST_USE;

// Is there a finding of this member and issue whose `seen` is low, high or between?
bool finding_any(struct db *d, const struct finding_range *r, bool *any, struct err *e) MUST_USE;

// *taken: the number is another finding's, nothing was written.
bool finding_add(struct db *d, const struct finding_row *f, bool *taken, struct err *e) MUST_USE;
bool finding_refresh(struct db *d, const struct finding_row *f, struct err *e) MUST_USE;

// Has any batch of this feed a sighting of the finding on this day?
bool sighting_any(struct db *d, const struct sighting_row *s, bool *any, struct err *e) MUST_USE;
bool sighting_add(struct db *d, const struct sighting_row *s, struct err *e) MUST_USE;
// Of a batch that is read again: its records are not counted twice.
bool sighting_again(struct db *d, const struct sighting_row *s, struct err *e) MUST_USE;
// Has anything been taken back that this batch said of the finding?
bool sighting_voided(struct db *d, int64_t finding, int64_t batch, bool *out, struct err *e)
	MUST_USE;
bool evidence_add(struct db *d, const struct evidence_row *v, struct err *e) MUST_USE;

struct finding_filter { // empty text, or -1: any
	struct str member, issue, feed;
	int state, severity;
	enum { HELD_OR_NOT, HELD_NOT, HELD_ONLY } held;
	bool all; // also what is closed or void
};

// Gravest first, then by member, issue and what was seen.
bool finding_list(struct db *d, const struct finding_filter *f, struct db_rows **out, struct err *e)
	MUST_USE;
// How many that the filter finds are held back, whatever it says of that.
bool finding_held(struct db *d, const struct finding_filter *f, int64_t *out, struct err *e)
	MUST_USE;
bool finding_next_row(struct db_rows *r, struct finding_row *out, struct err *e) MUST_USE;

// The row's texts are copied, so that they outlive the next.
void finding_keep_texts(struct finding_row *f, struct arena *a);

// Texts go to a. False + ERR_NONE: there is none.
bool finding_by_number(struct db *d, uint32_t number, struct arena *a, struct finding_row *out,
		       struct err *e) MUST_USE;

// Newest first.
bool evidence_of(struct db *d, int64_t finding, struct db_rows **out, struct err *e) MUST_USE;
bool evidence_next_row(struct db_rows *r, struct evidence_row *out, struct err *e) MUST_USE;

struct sighting_day {
	struct str feed;
	int64_t day;
	uint64_t events;
};

// A row a feed and day, newest first.
bool sighting_days(struct db *d, int64_t finding, struct db_rows **out, struct err *e) MUST_USE;
bool sighting_next_day(struct db_rows *r, struct sighting_day *out, struct err *e) MUST_USE;

struct sighting_seen { // a word of a batch on a finding, of one day
	struct str feed, type, file, archive;
	int64_t day, batch;
	uint64_t events;                // records that said so
	uint64_t record, place, length; // of the newest, in the batch's bytes
	bool voided;                    // counts no more
};

// Newest first, at most `most`.
bool sighting_all(struct db *d, int64_t finding, int64_t most, struct db_rows **out, struct err *e)
	MUST_USE;
bool sighting_next_seen(struct db_rows *r, struct sighting_seen *out, struct err *e) MUST_USE;
