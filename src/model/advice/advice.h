// A text of advice: what a member is told of one issue, in one language (ISSUE.nl.md, ISSUE.en.md).
// Lines of front matter between "---", then the parts of a letter's advice in their order, each
// below the words that it bears there ("## What it means"); behind a part may stand more of it for
// who knows the field ("### Expert"). Pure: the Markdown within a part is read by os/markdown.h.
#pragma once

#include "model/notice/letter.h"

enum {
	ADVICE_MAX_FILE = 32 << 10,
	ADVICE_MAX_ACT = 160, // bytes of the one line
	ADVICE_MAX_SOURCES = 8,
	ADVICE_MAX_FAULTS = 50,   // of one text; what is over is not told of
	ADVICE_STALE_DAYS = 730,  // since it was checked
	ADVICE_NAME = ISSUE_TEXT, // bytes of a file's name, without language and ending
};

struct advice_part {
	struct str text; // Markdown; .p NULL: there is none
	unsigned line;   // of its first
};

struct advice { // points into the bytes
	struct str issue, act;
	int64_t checked; // the day on which somebody last held it against its sources
	struct str source[ADVICE_MAX_SOURCES];
	unsigned sources;
	struct advice_part part[LETTER_PARTS], expert[LETTER_PARTS];
};

struct advice_fault {
	unsigned line; // 0: of the whole
	struct str what, mend;
};
struct advice_faults {
	LIST(struct advice_fault) at;
};
void advice_fault(struct advice_faults *f, struct arena *a, unsigned line, struct str what,
		  struct str mend);

// "exposed.rdp.nl" as the name of a text and its language. A family's ("leaksite.*") is called
// without its star: "leaksite".
bool advice_name_read(struct str file, struct str *name, bool *dutch) MUST_USE;

// All that is wrong with it is told; what is left of it can still be looked at.
void advice_read(struct str bytes, struct str name, bool dutch, struct arena *a, struct advice *out,
		 struct advice_faults *wrong);

bool advice_stale(const struct advice *x, int64_t now);

// The names of the texts that would do for an issue, the best first: its own, its families',
// that of its RSIT type ("rsit.infected-system").
enum { ADVICE_CHAIN = 8 };
struct advice_chain {
	struct str at[ADVICE_CHAIN]; // points into the issue, or into rsit
	unsigned count;
	char rsit[ADVICE_NAME];
};
void advice_chain(struct str issue, struct advice_chain *out);

// What {words} of a text stand for. A value is text, never Markdown.
struct advice_values {
	struct str team; // {team}
};
void advice_fill(struct prose *p, const struct advice_values *v);
struct str advice_fill_line(struct str s, const struct advice_values *v, struct arena *a);
