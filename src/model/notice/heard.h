// How a notice was heard: silence is a state like any other, and has an age. Pure: one table.
#pragma once

#include "model/finding/finding.h"
#include "model/notice/message.h"

// In the order of how much a person is needed.
// clang-format off
#define HEARINGS(X)                                                                              \
	X(HEARD_NOTHING,      "")              /* it asks for nothing, or never left */          \
	X(HEARD_NOT_SENT,     "not sent yet")                                                    \
	X(HEARD_UNDELIVERED,  "not delivered") /* nobody has it */                               \
	X(HEARD_SILENCE,      "no answer")     /* and the time for one is over */                \
	X(HEARD_DELIVERED,    "delivered")     /* an answer may still come */                    \
	X(HEARD_ACKNOWLEDGED, "acknowledged")                                                    \
	X(HEARD_PROMISED,     "promised")      /* that it will be mended until a day */          \
	X(HEARD_ANSWERED,     "answered")      /* all that it tells of: fixed, wrong, accepted */ \
	X(HEARD_OVER,         "over")          /* nothing that it tells of is left */
// clang-format on
#define X(id, word) id,
enum hearing { HEARINGS(X) HEARING_COUNT };
#undef X

struct str hearing_word(enum hearing h);

// `least`: the state of the finding of it that is heard of least, of those that live;
// FINDING_CLOSED: none does. `until`: the first day that was promised of its findings; TIME_NEVER:
// none was.
struct heard_of {
	enum message_kind kind;
	enum message_state state;
	int64_t arrived; // the first delivery that tells a person did; 0: none did
	int64_t answer;  // asked for by then; 0: at no time
	enum finding_state least;
	int64_t until;
};
enum hearing hearing_of(const struct heard_of *m, int64_t now);
