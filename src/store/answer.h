// What members answer, as rows, and the links by which they do. What an answer does is decided by
// model/answer and task/answer; these calls read and write. Writing belongs in a transaction of the
// caller's.
#pragma once

#include "base/arena.h"
#include "model/answer/answer.h"
#include "model/notice/message.h"
#include "os/db.h"

// ---- links

struct answer_link {
	struct str token; // SHA-256 of what stands in the mail
	int64_t delivery;
	struct str code; // the letters beside it
	int64_t expires;
};
bool answer_link_add(struct db *d, const struct answer_link *l, struct err *e) MUST_USE;

struct answer_place { // the mail that is answered; texts live in the arena of who asked
	int64_t delivery, message, contact;
	struct str address;
	int64_t arrived; // 0: it has not, as far as is known
	struct str code; // of a link
};
// By the token's SHA-256. False + ERR_NONE: there is none, or it is over.
bool answer_link_find(struct db *d, struct str token, int64_t now, struct arena *a,
		      struct answer_place *out, struct err *e) MUST_USE;
bool answer_delivery(struct db *d, int64_t delivery, struct arena *a, struct answer_place *out,
		     struct err *e) MUST_USE; // likewise, by number

struct answer_head { // texts live in the arena of who asked
	uint32_t number;
	enum message_kind kind;
	int64_t member, made, answer;
	struct str name, language; // language: of the contact, else of the member; may be empty
};
bool answer_head(struct db *d, const struct answer_place *p, struct arena *a,
		 struct answer_head *out, struct err *e) MUST_USE;

// ---- of what a delivery told

// All that it told of is that from now on.
bool delivery_parts_set(struct db *d, int64_t delivery, const int64_t *findings, size_t n,
			struct err *e) MUST_USE;

struct answer_about { // texts hold until the next one is read
	int64_t finding, member;
	uint32_t number;
	struct str issue, seen;
	enum issue_class class;
	enum severity severity;
	enum finding_state state;
	int64_t last_seen;
	enum answer said; // the last answer that stands; ANSWER_COUNT: none
	int64_t said_at, until, change;
	enum answer_state last; // the last that came; ANSWER_STATE_COUNT: none
	int64_t last_at;
};
// One by its number, or all, the worst first.
bool answer_findings(struct db *d, int64_t delivery, const uint32_t *number, struct db_rows **out,
		     struct err *e) MUST_USE;
bool answer_next_finding(struct db_rows *r, struct answer_about *out, struct err *e) MUST_USE;

// ---- answers

struct answer_row { // texts of a row that was read hold until the next one is
	int64_t id, finding, message, contact;
	enum answer answer;
	enum answer_way way;
	enum answer_state state;
	int64_t until, at; // until: TIME_NEVER: no day
	struct str who, reason;
	int64_t change, receipt;
	// when reading
	uint32_t number;
	bool of_message;
	uint32_t message_number;
	struct str slug, issue, seen;
};
// How many answers by mail to this finding had a receipt since.
bool answer_receipts(struct db *d, int64_t finding, int64_t since, int64_t *out, struct err *e)
	MUST_USE;
bool answer_add(struct db *d, struct answer_row *x, struct err *e) MUST_USE; // sets id
// The last that stands: id, change, answer, at and who; texts go to a. False + ERR_NONE: none does.
bool answer_last(struct db *d, int64_t finding, struct arena *a, struct answer_row *out,
		 struct err *e) MUST_USE;
bool answer_undone(struct db *d, int64_t id, struct err *e) MUST_USE;

// How right a feed was on an issue, by what officers confirmed of what members said; texts hold until
// the next one is read.
struct accuracy {
	struct str feed, issue;
	int64_t told;     // findings of it that members were told of
	int64_t disputed; // that one said are wrong
	int64_t wrong;    // confirmed as false alarms
	int64_t ours;     // confirmed as not the member's: the roster was wrong, not the feed
};
bool answer_accuracy(struct db *d, struct str feed, struct db_rows **out, struct err *e)
	MUST_USE; // feed empty: all
bool answer_next_accuracy(struct db_rows *r, struct accuracy *out, struct err *e) MUST_USE;

struct answer_filter { // empty, NULL, 0: any
	struct str member;
	const uint32_t *finding;
	int64_t receipt, most;
};
bool answer_list(struct db *d, const struct answer_filter *f, struct db_rows **out, struct err *e)
	MUST_USE; // newest first
bool answer_next_row(struct db_rows *r, struct answer_row *out, struct err *e) MUST_USE;
