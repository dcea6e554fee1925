// What is to be told to whom and when, as rows. What becomes of it is decided by
// model/notice; these calls read and write. Writing belongs in a transaction of the
// caller's. A moment that is TIME_NEVER: it waits for an officer, or goes no more.
#pragma once

#include "model/notice/flood.h"
#include "model/notice/urgency.h"
#include "os/db.h"

// ---- what is new

struct notice_marks {
	int64_t finding, change;               // up to which all is planned
	int64_t newest_finding, newest_change; // that there is
	int64_t feed, member, asset;           // likewise
};
bool notice_marks(struct db *d, struct notice_marks *out, struct err *e) MUST_USE;
bool notice_marked(struct db *d, const struct notice_marks *m, struct err *e) MUST_USE; // all is

// Since when things are watched. The numbers stand in the store.
enum watched_kind { WATCHED_FEED, WATCHED_MEMBER, WATCHED_ASSET };

// What has a number up to `last` and is not known yet is watched since `since`.
bool watched_put(struct db *d, enum watched_kind kind, int64_t last, int64_t since, struct err *e)
	MUST_USE;
// TIME_EVER: it is not known.
bool watched_since(struct db *d, enum watched_kind kind, int64_t thing, int64_t *since,
		   struct err *e) MUST_USE;
struct watched {
	int64_t last, since;
};
bool watched_all(struct db *d, enum watched_kind kind, struct db_rows **out, struct err *e)
	MUST_USE; // by their last number
bool watched_next(struct db_rows *r, struct watched *out, struct err *e) MUST_USE;

// A finding that is perhaps to be told. Its text holds until the next.
struct occasion {
	int64_t finding, member, asset, last_seen;
	struct str issue;
	enum issue_class class;
	enum severity severity;
	enum strength strength;
	enum finding_state state;
	bool held, care;
	enum urgency_news news;
	enum urgency said; // of it since it came into this state; URGENCY_NONE: nothing
};
bool notice_new(struct db *d, const struct notice_marks *m, struct db_rows **out, struct err *e)
	MUST_USE; // findings
bool notice_changed(struct db *d, const struct notice_marks *m, struct db_rows **out,
		    struct err *e) MUST_USE; // those that were there before
bool notice_next_occasion(struct db_rows *r, bool changed, struct occasion *out, struct err *e)
	MUST_USE;

// ---- the plan

struct notice_row { // texts of a row that was read hold until the next one is
	int64_t id, finding, member;
	struct str issue;
	enum urgency urgency;
	enum urgency_rule rule;
	enum notice_timing timing;
	int64_t due;
	int64_t breaker; // 0: none
	int64_t batch, made;
	enum notice_state state;
	// when reading
	struct str slug, seen;
	uint32_t number; // behind the finding's public id
	enum severity severity;
	enum breaker_why broke;
	struct flood_count count; // when it broke
	int64_t corrected;        // the recall that took back what it told; 0: none
};
bool notice_add(struct db *d, const struct notice_row *n, struct err *e) MUST_USE;
// All that was planned of the finding is taken out.
bool notice_drop(struct db *d, int64_t finding, int64_t now, struct err *e) MUST_USE;

// What was planned of it for the news of this batch, and has not gone; *count says how many.
bool notice_unsay(struct db *d, int64_t finding, int64_t batch, int64_t now, int64_t *count,
		  struct err *e) MUST_USE;

// Of all that changed since, what is not to be told any more is taken out.
bool notice_void(struct db *d, const struct notice_marks *m, int64_t now, struct err *e) MUST_USE;

// In the order in which it goes. member empty: any; all: also what was taken out.
bool notice_list(struct db *d, struct str member, bool all, struct db_rows **out, struct err *e)
	MUST_USE;
bool notice_next_row(struct db_rows *r, struct notice_row *out, struct err *e) MUST_USE;

// ---- at once

// Members with messages at once that have no time yet, each with the time of its last.
struct undated {
	int64_t member, last; // TIME_EVER: none
};
bool notice_undated(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool notice_next_undated(struct db_rows *r, struct undated *out, struct err *e) MUST_USE;
bool notice_date(struct db *d, int64_t member, const struct flood_when *when, struct err *e)
	MUST_USE;

// ---- the breaker

struct breaker_row { // texts of a row that was read hold until the next one is
	int64_t id, at;
	struct str issue;
	struct flood_count count;
	enum breaker_why why;
	enum breaker_state state;
	int64_t decided; // 0: not yet
	struct str who, reason;
};
// Issues with planned messages at once that have no time yet.
bool notice_rising(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool notice_next_rising(struct db_rows *r, struct str *issue, struct err *e) MUST_USE;
bool notice_count(struct db *d, struct str issue, int64_t now, struct flood_count *out,
		  struct err *e) MUST_USE;
bool breaker_add(struct db *d, struct breaker_row *b, struct err *e) MUST_USE; // sets id
bool breaker_reach(struct db *d, int64_t breaker, int64_t members, struct err *e) MUST_USE;
// The issue's last; texts go to a. False + ERR_NONE: it was never held.
bool breaker_last(struct db *d, struct str issue, struct arena *a, struct breaker_row *out,
		  struct err *e) MUST_USE;
// By its state, decided, who and reason.
bool breaker_decide(struct db *d, const struct breaker_row *b, struct err *e) MUST_USE;
// What the issue has not told yet waits for this breaker; *count says how many notices.
bool notice_hold(struct db *d, const struct breaker_row *b, int64_t now, int64_t *count,
		 struct err *e) MUST_USE;
// What it held is released, without a time yet, or discarded; *count says how many.
bool notice_let(struct db *d, int64_t breaker, enum notice_state state, int64_t *count,
		struct err *e) MUST_USE;
