// Officers, by what they are woken, when they are on duty, and pages, as rows. Writing belongs in a
// transaction of the caller's. Texts of a row that was read hold until the next one is.
#pragma once

#include "base/arena.h"
#include "model/desk/desk.h"
#include "model/duty/page.h"
#include "os/db.h"

// ---- officers

struct officer_row {
	int64_t id;
	struct str name;
	int64_t made;
};
bool officer_add(struct db *d, struct officer_row *o, struct err *e) MUST_USE; // sets id
bool officer_list(struct db *d, struct db_rows **out, struct err *e) MUST_USE; // as they are asked
bool officer_next(struct db_rows *r, struct officer_row *out, struct err *e) MUST_USE;
// With all by which they are woken, and their times on duty. What was written of pages stays.
bool officer_drop(struct db *d, int64_t id, struct err *e) MUST_USE;

struct channel_row {
	int64_t id, officer;
	enum page_way way;
	struct str address;
	int64_t tested; // when a page by it was taken last; 0: never
};
// In place of what they had.
bool channel_put(struct db *d, int64_t officer, const struct channel_row *all, size_t n,
		 struct err *e) MUST_USE;
bool channel_list(struct db *d, struct db_rows **out, struct err *e) MUST_USE; // in their order
bool channel_next(struct db_rows *r, struct channel_row *out, struct err *e) MUST_USE;
bool channel_tested(struct db *d, int64_t id, int64_t at, struct err *e) MUST_USE;

// ---- times on duty

struct duty_row {
	int64_t id, officer, backup; // backup 0: none
	int64_t since, until, tested;
	struct str name, backup_name; // when reading
};
bool duty_add(struct db *d, struct duty_row *x, struct err *e) MUST_USE; // sets id
// Those that are not over at `now`, the next first; one that has begun is that of now.
bool duty_list(struct db *d, int64_t now, struct db_rows **out, struct err *e) MUST_USE;
bool duty_next(struct db_rows *r, struct duty_row *out, struct err *e) MUST_USE;
// Who is on duty; id 0: nobody. Texts go to a.
bool duty_now(struct db *d, int64_t now, struct arena *a, struct duty_row *out, struct err *e)
	MUST_USE;
bool duty_drop(struct db *d, int64_t id, struct err *e) MUST_USE;
bool duty_tested(struct db *d, int64_t id, int64_t at, struct err *e) MUST_USE;

// ---- pages

enum { PAGE_TEST = -1 }; // in place of a kind of the desk; thing is an officer
struct page_row {
	int64_t id;
	int kind; // enum desk_kind, or PAGE_TEST
	int64_t thing;
	enum severity severity;
	int64_t made;
	int64_t duty; // during which the tries were counted
	unsigned tries;
	int64_t next;  // TIME_NEVER: none
	int64_t ended; // 0: it is not
	struct str taker;
};
// By kind, thing, severity, made and duty. Where it is there already, and nobody took it, nothing
// happens: id is 0.
bool page_add(struct db *d, struct page_row *p, struct err *e) MUST_USE;
bool page_list(struct db *d, bool all, int64_t most, struct db_rows **out, struct err *e)
	MUST_USE; // newest first
bool page_next(struct db_rows *r, struct page_row *out, struct err *e) MUST_USE;
bool page_tried(struct db *d, const struct page_row *p, struct err *e)
	MUST_USE; // duty, tries, next
// The last try failed at once: the next is due now, until all were tried.
bool page_hurry(struct db *d, int64_t id, int64_t now, struct err *e) MUST_USE;
bool page_end(struct db *d, int64_t id, int64_t at, struct str taker, struct err *e) MUST_USE;

struct try_row {
	int64_t id, page;
	enum severity severity;
	int kind;
	enum page_way way; // PAGE_WAY_COUNT: the channel is gone
	struct str address;
	int64_t made;
	enum page_try_state state;
	struct str says, name; // name: the officer's
};
bool try_add(struct db *d, int64_t page, int64_t officer, int64_t channel, int64_t made,
	     struct err *e) MUST_USE;
bool try_waiting(struct db *d, int64_t most, struct db_rows **out, struct err *e) MUST_USE;
bool try_next_waiting(struct db_rows *r, struct try_row *out, struct err *e) MUST_USE;
bool try_begun(struct db *d, int64_t id, struct str token, struct err *e) MUST_USE; // its digest
bool try_over(struct db *d, int64_t id, enum page_try_state state, struct str says, struct err *e)
	MUST_USE;
bool try_list(struct db *d, int64_t page, struct db_rows **out, struct err *e) MUST_USE;
bool try_next(struct db_rows *r, struct try_row *out, struct err *e) MUST_USE;

struct try_link {
	struct page_row page; // without duty, tries and next
	struct str name;      // of the officer to whom it went
	int64_t channel;
};
// Of a token's digest. Texts go to a. False + ERR_NONE: there is none.
bool try_by_token(struct db *d, struct str token, struct arena *a, struct try_link *out,
		  struct err *e) MUST_USE;
