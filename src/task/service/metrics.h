// What is measured of a home and its service, for a Prometheus: one table of metrics, and one
// look at the store that fills it. Nothing of a member is in a name or a label: feeds' names,
// kinds, states and severities are. Ages are of the moment of the look, by the home's clock.
#pragma once

#include "base/list.h"
#include "codec/text/exposition.h"
#include "model/finding/finding.h"
#include "model/finding/issue.h"
#include "task/home.h"

// Counters are sums over rows that nothing deletes; the number of the newest finding or notice
// is how many there were (a PostgreSQL server may leave some numbers out).
// clang-format off
#define METRICS(X) /* id, name, kind, in seconds, labels, says */                               \
	X(METRIC_BUILD, "waker_build_info", GAUGE, false, "version", NULL,                         \
	  "Which waker this is; always 1.")                                                        \
	X(METRIC_RUNNING, "waker_service_running", GAUGE, false, NULL, NULL,                       \
	  "1 where all parts of the service live on a node at least, else 0.")                     \
	X(METRIC_ROLE_UP, "waker_role_up", GAUGE, false, "node", "role",                           \
	  "1 where this part lives, 0 where it does not, or was not heard for a minute.")          \
	X(METRIC_RESTARTS, "waker_role_restarts_total", COUNTER, false, "node", "role",            \
	  "How often this part died and was started again, since its node began.")                 \
	X(METRIC_JOBS, "waker_jobs", GAUGE, false, "kind", "state",                                \
	  "Jobs that are not over: due, running, parked (a person is needed), or for later.")      \
	X(METRIC_JOB_OLDEST, "waker_jobs_due_oldest_seconds", GAUGE, true, "kind", NULL,           \
	  "Since when the first of the jobs that are due waits; 0: none does.")                    \
	X(METRIC_UNSEEN, "waker_inbox_files", GAUGE, false, NULL, NULL,                            \
	  "Files of the inbox that are no job yet.")                                               \
	X(METRIC_BATCHES, "waker_feed_batches_total", COUNTER, false, "feed", NULL,                \
	  "Batches that this feed brought.")                                                       \
	X(METRIC_RECORDS, "waker_feed_records_total", COUNTER, false, "feed", NULL,                \
	  "Records that were read of its batches.")                                                \
	X(METRIC_HITS, "waker_feed_hits_total", COUNTER, false, "feed", NULL,                      \
	  "Records of its batches that met an asset of a member.")                                 \
	X(METRIC_BATCH_HELD, "waker_feed_batches_held", GAUGE, false, "feed", NULL,                \
	  "Batches of this feed that wait for an officer's look.")                                 \
	X(METRIC_LAST_RECORDS, "waker_feed_last_batch_records", GAUGE, false, "feed", NULL,        \
	  "Records of its newest batch that is done.")                                             \
	X(METRIC_LAST_JUNK, "waker_feed_last_batch_junk", GAUGE, false, "feed", NULL,              \
	  "What could not be read in that batch: records, and values that were to be looked up.")  \
	X(METRIC_LAST_AGE, "waker_feed_last_batch_seconds", GAUGE, true, "feed", NULL,             \
	  "How long ago that batch came.")                                                         \
	X(METRIC_ENABLED, "waker_feed_enabled", GAUGE, false, "feed", NULL,                        \
	  "1 where the feed is on, 0 where it is not.")                                            \
	X(METRIC_LATE, "waker_feed_late", GAUGE, false, "feed", NULL,                              \
	  "1 where a feed that is asked by itself is late, as `waker status` says it, else 0.")    \
	X(METRIC_SILENCE, "waker_feed_silence_seconds", GAUGE, true, "feed", NULL,                 \
	  "How long ago a fetch of this feed last went well; absent where none ever did.")         \
	X(METRIC_FAILURES, "waker_feed_failures", GAUGE, false, "feed", NULL,                      \
	  "Fetches that failed since one went well.")                                              \
	X(METRIC_FINDINGS, "waker_findings", GAUGE, false, "state", "severity",                    \
	  "Findings that are not over.")                                                           \
	X(METRIC_COUNTED, "waker_findings_counted_seconds", GAUGE, true, NULL, NULL,               \
	  "How long ago they were counted: a service does that beforehand.")                       \
	X(METRIC_FINDINGS_EVER, "waker_findings_total", COUNTER, false, NULL, NULL,                \
	  "Findings that were ever made.")                                                         \
	X(METRIC_UNANSWERED, "waker_findings_unanswered_oldest_seconds", GAUGE, true, "severity", NULL, \
	  "Since when the first finding is told without an answer; 0: none is.")                   \
	X(METRIC_NOTICES_EVER, "waker_notices_total", COUNTER, false, NULL, NULL,                  \
	  "What was ever planned to be told.")                                                     \
	X(METRIC_NOTICE_OLDEST, "waker_notices_due_oldest_seconds", GAUGE, true, NULL, NULL,       \
	  "Since when the first notice that was to go at once is due and has not gone; 0: none is.") \
	X(METRIC_ISSUES_HELD, "waker_issues_held", GAUGE, false, NULL, NULL,                       \
	  "Issues that would tell too many at once, and wait for an officer.")                     \
	X(METRIC_CONDITIONS, "waker_conditions", GAUGE, false, "kind", NULL,                       \
	  "Troubles of the service itself that are there.")                                        \
	X(METRIC_CONDITION_OLDEST, "waker_conditions_oldest_seconds", GAUGE, true, NULL, NULL,     \
	  "Since when the first of them is there; 0: none is.")                                    \
	X(METRIC_BATCH_AGE, "waker_last_batch_seconds", GAUGE, true, NULL, NULL,                   \
	  "How long ago the newest batch came, of any feed; absent: none did.")                    \
	X(METRIC_HIT_AGE, "waker_last_hit_seconds", GAUGE, true, NULL, NULL,                       \
	  "How long ago the newest batch came that met an asset; absent: none did.")               \
	X(METRIC_FINDING_AGE, "waker_last_finding_seconds", GAUGE, true, NULL, NULL,               \
	  "How long ago the newest finding was made; absent: none was.")                           \
	X(METRIC_DISK_FREE, "waker_disk_free_bytes", GAUGE, false, NULL, NULL,                     \
	  "Room on the disk of the home.")                                                         \
	X(METRIC_DISK, "waker_disk_size_bytes", GAUGE, false, NULL, NULL,                          \
	  "Its size.")                                                                             \
	X(METRIC_LOOK, "waker_look_seconds", GAUGE, true, NULL, NULL,                              \
	  "How long this look at the store took.")
// clang-format on
#define X(id, name, kind, seconds, one, two, says) id,
enum metric { METRICS(X) METRIC_COUNT };
#undef X

enum { METRIC_LABELS = 2 };

struct metric_row {
	const char *name;
	enum exposition_kind kind;
	bool seconds; // its values are microseconds here, and told in seconds
	const char *label[METRIC_LABELS];
	const char *says;
};
extern const struct metric_row metric_rows[METRIC_COUNT];

struct metric_sample {
	enum metric metric;
	struct str label[METRIC_LABELS];
	int64_t value;
};
struct metrics {
	LIST(struct metric_sample) all; // those of one metric in their order, not side by side
};

// How many findings there are, of each state that is not over and each severity: the one part
// that costs more where there are more of them (60 ms for a million that are open).
struct metrics_counted {
	int64_t at; // clock_since; 0: they are not counted yet
	int64_t of[FINDING_CLOSED][SEVERITY_COUNT];
};
bool metrics_count(const struct home *h, struct metrics_counted *out, struct err *e) MUST_USE;

// The home must be open; texts live in a.
bool metrics_look(const struct home *h, const struct metrics_counted *c, struct arena *a,
		  struct metrics *out, struct err *e) MUST_USE;
// As Prometheus reads it; in a.
struct str metrics_text(const struct metrics *m, struct arena *a);
