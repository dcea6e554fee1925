// How a notice was heard: silence is a state like any other, and has an age. Pure: one table.
#pragma once

#include "model/finding/finding.h"
#include "model/notice/message.h"

// In the order of how much a person is needed.
// clang-format off
#define HEARINGS(X)                                                                              \
	X(HEARING_NOTHING,      "")              /* it asks for nothing, or never left */          \
	X(HEARING_NOT_SENT,     "not sent yet")                                                    \
	X(HEARING_UNDELIVERED,  "not delivered") /* nobody has it */                               \
	X(HEARING_SILENCE,      "no answer")     /* and the time for one is over */                \
	X(HEARING_DELIVERED,    "delivered")     /* an answer may still come */                    \
	X(HEARING_ACKNOWLEDGED, "acknowledged")                                                    \
	X(HEARING_PROMISED,     "promised")      /* that it will be mended until a day */          \
	X(HEARING_ANSWERED,     "answered")      /* all that it tells of: fixed, wrong, accepted */ \
	X(HEARING_OVER,         "over")          /* nothing that it tells of is left */
// clang-format on
#define X(id, word) id,
enum hearing { HEARINGS(X) HEARING_COUNT };
#undef X

struct str hearing_word(enum hearing h);

// `least`: the state of the finding of it that is heard of least, of those that live;
// FINDING_CLOSED: none does. `until`: the first day that was promised of its findings; TIME_NEVER:
// none was.
struct hearing_of_notice {
	enum message_kind kind;
	enum message_state state;
	int64_t arrived; // the first delivery that tells a person did; 0: none did
	int64_t answer;  // asked for by then; 0: at no time
	enum finding_state least;
	int64_t until;
};
enum hearing hearing_of(const struct hearing_of_notice *m, int64_t now);
