// What servers say in words, for people: of whom, and where the mail that came back begins. Private to
// codec/mail/bounce*.c.
#pragma once

#include "codec/mail/bounce.h"

struct bounce_text {
	struct str says; // the server's own words, at most BOUNCE_TEXT
	struct str
		sent; // behind them: the mail that came back, from its head on; empty: it is not there
};
struct bounce_text bounce_text_cut(struct str text);

// Of words as bounce_fold gives them. A sentence that no person writes, and few machines but mail
// servers; one that says that it still tries.
bool bounce_text_opens(struct str folded);
bool bounce_text_waits(struct str folded);

// Adds those of whom it speaks, each with the words about it; their reasons are still BOUNCE_UNSAID.
// Not h's own recipient, who wrote the mail that came back.
void bounce_text_recipients(const struct heard_whole *h, struct str says, struct arena *a,
			    struct bounce *out);
// The words about one address; empty: there are none.
struct str bounce_text_about(struct str says, struct str address);
