// From a feed to findings: what a publisher has new is fetched by the role of that name
// (os/fetch_role.h) into HOME/spool/NAME/, each file whole or not at all, run as a batch
// (task/watch/run.h), and removed when its findings are committed. Only then is it noted
// as done, so that a kill at any point loses nothing; and since the bytes of a batch are
// known again, it doubles nothing. What a kill left in the spool is run first.
#pragma once

#include "task/watch/run.h"

enum fetch_end {
	FETCH_DONE,    // files came, and were run
	FETCH_NOTHING, // the publisher has nothing new
	FETCH_NOT_DUE, // its time has not come
	FETCH_OFF, // it has no [fetch], is sent, is not built yet, or its credentials are not there
};

// Who asks by a schedule: a service. Its feeds are spread over their periods, and a host is
// asked by one worker at a time, with a pause behind each (model/feed/schedule.h).
struct fetch_by {
	int64_t made;      // the store was
	struct str worker; // who has the job
};

struct fetch { // what the fetches of one command share; the caller owns all of it
	const struct run *run;
	struct str home;
	int64_t day;               // midnight of the day asked for; TIME_EVER: what is new
	bool now;                  // also what is not due; not in a publisher's quiet hours
	const struct fetch_by *by; // NULL: a person, or a timer of theirs
	void (*progress)(void *, uint64_t done, uint64_t all); // of a download; NULL: none
	void *context;
};

struct fetch_report {
	enum fetch_end end;
	const char *
		why; // of FETCH_OFF; of FETCH_NOT_DUE where its publisher is to be left alone, else NULL
	unsigned files; // run; of them `known` were done before
	unsigned known;
	unsigned held; // could not be read: they stay in the spool, e says why of the first
	struct err held_why;
	uint64_t bytes, records, hits, junk, fresh, refreshed, candidates, promoted;
	int64_t next; // when it is due again, also after a failure; 0: never by itself
};

// What a feed would lack to be fetched by itself, were it enabled.
enum fetch_lacks {
	FETCH_LACKS_NOTHING,
	FETCH_LACKS_ADDRESS,   // no [fetch], or its files are given by hand
	FETCH_LACKS_NEED,      // nobody asks: its publisher sends it
	FETCH_LACKS_TRANSPORT, // its way in is not built yet
	FETCH_LACKS_CREDENTIALS,
};
enum fetch_lacks fetch_lacks(const struct feed *feed, struct str home, struct arena *a);

// The lines that its [fetch] needs of these credentials and that are empty there; NULL: none.
struct credentials;
struct feed_fetch;
const char *fetch_wants(const struct feed_fetch *how, const struct credentials *c);

// False: what went wrong, with a reason that says who can do something; out->next is set
// also then (unless it failed before anything was asked).
bool fetch_feed(const struct fetch *f, const struct feed *feed, struct fetch_report *out,
		struct err *e) MUST_USE;
