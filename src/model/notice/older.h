// What an older system told, read out of a file of it (RULES 6, shadow): a table with a line of
// column names. And in one word each, what becomes of such a line beside what Waker knows. Pure;
// texts point into the bytes or live in the arena.
#pragma once

#include "base/buf.h"
#include "base/list.h"
#include "base/time.h"
#include "model/finding/finding.h"
#include "model/notice/flood.h"

enum { OLDER_THINGS = 4, OLDER_COLUMNS = 128 };

struct older_row {
	unsigned line;
	struct str member, issue;       // as it stands there; empty: not said
	struct str thing[OLDER_THINGS]; // addresses, prefixes, names
	size_t things;
	int64_t port; // 0: not said
	int64_t told;
	bool spotted;    // in running text: it counts only where a member holds it
	const char *bad; // why it cannot be read; NULL: it can
};

struct older {
	LIST(struct older_row) rows;
	LIST(struct str) ignored; // columns that say nothing to us
};

// ERR_INPUT: columns are missing, or two say the same: one sentence names them all.
bool older_read(struct str bytes, struct arena *a, struct older *out, struct err *e) MUST_USE;

// The same of a table that lies in a mail, of which *mail says line, member, told and perhaps the
// issue: only things need a column, and no column is told as ignored. Adds to *out.
bool older_read_in(struct str bytes, const struct older_row *mail, struct arena *a,
		   struct older *out, struct err *e) MUST_USE;

// What the older system calls our issues: a line each, "open-rdp = exposed.rdp", "#" before a
// comment. ERR_INPUT: a line that is none, or whose issue is none of ours.
struct older_word {
	struct str theirs, ours;
};
struct older_words {
	LIST(struct older_word) at;
};
bool older_words_read(struct str bytes, struct older_words *out, struct arena *a, struct err *e)
	MUST_USE;
// Ours, where the word is theirs or already ours; empty: neither.
struct str older_issue(const struct older_words *w, struct str word);

// The one spelling of a thing: of an address; of a name, without its last dot; of a mail address,
// its domain. Longer ones are cut.
enum { OLDER_KEY = 256 };
void older_key(struct str thing, struct buf *b);

// Is a finding that has seen this what the row tells of, as far as things and port go? A row
// without things tells of anything. A prefix, or a name above, is not what lies in it: which of that
// the older system meant nobody knows.
bool older_meets(const struct older_row *row, struct str seen);

// ---- what becomes of it

// clang-format off
#define OLDER_WHYS(X) /* of the line itself, then of the finding that it meets */                   \
	X(OLDER_UNREAD,    "unread",     "the line cannot be read")                                \
	X(OLDER_FUTURE,    "future",     "it says a time that has not come")                       \
	X(OLDER_STRANGER,  "no-member",  "no member is called so")                                 \
	X(OLDER_NAMESAKES, "namesakes",  "several members are called so")                          \
	X(OLDER_NOBODYS,   "nobodys",    "no member holds that")                                   \
	X(OLDER_ISSUE,     "no-issue",   "no issue of ours is called so: say which in --issues")   \
	X(OLDER_UNSEEN,    "unseen",     "Waker has no record of it")                              \
	X(OLDER_OTHER,     "other-issue", "Waker has another issue of it")                         \
	X(OLDER_WHICH,     "which",      "it may be one of several findings, and does not say which") \
	X(OLDER_TAKEN,     "taken",      "it counts as told")                                      \
	X(OLDER_ALREADY,   "already",    "it was told already")                                    \
	X(OLDER_ON_ITS_WAY, "on-its-way", "a notice of it is on its way")                          \
	X(OLDER_ANEW,      "anew",       "it came back, or got worse, after that was told")        \
	X(OLDER_CANDIDATE, "candidate",  "a candidate: an officer decides, or a second feed")      \
	X(OLDER_WARNINGLIST, "warninglist", "a warninglist holds it back")                         \
	X(OLDER_DISPUTED,  "disputed",   "the member says that it is wrong")                       \
	X(OLDER_OVER,      "over",       "it is over")                                             \
	X(OLDER_VOID,      "void",       "what was said of it was taken back")                     \
	X(OLDER_BOTH,      "both",       "told by both")                                           \
	X(OLDER_OTHER_DAY, "other-day",  "Waker's notice of it was made on another day")           \
	X(OLDER_WAITS,     "waits",      "it waits for its time")                                  \
	X(OLDER_BREAKER,   "held",       "held: too many members at once")                         \
	X(OLDER_DISCARDED, "discarded",  "an officer discarded it")                                \
	X(OLDER_UNPLANNED, "unplanned",  "Waker does not tell it by itself")                       \
	X(OLDER_SILENT,    "silent",     "the older system says nothing of it")                    \
	X(OLDER_SAID_THEN, "said-then",  "the older system told it on another day")
// clang-format on
#define X(id, word, says) id,
enum older_why { OLDER_WHYS(X) OLDER_WHY_COUNT };
#undef X
struct str older_why_word(enum older_why why);
struct str older_why_says(enum older_why why);

// A finding that a row meets.
struct older_case {
	enum finding_state state;
	bool held;    // by a warninglist
	int64_t anew; // when it was open anew the last time; TIME_EVER: never
	bool on_its_way;
	int64_t made;  // Waker's last notice of it that never left; TIME_EVER: none
	bool that_day; // one of them on the day that is compared
	bool planned;  // a notice that is in no message: …
	enum notice_state plan;
};
// When what the older system told at `told` is to count as told: OLDER_TAKEN, or why not.
enum older_why older_count(const struct older_case *c, int64_t told);
// Beside what the older system told on a day: OLDER_BOTH, or why Waker did not on that day.
enum older_why older_compare(const struct older_case *c);
