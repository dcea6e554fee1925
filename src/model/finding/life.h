// How a finding lives (RULES 3, 4, 8): what seeing it again does, what an officer or an
// answer may do, and by what each class ends. Pure: tables and the few rules beside them.
// What becomes of many findings at once (task/life) is asked of the same tables.
#pragma once

#include "model/finding/finding.h"
#include "model/finding/issue.h"

// Why a finding is over. The numbers stand in the store: new ones go at the end. A disputed
// finding has what the member says here (false-alarm, not-ours), which is not its end yet.
// clang-format off
#define FINDING_ENDS(X)                                                                          \
	X(END_NONE,         "",              "",                   "it is not over")                 \
	X(END_FIXED,        "fixed",         "verholpen",          "clean reports no longer have it")  \
	X(END_QUIET,        "quiet",         "stil",               "nothing more came: that is not \"fixed\"") \
	X(END_UNLISTED,     "unlisted",      "van de lijst",       "it is listed no more")           \
	X(END_EXPIRED,      "expired",       "verlopen",           "its time is over")               \
	X(END_REFUSED,      "refused",       "afgewezen",          "an officer refused the candidate") \
	X(END_FALSE_ALARM,  "false-alarm",   "vals alarm",         "an officer confirmed the member's false alarm") \
	X(END_NOT_OURS,     "not-ours",      "niet van hen",       "an officer confirmed that it is not the member's") \
	X(END_ASSET_GONE,   "asset-removed", "object verwijderd",  "the member no longer holds what was seen") \
	X(END_MEMBER_LEFT,  "member-left",   "deelnemer weg",      "the member left")                \
	X(END_OFFICER,      "closed",        "gesloten",           "an officer closed it")
// clang-format on
#define X(id, word, dutch, says) id,
enum finding_end { FINDING_ENDS(X) FINDING_END_COUNT };
#undef X

struct str finding_end_word(enum finding_end end, bool dutch);
struct str finding_end_says(enum finding_end end);                      // in English
bool finding_end_read(struct str word, enum finding_end *out) MUST_USE; // the English word

// ---- seen again

enum { CLAIM_GRACE_HOURS = 24 }; // after "fixed", an event of that time is no contradiction

struct life {
	enum finding_state state;
	enum finding_end ended;
	int64_t since;    // in this state
	int64_t until;    // FINDING_ACCEPTED: open again then; FINDING_ACKNOWLEDGED: promised by
			  // then; else TIME_NEVER
	int64_t reopened; // times
};

struct life_seen {    // what a batch says of it
	int64_t time; // of its newest event …
	int64_t last; // … and of the newest event known before; TIME_EVER: none
	bool news;    // not older than the feed's limit when it came
	enum strength strength;
	bool feed_is_new; // no feed of this name had seen it
	bool more;        // news of it names a vulnerability that nobody had named
};

enum life_turn {
	TURN_NONE,     // counted, nothing else
	TURN_REFUSED,  // refused for ever: not even counted
	TURN_PROMOTED, // the candidate is a finding
	TURN_REOPENED, // it was over, and is seen again
	TURN_UNTRUE,   // the member said fixed, and it is seen after that
	TURN_ANEW,     // everything said of it was taken back: it begins again
	TURN_MORE,     // a vulnerability that nobody had named: it is told again
};

// Changes *l by what was seen, at the time `now`.
enum life_turn life_see(struct life *l, const struct life_seen *seen, int64_t now) MUST_USE;

// ---- acts of officers, and answers that they type for a member

#define AT(state) (1u << (state))
enum {
	LIFE_LIVE = AT(FINDING_OPEN) | AT(FINDING_TOLD) | AT(FINDING_ACKNOWLEDGED) |
		    AT(FINDING_CLAIMED) | AT(FINDING_ACCEPTED), // these end by the rules below
	LIFE_ANY = LIFE_LIVE | AT(FINDING_DISPUTED) | AT(FINDING_CANDIDATE),
};

// The numbers stand in the store (finding_change.act): new ones at the end. DO_SEEN to
// DO_ROSTER are what feeds, time and the roster do, and so is DO_MORE (a new vulnerability);
// DO_VOID and DO_RECALL follow from what is taken back. DO_TELL: the member was told of what is
// open; that is no new beginning, and `since` stays. DO_PROMISE: the member works on it, and perhaps says
// until when; it may say so again.
// clang-format off
#define LIFE_ACTS(X) /* id, word, from which states, to which (COUNT: it stays) */           \
	X(DO_SEEN,        "seen",        0, FINDING_STATE_COUNT)                                 \
	X(DO_END,         "end",         LIFE_LIVE, FINDING_CLOSED)                              \
	X(DO_TIME,        "time",        AT(FINDING_ACCEPTED), FINDING_OPEN)                     \
	X(DO_ROSTER,      "roster",      LIFE_ANY, FINDING_CLOSED)                               \
	X(DO_VOID,        "void",        LIFE_ANY | AT(FINDING_CLOSED), FINDING_VOID)            \
	X(DO_ACKNOWLEDGE, "acknowledge", AT(FINDING_OPEN) | AT(FINDING_TOLD), FINDING_ACKNOWLEDGED) \
	X(DO_CLAIM,       "claim",       LIFE_LIVE & ~AT(FINDING_CLAIMED), FINDING_CLAIMED)      \
	X(DO_DISPUTE,     "dispute",     LIFE_LIVE, FINDING_DISPUTED)                            \
	X(DO_CONFIRM,     "confirm",     AT(FINDING_DISPUTED), FINDING_CLOSED)                   \
	X(DO_ACCEPT,      "accept",      LIFE_LIVE, FINDING_ACCEPTED)                            \
	X(DO_CLOSE,       "close",       LIFE_ANY, FINDING_CLOSED)                               \
	X(DO_REOPEN,      "reopen",      AT(FINDING_CLOSED) | AT(FINDING_DISPUTED) | AT(FINDING_CLAIMED) | AT(FINDING_ACCEPTED), FINDING_OPEN) \
	X(DO_PROMOTE,     "promote",     AT(FINDING_CANDIDATE), FINDING_OPEN)                    \
	X(DO_REFUSE,      "refuse",      AT(FINDING_CANDIDATE), FINDING_CLOSED)                  \
	X(DO_NOTE,        "note",        ~0u, FINDING_STATE_COUNT)                               \
	X(DO_UNDO,        "undo",        ~0u, FINDING_STATE_COUNT)                               \
	X(DO_RECALL,      "recall",      AT(FINDING_OPEN), FINDING_CANDIDATE)                    \
	X(DO_MORE,        "more",        AT(FINDING_OPEN) | AT(FINDING_TOLD) | AT(FINDING_ACKNOWLEDGED) | AT(FINDING_ACCEPTED), FINDING_OPEN) \
	X(DO_TELL,        "tell",        AT(FINDING_OPEN), FINDING_TOLD)                         \
	X(DO_PROMISE,     "promise",     AT(FINDING_OPEN) | AT(FINDING_TOLD) | AT(FINDING_ACKNOWLEDGED), FINDING_ACKNOWLEDGED)
// clang-format on
#define X(id, word, from, to) id,
enum life_act { LIFE_ACTS(X) LIFE_ACT_COUNT };
#undef X

struct str life_act_word(enum life_act act);
bool life_is_officers(
	enum life_act act); // of an officer, or of an answer; also what takes one back

// May it be done to a finding in this state?
bool life_may(enum finding_state state, enum life_act act);

// Can a finding of this class be a false alarm? An infection cannot (RULES 8).
bool life_may_be_false(enum issue_class class);

enum {
	ACCEPT_MAX_DAYS = 90,    // "accepted until" (RULES 8)
	EXPLOITED_MAX_DAYS = 14, // likewise, where attackers use it
	SUPPRESS_MAX_DAYS = 180, // a confirmed false alarm
};

// Does it (life_may must have said so). `ended`: of DO_END, DO_ROSTER, DO_CLOSE, DO_DISPUTE
// (what the member says). `until`: of DO_ACCEPT, and of DO_PROMISE
// (TIME_NEVER: no day).
struct life_doing {
	enum life_act act;
	enum finding_end ended;
	int64_t until, now;
};
void life_do(struct life *l, const struct life_doing *d);

// ---- ends

enum ends_by {
	ENDS_ABSENT,  // by clean reports that no longer have it
	ENDS_QUIET,   // by time without an event
	ENDS_OFFICER, // by nobody else
};

struct end_rule {
	enum ends_by by;
	unsigned clean, clean_udp; // ENDS_ABSENT: reports of later days
	int64_t wait;              // since its last event, at the least
	enum finding_end as;
};

const struct end_rule *life_end(enum issue_class class);

// A stream proves no absence: what one has seen, and ends by absence, is looked at as over by
// this feed when nothing came for so long. Where all are streams it ends as END_QUIET.
enum { STREAM_QUIET_DAYS = 30 };

// A family that fell silent for so many at once has lost its sinkhole, not its bots: these
// do not end as quiet (RULES 3: "not when the family vanished for everybody").
enum { VANISHED_FINDINGS = 10, VANISHED_MEMBERS = 5, VANISHED_WITHIN_HOURS = 48 };
