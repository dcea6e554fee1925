// How urgently a finding is told (RULES 5): at once, in a digest, or not by itself. Severity
// is how bad it is; this is how soon a member must hear of it. Pure: one table of rules,
// and the first that applies decides. What comes of many at once is model/notice/flood.h.
#pragma once

#include "model/feed/feed.h"
#include "model/finding/finding.h"
#include "model/finding/issue.h"
#include "model/finding/life.h"

// The numbers stand in the store: new ones at the end.
// clang-format off
#define URGENCIES(X)                                  \
	X(URGENCY_AT_ONCE, "at-once", "meteen")       \
	X(URGENCY_DIGEST,  "digest",  "verzamelmail") \
	X(URGENCY_NONE,    "none",    "geen")

// In the order in which they are asked. The numbers stand in the store too.
#define URGENCY_RULES(X)                                                                        \
	X(URGENT_WARNINGLIST, URGENCY_NONE, "warninglist",                                      \
	  "a warninglist holds it back",                                                        \
	  "een waarschuwlijst houdt het tegen")                                                 \
	X(URGENT_LEAK_SITE, URGENCY_NONE, "leak-site",                                          \
	  "named on a leak site: an officer telephones",                                        \
	  "genoemd op een leksite: een medewerker belt")                                        \
	X(URGENT_CANDIDATE, URGENCY_NONE, "candidate",                                          \
	  "a candidate: an officer decides, or a second feed",                                  \
	  "een kandidaat: een medewerker beslist, of een tweede bron")                          \
	X(URGENT_LISTED, URGENCY_DIGEST, "listed",                                              \
	  "on a list, and that alone",                                                          \
	  "alleen dat het op een lijst staat")                                                  \
	X(URGENT_TIME, URGENCY_DIGEST, "time",                                                  \
	  "the time until which it was accepted is over, and nothing else is new",              \
	  "de tijd waarvoor het aanvaard was is om, en verder is er niets nieuws")              \
	X(URGENT_CRITICAL, URGENCY_AT_ONCE, "critical",                                         \
	  "critical, on a strong match, and seen within 48 hours",                              \
	  "kritiek, met een sterke koppeling, en gezien binnen 48 uur")                         \
	X(URGENT_CARE, URGENCY_AT_ONCE, "care",                                                 \
	  "high, new or worse, where care stops if it stops; a strong match, seen within 48 hours", \
	  "hoog, nieuw of erger, waar zorg stilvalt als het stilvalt; sterke koppeling, gezien binnen 48 uur") \
	X(URGENT_MATCH, URGENCY_DIGEST, "match",                                                \
	  "critical, but not on a strong match",                                                \
	  "kritiek, maar de koppeling is niet sterk")                                           \
	X(URGENT_OLD, URGENCY_DIGEST, "old",                                                    \
	  "critical, but last seen more than 48 hours ago",                                     \
	  "kritiek, maar meer dan 48 uur geleden voor het laatst gezien")                       \
	X(URGENT_SEVERITY, URGENCY_DIGEST, "severity",                                          \
	  "not critical: it can wait for the digest",                                           \
	  "niet kritiek: het kan wachten op de verzamelmail")
// clang-format on
#define X(id, word, dutch) id,
enum urgency { URGENCIES(X) URGENCY_COUNT };
#undef X
#define X(id, urgency, word, says, dutch) id,
enum urgency_rule { URGENCY_RULES(X) URGENCY_RULE_COUNT };
#undef X

struct str urgency_word(enum urgency urgency, bool dutch);
struct str urgency_rule_word(enum urgency_rule rule);
struct str urgency_rule_says(enum urgency_rule rule, bool dutch);
enum urgency urgency_of(enum urgency_rule rule);

enum { URGENT_HOURS = 48 }; // an event is fresh for so long, to the microsecond

// Why a finding is looked at.
enum urgency_news {
	NEWS_NEW,   // nobody was told of it: it opened, or was a candidate
	NEWS_WORSE, // a stronger match, a warninglist lets it go, or a new vulnerability
	NEWS_AGAIN, // it was over, or said to be, and is not
	NEWS_TIME,  // an acceptance is over
};

// Of a change of the finding's state: what was done, and what it was before.
enum urgency_news urgency_news(enum life_act act, enum finding_state was);

struct urgency_case {
	enum issue_class class;
	enum severity severity;
	enum strength strength;
	enum finding_state state;
	bool held;   // by a warninglist
	bool care;   // the asset has a care function
	int64_t age; // of its newest event
	enum urgency_news news;
};

enum urgency_rule urgency_decide(const struct urgency_case *c);
