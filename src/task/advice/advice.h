// The shelf of advice: all texts (model/advice/advice.h) that lie in the home's advice/, in
// /etc/waker/advice and in the package, each read once, and found by issue. A team's own text stands
// before the package's of the same issue and language. A text with a fault is not used: the next
// one stands in for it.
#pragma once

#include "model/advice/advice.h"
#include "task/tell/fill.h"
#include "task/watch/places.h"

enum { SHELF_MAX_TEXTS = 2000 };

struct shelf_text {
	struct str name; // "exposed.rdp"
	bool dutch;
	struct str path;
	bool own; // a team's, not the package's
	struct advice advice;
	struct letter_advice letter;
	struct letter_advice instead; // of an English one: for a Dutch letter, marked as such
};

struct shelf_fault { // of a file
	struct str path;
	struct advice_fault is;
};

struct shelf {
	struct arena a;
	struct places places;
	LIST(struct shelf_text) texts; // that can be used, by name; English before Dutch
	LIST(struct shelf_fault) faults;
};
#define autoshelf CLEANUP(shelf_done) struct shelf

// `home` may be empty; `team` is what {team} stands for. False: a folder cannot be read.
bool shelf_load(struct str home, struct str team, struct shelf *out, struct err *e) MUST_USE;
void shelf_done(struct shelf *s); // {0} is a no-op

// Of that name and language, or NULL.
const struct shelf_text *shelf_text(const struct shelf *s, struct str name, bool dutch);
// The text by which a member is told of an issue, by advice_chain: of each name first in its
// language, then in English. NULL: there is none.
const struct shelf_text *shelf_find(const struct shelf *s, struct str issue, bool dutch);
const struct letter_advice *shelf_letter(const struct shelf_text *x, bool dutch);

// For who fills letters; the shelf must outlive them.
struct fill_advice shelf_advice(const struct shelf *s);

// What is not there, is stale or has a fault, the files' faults first.
enum lack_kind { LACK_FAULT, LACK_STALE, LACK_MISSING };
const char *lack_word(enum lack_kind kind);
struct shelf_lack {
	enum lack_kind kind;
	struct str path; // of a missing one: where it should be
	struct advice_fault is;
};
struct shelf_lacks {
	LIST(struct shelf_lack) at;
};
void shelf_look(const struct shelf *s, int64_t now, struct arena *a, struct shelf_lacks *out);
