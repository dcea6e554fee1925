// A message and one of its deliveries, as the letter that it is (model/notice/letter.h): who gets
// it, what was found, and what of it this reader may know (RULES 7). Reads the store and feed files.
#pragma once

#include "base/list.h"
#include "model/feed/feed.h"
#include "model/notice/letter.h"
#include "store/message.h"
#include "task/home.h"
#include "task/keys/ring.h"
#include "task/tell/feed_shelf.h"

// Advice by issue, from who keeps it; NULL: there is none. Lives as long as the asker's shelf.
struct fill_advice {
	const struct letter_advice *(*find)(void *context, struct str issue, bool dutch);
	void *context;
};

struct fill {
	const struct home *home;
	struct str fingerprint; // of the team's key; empty: it has none that may be used now
	struct fill_advice advice;
	struct ring *ring;        // of who signs and seals; NULL: nobody does
	struct feed_shelf *feeds; // as long as the asker's; to be set by it
};
// By the home, and the team's key as of now; texts live in a.
bool fill_begin(const struct home *h, struct arena *a, struct fill *out, struct err *e) MUST_USE;

struct filled {
	struct letter letter;
	enum feed_sensitivity sensitivity; // the most that is inside
	size_t over; // findings that are over, or were taken out, since the message was made
	LIST(int64_t)
	withheld;           // findings of which nothing may be passed on by a machine (TLP:RED, or
			    // the file of its feed cannot be read)
	LIST(int64_t) told; // the findings of which it tells, by their rows
	size_t unwished;    // that its reader wishes not to hear of, or has no mandate for
	struct str wishes;  // of the reader, as they are written
	bool affected;      // mail to this address may be read by who did it
	struct str name;    // of the contact; may be empty
};

// Can it be answered on a page; the address of that page for this token (empty: as it is shown before
// there is one).
bool fill_has_link(const struct home *h, const struct message_row *m, const struct filled *l);
struct str fill_link(const struct home *h, enum message_kind kind, struct str token,
		     struct arena *a);

// Texts live in a. An address that is `affected`, and a letter without findings that had some,
// are not to be sent.
bool fill_letter(const struct fill *f, const struct message_row *m, const struct delivery_row *x,
		 struct arena *a, struct filled *out, struct err *e) MUST_USE;
