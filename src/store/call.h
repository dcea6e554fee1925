// Calls that are due, whom to call, and what came of it, as rows. Writing belongs in a transaction of
// the caller's.
#pragma once

#include "model/call/call.h"
#include "model/finding/issue.h"
#include "model/notice/message.h"
#include "os/db.h"

struct call_due { // texts hold until the next one is read
	int64_t message, member;
	uint32_t number; // "N-…"
	struct str slug, name;
	enum message_kind kind;
	int64_t made;
	enum severity worst; // 0: no finding is in it
	struct call_why why;
	int64_t findings;
};
bool call_due(struct db *d, struct db_rows **out, struct err *e) MUST_USE;
bool call_next_due(struct db_rows *r, struct call_due *out, struct err *e) MUST_USE;

struct call_contact { // likewise
	int64_t id;
	struct str role, name, phone[2], hours, language;
	int64_t tested; // when its number was last known to reach them; 0: never
	int64_t tried[2];
	enum call_outcome outcome[2];
};
struct call_of {
	int64_t member, message;
};
bool call_contacts(struct db *d, const struct call_of *of, struct db_rows **out, struct err *e)
	MUST_USE; // those with a number
bool call_next_contact(struct db_rows *r, struct call_contact *out, struct err *e) MUST_USE;

struct call_row {
	int64_t message, contact;
	int phone;
	int64_t at;
	struct str who;
	enum call_outcome outcome;
	struct str said;
};
bool call_add(struct db *d, const struct call_row *c, struct err *e) MUST_USE;
bool call_tested(struct db *d, int64_t contact, int64_t at, struct err *e) MUST_USE;
