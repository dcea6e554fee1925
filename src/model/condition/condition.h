// The system's own troubles: what is wrong with feeds, jobs, parts and the machine, as far as a
// person is needed. Pure: one table.
#pragma once

#include "base/str.h"

// The numbers stand in the store: new ones at the end.
// clang-format off
#define CONDITIONS(X)                                                                          \
	X(CONDITION_FEED_LATE,  "feed-late")  /* of a feed: nothing good came for too long */      \
	X(CONDITION_FEED_WRONG, "feed-wrong") /* of a feed: its feed file cannot be read */        \
	X(CONDITION_BATCH_HELD, "batch-held") /* batches wait for an officer's look */             \
	X(CONDITION_JOB_PARKED, "job-parked") /* jobs cannot go on by themselves */                \
	X(CONDITION_BREAKER,    "breaker")    /* an issue would tell too many at once */           \
	X(CONDITION_PART,       "part")       /* a part of the service does not live */            \
	X(CONDITION_DISK,       "disk")       /* the disk of the home is filling */                \
	/* of a feed, by its guardian (model/guardian) */                                          \
	X(CONDITION_SILENT,      "feed-silent")                                                    \
	X(CONDITION_MISSING,     "feed-missing")                                                   \
	X(CONDITION_CHANGED,     "feed-changed")                                                   \
	X(CONDITION_LARGE,       "feed-large")                                                     \
	X(CONDITION_SMALL,       "feed-small")                                                     \
	X(CONDITION_JUNK,        "feed-junk")                                                      \
	X(CONDITION_HITS,        "feed-hits")                                                      \
	X(CONDITION_COVERAGE,    "feed-coverage")                                                  \
	X(CONDITION_CREDENTIAL,  "feed-credential")                                                \
	X(CONDITION_CERTIFICATE, "feed-certificate")                                               \
	X(CONDITION_FEED_FAILS, "feed-fails") /* of a feed: the last fetch failed; not late yet */ \
	X(CONDITION_INBOX,      "inbox")      /* something in it is no feed's folder */             \
	X(CONDITION_CONFIG,     "config")     /* waker.conf is wrong: the last good one is in force */ \
	X(CONDITION_BACKUP,     "backup")     /* "made", "proven": the last one was too long ago */ \
	X(CONDITION_UNTOLD,     "untold")     /* of a notice: it reached nobody, or nobody answers */ \
	X(CONDITION_SENDING,    "sending")    /* an officer holds all sending */                   \
	X(CONDITION_KEY,        "key")        /* of a contact: it ends, ended, or must be checked */ \
	X(CONDITION_TEAM_KEY,   "team-key")   /* ours ends, or ended */                            \
	X(CONDITION_BOUNCE,     "bounce")     /* of an address: mail to it came back */            \
	X(CONDITION_MAIL,       "mail")       /* mail that came in needs a person */              \
	X(CONDITION_ARCHIVE,    "archive")    /* files of it are damaged, missing or foreign */
// clang-format on
#define X(id, word) id,
enum condition_kind { CONDITIONS(X) CONDITION_COUNT };
#undef X

struct str condition_word(enum condition_kind kind);
