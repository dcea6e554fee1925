// A mail that came in is read (os/mime.h, in a cage), understood as far as it is plain, and acted upon:
// a bounce refuses its delivery, an answer is given (task/answer), what a machine wrote is noted. Whatever
// is not plain is a person's to read; nothing is dropped. No mail is ever answered to its sender: receipts
// go to the contacts of the member.
#pragma once

#include "codec/mail/bounce.h"
#include "codec/mail/keys.h"
#include "os/mime.h"
#include "store/mail_in.h"
#include "task/answer/answer.h"
#include "task/hear/report.h"
#include "task/home.h"

struct hear_bounce {
	int64_t delivery;
	struct bounce_recipient of;
};
struct heard_mail { // what is to become of one; texts live in the arena
	bool gone;  // somebody read it already
	struct mail_row row;
	struct str replay; // of the signature that proves who wrote it; empty: none
	struct arena *a;   // in which the texts live
	enum answer_way way;
	LIST(struct answer_one) answers;
	bool confirms;            // a contact test reached who it was for
	struct answer_done *done; // of each, when it is over
	struct report report;     // of a feed; its files are to be laid where state is MAIL_DONE
	struct heard_whole whole; // as it was read, what was signed or sealed in its place …
	struct str inside;        // … and the bytes of that, while those of the mail are there
	struct mail_keys keys;    // that came along from who is proven; they live in the arena
	struct bounce bounce;     // what it says, of whomever …
	LIST(struct hear_bounce) bounces; // … and of ours
};

struct hearing {
	const struct home *home;
	struct mime_reader *reader;
};
// Reads, and writes nothing but a report's files, where nobody looks at them yet. False: it is tried
// again.
bool hear_mail(const struct hearing *h, int64_t mail, struct arena *a, struct heard_mail *out,
	       struct err *e) MUST_USE;
// The same of bytes that are no mail of the store's: for who asks what would become of one.
bool hear_bytes_of(const struct hearing *h, struct str bytes, struct arena *a,
		   struct heard_mail *out, struct err *e) MUST_USE;

// What came of it, in a transaction of the caller's.
bool hear_over(const struct home *h, struct heard_mail *m, struct err *e) MUST_USE;
