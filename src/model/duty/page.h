// Waking people: by what an officer is paged, and in which order, until somebody takes it. A page says its
// id, its priority and where to take it, and nothing else: it goes over networks that anybody reads. Pure.
#pragma once

#include "base/str.h"
#include "base/time.h"

// The numbers of these stand in the store: new ones at the end.
// clang-format off
#define PAGE_WAYS(X) /* id, word, what stands behind it */                                   \
	X(PAGE_BY_MAIL,  "mail",  "an address")                                                  \
	X(PAGE_BY_HOOK,  "hook",  "https://…")                                                   \
	X(PAGE_BY_SMS,   "sms",   "a telephone number, by [duty] gateway")                       \
	X(PAGE_BY_VOICE, "voice", "likewise")

#define PAGE_TRY_STATES(X)                                                                   \
	X(PAGE_WAITS,  "waiting")                                                                \
	X(PAGE_SENT,   "sent")   /* the way took it */                                           \
	X(PAGE_FAILED, "failed") /* it did not; the next one is tried in its turn */
// clang-format on
#define X(id, word, ...) id,
enum page_way { PAGE_WAYS(X) PAGE_WAY_COUNT };
enum page_try_state { PAGE_TRY_STATES(X) PAGE_TRY_STATE_COUNT };
#undef X
struct str page_way_word(enum page_way way);
struct str page_try_state_word(enum page_try_state state);

// "mail:j.doe@z.example", "sms:+31 6 555 0001". *address points into s. False: it is none.
bool page_channel_read(struct str s, enum page_way *way, struct str *address) MUST_USE;

enum {
	PAGE_PEOPLE = 32,       // officers
	PAGE_CHANNELS = 8,      // of one
	PAGE_STEP_MINUTES = 5,  // from one channel of an officer to the next, at most
	PAGE_REST_MINUTES = 30, // when all were tried, and nobody took it
	PAGE_ROUNDS = 6,        // of all of them; then it stands on the desk alone
};

// Who is to be woken, in order: who is on duty, their backup, all others.
struct page_plan {
	unsigned people;
	unsigned channels[PAGE_PEOPLE]; // of each; an officer with none is passed over
	int64_t turn;                   // from one officer to the next, in microseconds
};
struct page_turn {
	unsigned person, channel;
	int64_t wait; // until the next try
};
// The n-th try, from 0. False: there is none: nobody can be woken, or all were, PAGE_ROUNDS times.
bool page_turn(const struct page_plan *p, unsigned n, struct page_turn *out) MUST_USE;
