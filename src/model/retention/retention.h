// How long what is kept, for which purpose and on which ground (RULES 10): one table. What
// looks, deletes and answers an access request asks it. A ground with [check] is from memory
// of a law: to be verified before a text cites it.
#pragma once

#include "base/str.h"

// clang-format off
#define RETENTIONS(X) /* id, word, days, what, from when, purpose, ground */                       \
	X(RETAIN_ARCHIVE,  "archive",  400, "bytes of batches, as they came", "since they arrived",     \
	  "asking the past, explaining a finding, telling a member who joins late",                     \
	  "network and information security, GDPR recital 49, art. 6(1)(e) or (f) [check]")             \
	X(RETAIN_SEALED,   "sealed",    30, "bytes of batches with secrets, sealed", "since they arrived", \
	  "an officer's look at what a publisher sent, where a finding is doubted",                     \
	  "as archive; short, since passwords are in it [check]")                                       \
	X(RETAIN_ACCOUNTS, "accounts",  30, "records of leaked accounts", "since the finding is over",  \
	  "telling the member whose accounts leaked, until they are reset",                             \
	  "as archive; art. 5(1)(e): no longer than needed [check]")                                    \
	X(RETAIN_EVIDENCE, "evidence", 400, "other records of findings", "since the finding is over",   \
	  "explaining what was told, answering a dispute",                                              \
	  "as archive [check]")                                                                         \
	X(RETAIN_HISTORY,  "history",  730, "reasons and notes of findings", "since the finding is over", \
	  "accounting for what officers did",                                                           \
	  "accountability, art. 5(2) [check]")                                                          \
	X(RETAIN_BATCHES,  "batches",  730, "why batches were discarded or recalled", "since they arrived",    \
	  "accounting for what officers did",                                                           \
	  "accountability, art. 5(2) [check]")                                                          \
	X(RETAIN_SUPPRESS, "suppress", 730, "by whom and why false alarms were noted", "since they hold no more", \
	  "accounting for what officers did",                                                           \
	  "accountability, art. 5(2) [check]")                                                          \
	X(RETAIN_CONTACTS, "contacts",  30, "contacts of members who left", "since the member left",    \
	  "what is still to be told after the end of the agreement",                                    \
	  "the agreement with the member, art. 6(1)(b) or (f) [check]")                                 \
	X(RETAIN_MESSAGES, "messages", 400, "addresses and answers of deliveries", "since all that they tell of is over", \
	  "explaining to whom what was told, answering a dispute",                                      \
	  "as evidence [check]")                                                                        \
	X(RETAIN_ALERTS,   "alerts",   730, "texts that officers wrote to members", "since they were made", \
	  "accounting for what officers did",                                                           \
	  "accountability, art. 5(2) [check]")                                                          \
	X(RETAIN_MAIL,     "mail",     400, "mail that came in, as it came, who wrote and of what", "since it came", \
	  "asking what a member or a reporter wrote, explaining what became of it",                    \
	  "as evidence [check]")                                                                        \
	X(RETAIN_ANSWERS,  "answers",  730, "who answered for a member, and in which words", "since the finding is over", \
	  "accounting for what was done on a member's word",                                           \
	  "accountability, art. 5(2) [check]")                                                          \
	X(RETAIN_CALLS,    "calls",    730, "who called, and what was said", "since the call",         \
	  "accounting for what officers did",                                                          \
	  "accountability, art. 5(2) [check]")                                                          \
	X(RETAIN_PAGES,    "pages",    730, "who took a page", "since it was taken",                   \
	  "accounting for what officers did",                                                          \
	  "accountability, art. 5(2) [check]")                                                          \
	X(RETAIN_JUNK,     "junk",     400, "counts of what could not be read", "since it arrived",     \
	  "seeing that a publisher or a feed file went wrong",                                          \
	  "none needed: nothing personal")                                                              \
	X(RETAIN_AUDIT,    "audit",    730, "what was typed and what changed, beside the audit", "since it was done", \
	  "accounting for what officers did; the chain itself stays",                                   \
	  "accountability, art. 5(2), security of processing, art. 32 [check]")
// clang-format on
#define X(id, word, days, what, from, purpose, ground) id,
enum retain { RETENTIONS(X) RETAIN_COUNT };
#undef X

struct retention {
	const char *word, *what, *from, *purpose, *ground;
	int days;
};
extern const struct retention retentions[RETAIN_COUNT];

// What is not younger than this is over its time.
int64_t retention_before(enum retain r, int64_t now);
