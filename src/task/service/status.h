// How the service is: one look at what is running, waiting, late and in need of a person.
#pragma once

#include "base/list.h"
#include "model/condition/condition.h"
#include "store/backup.h"
#include "store/job.h"
#include "task/home.h"

enum { STATUS_SILENT_SECONDS = 60 }; // a process that was not heard for so long is gone
// Where backups were ever made, a person is needed when none was made, or none was proven to be
// one, for so long: a week of a timer's days, and one.
enum { STATUS_BACKUP_DAYS = 8 };

struct status_worker {
	struct worker_row row;
	bool gone; // not running, or not heard
};

struct status_feed {
	struct str name, reason; // why the last fetch failed; empty: it did not
	int64_t good;            // when it last went well; 0: never
	int64_t next;
	bool enabled, off; // off: its operator said so
	bool fails;        // it did not go well the last time
	bool late; // nothing good for twice the time between two fetches and an hour, or ever
};

struct status_need { // of a person
	enum condition_kind kind;
	struct str subject; // of the kind; may be empty
	struct str says, remedy;
};

struct status_noted { // an open condition
	enum condition_kind kind;
	struct str subject;
	int64_t id;
	struct str who; // took it up; empty: nobody
};

struct status {
	int64_t now;
	LIST(struct status_worker) workers;
	bool running; // all roles of one node at least
	struct job_depth depth;
	int64_t unseen;      // files of the inbox that are no job yet
	struct job_row next; // id 0: nothing waits for its time
	struct status_last last;
	int64_t fetched;                // feeds that are asked by themselves
	LIST(struct status_feed) feeds; // of them, those late or failing
	LIST(struct status_feed) all;   // whose files can be read, also those that are off
	struct str store;               // as waker.conf has it
	struct str disk;                // where the home is: what is free, in words
	struct backup_last backup;
	LIST(struct status_need) needs;
	LIST(struct status_noted) noted;
};

// The condition that a need is noted as; NULL: it is not yet.
const struct status_noted *status_noted(const struct status *s, const struct status_need *n);

// The home must be open; texts live in a.
bool status_look(const struct home *h, struct arena *a, struct status *out, struct err *e) MUST_USE;

// What needs a person is noted as conditions (store/condition.h): what is new is opened, what is
// over is cleared, in one transaction. For the clock's role, now and then.
bool status_note(const struct home *h, struct arena *a, struct err *e) MUST_USE;

// What is due and not done yet, whoever has it.
static inline int64_t status_queue(const struct status *s)
{
	return s->depth.due + s->depth.running + s->unseen;
}
