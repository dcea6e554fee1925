// Reports of feeds that come by mail: the files of one whose sender [mail] reports names go into the feed's
// inbox, and are batches as if they had been laid there by hand. Whether its sender is proven is the caller's
// to ask.
#pragma once

#include "os/mime.h"
#include "task/home.h"

enum {
	REPORT_FILES = 64, // of one mail; one that has more is an officer's
	REPORT_NAME = 160, // bytes of a file's name
};

struct report_file {
	uint32_t part;   // of the mail's parts
	struct str name; // letters, digits, '.', '_' and '-'; the first is a letter or digit
};
struct report {          // texts live in the arena
	struct str feed; // empty: it is none
	struct str why;  // why no file of it can be taken; empty: all can
	LIST(struct report_file) files;
};
// Whose report a mail of this sender (in lower case) is. Of several feeds with one sender that whose files
// have such names; files with other names are left out. False: this machine fails, or a feed file is wrong
// (ERR_CONFIG).
bool report_of(const struct home *h, struct str sender, const struct heard_whole *m,
	       struct arena *a, struct report *out, struct err *e) MUST_USE;
// The same, of the feed that somebody names. ERR_ABSENT: there is no such feed.
bool report_for(const struct home *h, struct str feed, const struct heard_whole *m, struct arena *a,
		struct report *out, struct err *e) MUST_USE;

// The files, written into the inbox under names that nobody looks at yet; once more is well. ERR_LIMIT:
// they take too long.
struct report_mail {
	const struct home *home;
	struct mime_reader *reader;
	struct str bytes; // that the parts are of
	int64_t mail;
};
bool report_stage(const struct report_mail *m, const struct report *r, struct arena *a,
		  struct err *e) MUST_USE;
// From then on they are batches that wait. A kill in between lays some of them again, which are known by
// their bytes then.
bool report_lay(const struct home *h, int64_t mail, const struct report *r, struct arena *a,
		struct err *e) MUST_USE;
