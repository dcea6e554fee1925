// How findings live, as rows: their changes, what publishers said of which day, what ends
// when, what was taken back, and false alarms. The rules are model/finding/life.h; these
// calls read and write. Writing belongs in a transaction of the caller's.
#pragma once

#include "base/arena.h"
#include "model/finding/life.h"
#include "os/db.h"

// ---- changes

struct change_row { // texts of a row that was read hold until the next one is
	int64_t id, finding, at;
	enum life_act act;
	struct str who; // empty: time, a feed or the roster
	struct life was, is;
	struct str reason;
	int64_t batch;   // that brought it; 0: none
	struct str made; // "suppress 3", "hole 198.51.100.7", or empty
	bool undone;
};

bool change_add(struct db *d, const struct change_row *c, struct err *e) MUST_USE;
bool change_of(struct db *d, int64_t finding, struct db_rows **out, struct err *e)
	MUST_USE; // oldest first
bool change_next_row(struct db_rows *r, struct change_row *out, struct err *e) MUST_USE;
// The last that changed the state and was not undone; texts go to a. False + ERR_NONE: none.
bool change_last(struct db *d, int64_t finding, struct arena *a, struct change_row *out,
		 struct err *e) MUST_USE;
bool change_undone(struct db *d, int64_t id, struct err *e) MUST_USE;

// A finding comes into this state.
bool finding_life(struct db *d, int64_t finding, const struct life *l, struct err *e) MUST_USE;

// ---- what publishers said

struct heard { // of one day, midnight
	int64_t day, came;
	bool proves; // absence: a report or a list, no stream
};
struct heard_of {
	int64_t feed;
	struct str type;
};
bool heard_put(struct db *d, struct heard_of of, const struct heard *h, struct err *e) MUST_USE;
bool heard_forget(struct db *d, struct heard_of of, int64_t day, struct err *e) MUST_USE;
// The newest `*n` days at most, newest first, into out; sets *n.
bool heard_days(struct db *d, struct str feed, struct str type, struct heard *out, size_t *n,
		struct err *e) MUST_USE;

// When any type of the feed was heard last; TIME_EVER: never.
bool heard_last(struct db *d, struct str feed, int64_t *came, struct err *e) MUST_USE;

struct coverage {
	int64_t feed, asset;
	int64_t since, until; // known to the publisher
};
bool coverage_put(struct db *d, const struct coverage *c, struct err *e) MUST_USE;
// Until when the feed looks at the asset: TIME_NEVER where nothing else is said, for what
// it has shown it looked at.
bool coverage_until(struct db *d, struct str feed, int64_t asset, int64_t *until, struct err *e)
	MUST_USE;
// *any: is there an asset that any publisher stopped to look at.
bool coverage_ended(struct db *d, bool *any, struct err *e) MUST_USE;
bool coverage_all(struct db *d, struct str feed, struct db_rows **out, struct err *e) MUST_USE;
bool coverage_next_row(struct db_rows *r, struct coverage *out, struct err *e) MUST_USE; // not feed

// ---- ends, many at once

struct end_group { // live findings of a class and of the same sources
	enum issue_class class;
	struct str sources;
	bool udp;     // seen at a UDP port
	int64_t last; // only those whose last event is not after this
};
// The different sources of a class's live findings whose last event is not after `last`.
bool ends_due(struct db *d, enum issue_class class, int64_t last, struct db_rows **out,
	      struct err *e) MUST_USE;
bool ends_next_sources(struct db_rows *r, struct str *out, struct err *e) MUST_USE;

struct end_how {
	int64_t now;
	enum finding_end ended;
	struct str reason;
	int64_t batch;     // 0: none
	bool all_coverage; // also where a publisher stopped to look: silence itself ends it
};
// Ends the group; *count says how many. Not those whose family vanished (vanished_find).
bool ends_make(struct db *d, const struct end_group *g, const struct end_how *how, int64_t *count,
	       struct err *e) MUST_USE;

// One finding, as much of it as its life needs.
struct living {
	int64_t id, member, asset, last_seen;
	struct str seen, sources;
	bool udp;
	enum issue_class class;
	struct life life;
};
// Of ends_due, those that ends_make left because a publisher stopped to look.
bool ends_uncovered(struct db *d, enum issue_class class, int64_t last, struct db_rows **out,
		    struct err *e) MUST_USE;
bool ends_next_uncovered(struct db_rows *r, struct living *out, struct err *e) MUST_USE;

// Which families of the class fell silent for many at once, none seen since `since`.
bool vanished_find(struct db *d, enum issue_class class, int64_t since, struct err *e) MUST_USE;
bool vanished_clear(struct db *d, struct err *e) MUST_USE;

// What was accepted until now is open again.
bool accepted_open(struct db *d, int64_t now, int64_t *count, struct err *e) MUST_USE;

// ---- taking back

// An earlier issue of the batch's report (feed, type, day, file name), done. False +
// ERR_NONE: there is none.
struct report {
	int64_t feed, day, batch;
	struct str type, file;
	int done; // the state of a batch that counts
};
bool report_same(struct db *d, const struct report *r, int64_t *batch, struct err *e) MUST_USE;

// What is to be taken back is chosen first, and stays chosen until void_clear: in one
// transaction, which begins with nothing chosen.
struct void_filter { // empty text, or 0: any
	int64_t batch;
	struct str feed, type, issue, member;
	int64_t since, until; // days on which it was seen
};
bool void_choose(struct db *d, const struct void_filter *f, struct err *e) MUST_USE; // adds
// Adds all that it saw; what it said is exploited is so no more at once.
bool void_choose_batch(struct db *d, int64_t batch, struct err *e) MUST_USE;
bool void_clear(struct db *d, struct err *e) MUST_USE;
// The findings of what is chosen; the text holds until the next one is read.
bool void_chosen(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool void_next_chosen(struct db_rows *r, int64_t *finding, struct str *seen, struct err *e)
	MUST_USE;
bool void_spare(struct db *d, int64_t finding, struct err *e) MUST_USE; // nothing of this one
bool void_reach(struct db *d, int64_t *findings, int64_t *members, struct err *e) MUST_USE;

// What is chosen counts no more; nor is its record shown.
bool void_sightings(struct db *d, int64_t *count, struct err *e) MUST_USE;
struct voiding {
	int64_t now;
	struct str reason;
};
struct voided {
	int64_t gone;    // findings of which nothing is left
	int64_t stopped; // notices of a new vulnerability that had not gone
};
// Counts anew what is left of the findings. Those of which nothing is left were never ones:
// FINDING_VOID, with this reason. What was a finding by nothing else is a candidate again.
// What was told again for a vulnerability that nobody names now is as it was before.
bool void_findings(struct db *d, const struct voiding *v, struct voided *out, struct err *e)
	MUST_USE;

// A recall's row. After void_findings, with all still chosen, recall_done notes who was told
// of what is none now: a notice is corrected once.
struct recall_end {
	int64_t id, now;
	int64_t findings; // of which nothing is left
	int64_t stopped;  // by void_findings
};
struct recall_told {
	int64_t stopped;     // notices that had not gone
	int64_t corrections; // members who were told
};
bool recall_add(struct db *d, int64_t now, int64_t sightings, int64_t *id, struct err *e) MUST_USE;
bool recall_done(struct db *d, const struct recall_end *r, struct recall_told *out, struct err *e)
	MUST_USE;

// ---- the roster moved

// Findings that are not over, by their number, after this one; at most `most`.
bool living_after(struct db *d, int64_t after, int64_t most, struct db_rows **out, struct err *e)
	MUST_USE;
bool living_next_row(struct db_rows *r, struct living *out, struct err *e) MUST_USE;
// What the roster ended at this time, and is over by that still, each with the change.
bool roster_ended(struct db *d, enum finding_end end, int64_t at, struct db_rows **out,
		  struct err *e) MUST_USE;
bool roster_next_ended(struct db_rows *r, struct living *f, struct change_row *c, struct err *e)
	MUST_USE; // of c: id and was
bool finding_asset(struct db *d, int64_t finding, int64_t asset, struct err *e) MUST_USE;

// ---- false alarms

struct suppress {
	int64_t id, member;
	struct str slug; // when reading
	struct str issue, seen, print;
	int64_t until, made;
	struct str who, reason;
	int64_t removed; // 0: it holds until its time is over
};
bool suppress_add(struct db *d, struct suppress *s, struct err *e) MUST_USE; // sets id
bool suppress_all(struct db *d, int64_t now, bool all, struct db_rows **out, struct err *e)
	MUST_USE;
bool suppress_next_row(struct db_rows *r, struct suppress *out, struct err *e) MUST_USE;
// *was: there was one that held.
bool suppress_remove(struct db *d, int64_t id, int64_t now, bool *was, struct err *e) MUST_USE;
